#include <assert.h>
#include <inttypes.h>
#include <stddef.h>
#include <strings.h>

#include "incident.h"

static const char *const NAMES[INCIDENT_STATUS_COUNT] = {
	[INCIDENT_OPEN] = "open",
	[INCIDENT_INVESTIGATING] = "investigating",
	[INCIDENT_IDENTIFIED] = "identified",
	[INCIDENT_MONITORING] = "monitoring",
	[INCIDENT_RESOLVED] = "resolved",
	[INCIDENT_CANCELLED] = "cancelled",
};

const char *incident_status_name(enum incident_status status)
{
	assert((unsigned)status < INCIDENT_STATUS_COUNT);
	return NAMES[status];
}

bool incident_is_over(enum incident_status status)
{
	return status == INCIDENT_RESOLVED || status == INCIDENT_CANCELLED;
}

bool incident_status_find(const char *word, enum incident_status *found)
{
	for (int i = 0; i < INCIDENT_STATUS_COUNT; i++) {
		if (strcasecmp(NAMES[i], word) == 0) {
			*found = (enum incident_status)i;
			return true;
		}
	}
	return false;
}

bool incident_can_say(const struct incident *i)
{
	return i->channel != NULL && i->channel_closed == NULL;
}

bool incident_move(struct incident *i, enum incident_status to, struct fail *why)
{
	const char *now = incident_status_name(i->status);

	if (i->status == to)
		return fail_set(
			why, FAIL_REFUSED, "incident %" PRId64 " is %s already", i->id, now);
	if (incident_is_over(i->status) && to != INCIDENT_OPEN)
		return fail_set(why, FAIL_REFUSED, "incident %" PRId64 " is %s: reopen it first",
			i->id, now);
	i->status = to;
	return true;
}
