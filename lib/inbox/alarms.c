#include "alarms.h"

#include <inttypes.h>

#include "dispatch.h"
#include "log.h"
#include "store_alarm.h"

enum { AT_ONCE = 20, PUT_OFF_MS = 10 * 60 * 1000 };

static bool tell(
	struct store *s, const struct house *house, const struct alarm_due *due, struct fail *why)
{
	struct arena *a = arena_new();
	struct event ev = {
		.kind = EVENT_DUE,
		.type = "due",
		.received_us = due->at_us,
		.as.due = { DUE_ALARM, due->incident, due->rule, due->item },
	};
	const char *reply;
	bool refused, ok;

	ok = dispatch_turn(house, s, a, &ev, &reply, &refused, why);
	arena_free(a);
	return ok;
}

static bool put_off(struct store *s, const struct alarm_due *due, const struct fail *failed)
{
	struct fail why;

	log_error("alarm failed incident=%" PRId64 " rule=%s: %s", due->incident, due->rule,
		failed->text);
	if (store_begin(s, &why) && store_alarm_put_off(s, due, PUT_OFF_MS, &why) &&
		store_commit(s, &why))
		return true;
	store_abandon(s);
	return false;
}

/* *found false: none is due, or others hold those that are. */
static bool ring_one(struct store *s, const struct house *house, struct arena *a, int64_t at_us,
	bool *found, struct fail *why)
{
	struct alarm_due due;
	bool taken = false;

	if (store_begin(s, why) && store_alarm_take(s, a, at_us, &due, &taken, why) &&
		(!taken || tell(s, house, &due, why)) && store_commit(s, why)) {
		*found = taken;
		return true;
	}
	store_abandon(s);
	*found = true;
	return taken && why->kind != FAIL_LATER && store_alive(s) && put_off(s, &due, why);
}

bool alarms_ring(const struct desk_needs *needs, int64_t at_us, struct fail *why)
{
	bool found = true, ok = true;

	for (int n = 0; ok && found && n < AT_ONCE; n++) {
		struct arena *a = arena_new();

		ok = needs->between(needs->ctx, why) &&
			ring_one(needs->store, needs->house, a, at_us, &found, why);
		arena_free(a);
	}
	return ok;
}
