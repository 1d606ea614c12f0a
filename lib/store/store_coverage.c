#include "private.h"
#include "store_recovery.h"

static bool read_reading(
	struct store *s, struct arena *a, int64_t incident, struct coverage *c, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_RECOVERY_STATE, ARGS(NUMBER(incident)), &rows, why))
		return false;
	if (rows.count == 1) {
		c->complete_at = row_int(&rows, 0, "complete_at");
		c->whole_at = row_int(&rows, 0, "whole_at");
		c->reading = row_text(&rows, 0, "state", a);
		c->refused = row_text(&rows, 0, "error", a);
	}
	rows_done(&rows);
	return true;
}

/* The channel of an incident that is over is listened to and read for so long. */
static const int64_t AFTERWARDS_US = 7LL * 24 * 3600 * 1000000;

static int64_t end_of(const struct incident *i, const struct span *span)
{
	int64_t over = i->resolved_at != 0 ? i->resolved_at : i->cancelled_at;
	int64_t end = over + AFTERWARDS_US > span->last_us ? over + AFTERWARDS_US : span->last_us;

	return over == 0 || end > span->now_us ? span->now_us : end;
}

bool store_coverage(struct store *s, struct arena *a, const struct incident *i,
	const struct span *span, struct coverage *c, struct fail *why)
{
	struct hole *holes;

	if (!read_reading(s, a, i->id, c, why) ||
		!store_holes(s, a, i->reported_at, end_of(i, span), &holes, &c->hole_count, why))
		return false;
	for (int n = 0; n < c->hole_count; n++) {
		holes[n].open = c->complete_at < holes[n].to_us;
		c->open_holes += holes[n].open;
	}
	c->holes = holes;
	return true;
}
