#include "buf.h"
#include "handler.h"
#include "typed.h"

static const char *status_words(struct turn *t)
{
	const char *words = "";

	for (int s = 0; s < INCIDENT_RESOLVED; s++)
		words = arena_printf(t->arena, "%s%s%s", words, s > 0 ? ", " : "",
			incident_status_name((enum incident_status)s));
	return words;
}

/* status WORD; nothing: what it is, and what it may be */
bool verb_status(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	const char *word = typed_meant(t->arena, plain_text(t, c->rest));
	const char *before = incident_status_name(i->status);
	enum incident_status to;

	if (*word == '\0') {
		turn_tell(t, c,
			arena_printf(t->arena,
				"Incident %lld is %s. It may be %s; `%s resolve` ends it.",
				(long long)i->id, before, status_words(t), t->house->slash));
		return true;
	}
	if (!incident_status_find(word, &to))
		return fail_set(why, FAIL_REFUSED, "`%.80s` is not a status. It may be %.100s.",
			word, status_words(t));
	if (to == INCIDENT_RESOLVED)
		return fail_set(why, FAIL_REFUSED,
			"Say what fixed it: `%.30s resolve WHAT FIXED IT`.", t->house->slash);
	if (to == INCIDENT_CANCELLED)
		return fail_set(
			why, FAIL_REFUSED, "Say why: `%.30s cancel REASON`.", t->house->slash);
	if (incident_is_over(i->status))
		return fail_set(why, FAIL_REFUSED,
			"Incident %lld is %s. Open it again with `%.30s reopen REASON`.",
			(long long)i->id, before, t->house->slash);
	if (!incident_move(i, to, why))
		return false;
	return incident_change(t, i, c->user, "status",
		arena_printf(t->arena, "%s, was %s", incident_status_name(to), before), why);
}
