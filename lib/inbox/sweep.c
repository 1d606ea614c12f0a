#include "sweep.h"

#include "clock.h"
#include "dispatch.h"
#include "store_sweep.h"

enum { LOOK_MS = 1000 };

static const struct due DUE = { .what = DUE_SWEEP };

bool sweeping_tick(struct sweeping *w, struct store *s, const struct house *house, struct fail *why)
{
	bool waiting;

	if (!w->busy && clock_ms() < w->at_ms)
		return true;
	w->busy = false;
	w->at_ms = clock_ms() + LOOK_MS;
	if (!store_sweeps_waiting(s, &waiting, why))
		return false;
	if (!waiting)
		return true;
	if (!store_begin(s, why) || !dispatch_due(house, s, &DUE, clock_wall_us(), why) ||
		!store_commit(s, why)) {
		store_abandon(s);
		return false;
	}
	w->busy = true;
	return true;
}
