#include "handler.h"
#include "moment.h"
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
