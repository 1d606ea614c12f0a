#include "watch.h"

#include "clock.h"
#include "dispatch.h"
#include "store_recovery.h"

enum {
	WRITE_MS = 5000,
	READ_MS = 30 * 60 * 1000,
	/* What is not acknowledged comes again within the minute: a database that is away for less loses nothing. */
	AWAY_MS = 60000,
	/* A connection may have been deaf for so long before that was noticed. */
	DEAF_MS = 30000,
	/* Slack leaves events out until the end of the minute that it names. */
	LIMITED_MS = 75000
};

static bool tell(struct store *s, const struct house *house, enum due_kind what, struct fail *why)
{
	return dispatch_due(house, s, &(struct due){ .what = what }, clock_wall_us(), why);
}

/* One transaction. */
static bool commit(struct store *s, bool ok, struct fail *why)
{
	if (ok && store_commit(s, why))
		return true;
	store_abandon(s);
	return false;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Since then we watch; what was missed before is read. */
static bool begin(struct watch *w, struct store *s, const struct house *house, int64_t since_ms,
	struct fail *why)
{
	int64_t now = clock_ms(), since = later(since_ms, now - AWAY_MS);
	bool ok = store_begin(s, why) && store_watch_begin(s, w->desk, now - since, why) &&
		tell(s, house, DUE_CONNECTED, why);

	if (!commit(s, ok, why))
		return false;
	w->open = true;
	w->seen_ms = clock_ms();
	w->read_at_ms = clock_ms() + READ_MS;
	return true;
}

static bool end(
	struct watch *w, struct store *s, const char *ended, int64_t less_ms, struct fail *why)
{
	bool ok = store_begin(s, why) && store_watch_end(s, w->desk, ended, less_ms, why);

	if (!commit(s, ok, why))
		return false;
	w->open = false;
	return true;
}

/* A turn may have ended the watch: then what Slack left out is left out for a while yet. */
static bool go_on(struct watch *w, struct store *s, struct fail *why)
{
	bool there = false;

	if (!commit(s, store_begin(s, why) && store_watch_seen(s, w->desk, &there, why), why))
		return false;
	w->seen_ms = clock_ms();
	w->open = there;
	if (!there)
		w->again_at_ms = clock_ms() + LIMITED_MS;
	return true;
}

static bool compare_again(
	struct watch *w, struct store *s, const struct house *house, struct fail *why)
{
	if (!commit(s, store_begin(s, why) && tell(s, house, DUE_TIMER, why), why))
		return false;
	w->read_at_ms = clock_ms() + READ_MS;
	return true;
}

bool watch_break(struct watch *w, struct store *s, const char *reason, struct fail *why)
{
	return !w->open || end(w, s, reason, DEAF_MS, why);
}

bool watch_tick(struct watch *w, struct store *s, const struct house *house, int64_t live_since,
	struct fail *why)
{
	int64_t now = clock_ms();

	if (live_since == 0)
		return watch_break(w, s, "no connection", why);
	if (w->open && now - w->seen_ms > AWAY_MS && !end(w, s, "no database", 0, why))
		return false;
	if (!w->open)
		return now < w->again_at_ms ||
			begin(w, s, house, later(live_since, w->again_at_ms), why);
	if (now - w->seen_ms >= WRITE_MS && !go_on(w, s, why))
		return false;
	return now < w->read_at_ms || compare_again(w, s, house, why);
}

bool watch_end(struct watch *w, struct store *s, struct fail *why)
{
	return !w->open || end(w, s, "stopped", 0, why);
}
