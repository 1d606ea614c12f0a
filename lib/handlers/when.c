#include "deadline.h"
#include "handler.h"
#include "moment.h"
#include "store_alarm.h"
#include "store_time.h"
#include "typed.h"

static const char UTC[] = "UTC";

bool turn_show_time(struct turn *t, int64_t at, const char **shown, struct fail *why)
{
	const char *local;

	if (!store_time_show(t->store, t->arena, at, t->house->time_zone, &local, why))
		return false;
	*shown = arena_printf(t->arena, "%s (%s)", local, t->house->time_zone);
	return true;
}

bool turn_time(struct turn *t, const char *text, int64_t *at, const char **rest, struct fail *why)
{
	const char *zone = t->house->time_zone, *now, *meant = typed_meant(t->arena, text);
	const char *past = meant;
	struct moment m;
	enum moment_read how;
	int64_t us;

	*at = 0;
	*rest = text;
	if (!store_time_show(t->store, t->arena, t->now_us, zone, &now, why))
		return false;
	how = moment_read(meant, now, &m, &past);
	*rest = text + typed_len(text, (size_t)(past - meant));
	if (how == MOMENT_WRONG)
		return fail_set(why, FAIL_REFUSED,
			"`%.40s` begins like a time and is none. Write `14:05`, `yesterday 14:05` "
			"or `2026-03-26 14:05`.",
			text);
	if (how == MOMENT_NONE)
		return true;
	if (!store_time_read(t->store, m.local, m.utc ? UTC : zone, &us, why))
		return false;
	if (us > t->now_us)
		return fail_set(why, FAIL_REFUSED,
			"%.16s (%.60s) is still to come: now it is %.16s. Say which day you mean: "
			"`yesterday 14:05` or `2026-03-26 14:05`.",
			m.local, m.utc ? UTC : zone, now);
	*at = us;
	return true;
}

/* The clocks as they are known from now on. */
static bool zone_now(struct turn *t, struct zone *out, struct fail *why)
{
	return store_zone_near(t->store, t->arena, t->house->time_zone, t->now_us, out, why);
}

bool turn_clock(struct turn *t, int64_t *local_us, struct fail *why)
{
	struct zone zone;

	if (!zone_now(t, &zone, why))
		return false;
	*local_us = zone_local_us(&zone, t->now_us);
	return true;
}

bool turn_show_due(struct turn *t, int64_t at, const char **shown, struct fail *why)
{
	const int64_t known_us = 10LL * 86400 * 1000000;
	struct zone zone, then;
	char text[DEADLINE_ROOM];

	if (!zone_now(t, &zone, why))
		return false;
	then = zone;
	if ((at < t->now_us || at - t->now_us > known_us) &&
		!store_zone_near(t->store, t->arena, t->house->time_zone, at, &then, why))
		return false;
	deadline_show(text, zone_local_us(&then, at), zone_local_us(&zone, t->now_us));
	*shown = arena_printf(t->arena, "%s %s", text, zone_name(&zone));
	return true;
}

bool turn_due(struct turn *t, const struct deadline *d, int64_t *at, struct fail *why)
{
	int64_t us = t->now_us + d->span_us, local = d->local_us;
	struct zone zone;
	const char *shown, *now;

	if (local != 0) {
		if (!store_zone_near(t->store, t->arena, t->house->time_zone, local, &zone, why))
			return false;
		us = zone_utc_us(&zone, local);
		if (zone_local_us(&zone, us) != local)
			return fail_set(why, FAIL_REFUSED,
				"On that day the clocks of %.60s are put forward, and never show that "
				"time.",
				zone_name(&zone));
	}
	if (us > t->now_us) {
		*at = us;
		return true;
	}
	return turn_show_due(t, us, &shown, why) && turn_show_due(t, t->now_us, &now, why) &&
		fail_set(why, FAIL_REFUSED, "%.90s is over: now it is %.90s. Say when it is due.",
			shown, now);
}
