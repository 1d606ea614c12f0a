#include "buf.h"
#include "handler.h"
#include "text.h"

/* started TIME: when it began, which is not when it was reported; nothing: what is known */
bool verb_started(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	int64_t at = 0, over_at = incident_over_at(i);
	const char *rest = "", *before, *now;

	if (*c->rest != '\0' && !turn_time(t, c->rest, &at, &rest, why))
		return false;
	if (!turn_show_time(t, i->started_at, &before, why))
		return false;
	if (*c->rest == '\0') {
		turn_tell(t, c,
			arena_printf(t->arena,
				"Incident %lld began at %s. Correct it with `%s started TIME`.",
				(long long)i->id, before, t->slash));
		return true;
	}
	if (at == 0 || *rest != '\0')
		return fail_set(why, FAIL_REFUSED,
			"`%.60s` is not a time I can read. Write `14:05`, `yesterday 14:05` or "
			"`2026-03-26 14:05` (%.60s).",
			c->rest, t->house->time_zone);
	if (over_at != 0 && at > over_at)
		return fail_set(why, FAIL_REFUSED, "Incident %lld was %s before that.",
			(long long)i->id, slack_escaped(t, i->status.label));
	i->started_at = at;
	return turn_show_time(t, at, &now, why) &&
		incident_change(t, i, c->user, "started",
			arena_printf(t->arena, "%s, was %s", now, before), why);
}

/* duration: how long it has run */
bool verb_duration(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	int64_t over_at = incident_over_at(i);
	struct buf span = { 0 };
	const char *began;

	if (!turn_show_time(t, i->started_at, &began, why))
		return false;
	text_span(&span, (over_at != 0 ? over_at : t->now_us) - i->started_at);
	turn_tell(t, c,
		arena_printf(t->arena, "Incident %lld %s %s. It began at %s.", (long long)i->id,
			over_at != 0 ? "took" : "has run for", span.text, began));
	buf_done(&span);
	return true;
}
