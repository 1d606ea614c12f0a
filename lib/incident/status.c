#include "status.h"

#include <assert.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "incident.h"

static const char *const KINDS[STATUS_KIND_COUNT] = {
	[STATUS_OPEN] = "open",
	[STATUS_RESOLVED] = "resolved",
	[STATUS_CANCELLED] = "cancelled",
};

static const struct status SHIPPED[] = {
	{ "open", "open", STATUS_OPEN, NULL },
	{ "investigating", "investigating", STATUS_OPEN, NULL },
	{ "identified", "identified", STATUS_OPEN, NULL },
	{ "monitoring", "monitoring", STATUS_OPEN, NULL },
	{ "resolved", "resolved", STATUS_RESOLVED, NULL },
	{ "cancelled", "cancelled", STATUS_CANCELLED, NULL },
};

const struct statuses STATUSES_SHIPPED = { SHIPPED, sizeof(SHIPPED) / sizeof(SHIPPED[0]) };

const char *status_kind_name(enum status_kind kind)
{
	assert((unsigned)kind < STATUS_KIND_COUNT);
	return KINDS[kind];
}

bool status_kind_find(const char *name, enum status_kind *found)
{
	for (int i = 0; i < STATUS_KIND_COUNT; i++) {
		if (strcmp(KINDS[i], name) == 0) {
			*found = (enum status_kind)i;
			return true;
		}
	}
	return false;
}

int64_t incident_over_at(const struct incident *i)
{
	return i->cancelled_at != 0 ? i->cancelled_at : i->resolved_at;
}

bool incident_can_say(const struct incident *i)
{
	return i->channel != NULL && i->channel_closed == NULL;
}

bool is_called(const char *id, const char *label, const char *const *aliases, const char *word)
{
	if (strcasecmp(id, word) == 0 || strcasecmp(label, word) == 0)
		return true;
	for (; aliases != NULL && *aliases != NULL; aliases++)
		if (strcasecmp(*aliases, word) == 0)
			return true;
	return false;
}

const struct status *statuses_find(const struct statuses *s, const char *word)
{
	for (int i = 0; i < s->count; i++)
		if (is_called(s->list[i].id, s->list[i].label, s->list[i].aliases, word))
			return &s->list[i];
	return NULL;
}

const struct status *statuses_first(const struct statuses *s, enum status_kind kind)
{
	for (int i = 0; i < s->count; i++)
		if (s->list[i].kind == kind)
			return &s->list[i];
	return NULL;
}

void statuses_try(const struct statuses *s, struct nearest *near)
{
	for (int i = 0; i < s->count; i++) {
		const char *const *alias = s->list[i].aliases;

		nearest_try(near, s->list[i].id);
		nearest_try(near, s->list[i].label);
		for (; alias != NULL && *alias != NULL; alias++)
			nearest_try(near, *alias);
	}
}

const char *incident_duplicate_of(struct arena *a, const struct incident *i)
{
	return i->duplicate_hidden ? "a private incident"
				   : arena_printf(a, "incident %" PRId64, i->duplicate_of);
}

const char *incident_mark(const struct incident *i)
{
	return i->drill ? "DRILL: " : "";
}

bool incident_is_over(const struct incident *i)
{
	return i->status.kind != STATUS_OPEN;
}

bool incident_move(struct incident *i, const struct status *to, struct fail *why)
{
	const struct status *now = &i->status;

	if (strcmp(now->id, to->id) == 0 && strcmp(now->label, to->label) == 0)
		return fail_set(
			why, FAIL_REFUSED, "incident %" PRId64 " is %s already", i->id, now->label);
	if (incident_is_over(i) && to->kind != STATUS_OPEN && to->kind != now->kind)
		return fail_set(why, FAIL_REFUSED, "incident %" PRId64 " is %s: reopen it first",
			i->id, now->label);
	i->status = *to;
	return true;
}
