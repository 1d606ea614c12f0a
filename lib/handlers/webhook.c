#include <string.h>

#include "address.h"
#include "call_webhook.h"
#include "handler.h"
#include "store_entry.h"
#include "store_outbox.h"

/* Changes of the incident, and what is said to everybody. */
static const char *const TOLD[] = { "declared", "severity", "status", "lead", "title", "summary",
	"impact", "update", "action", "started", "resolved", "reopened", "cancelled", "duplicate" };

static bool is_told(const char *kind)
{
	for (size_t i = 0; i < sizeof(TOLD) / sizeof(TOLD[0]); i++)
		if (strcmp(TOLD[i], kind) == 0)
			return true;
	return false;
}

static bool know(struct turn *t, const char *id, struct person *who, struct fail *why)
{
	*who = (struct person){ .id = id };
	return id == NULL || store_name(t->store, t->arena, id, &who->name, why);
}

static bool know_all(struct turn *t, struct webhook *w, const char *by, struct fail *why)
{
	w->at_us = t->now_us;
	return know(t, w->incident->lead, &w->lead, why) &&
		know(t, w->incident->reporter, &w->reporter, why) && know(t, by, &w->by, why);
}

/* The host is kept as the call's argument: of an address, it is all that may be told. */
static void address(struct webhook *w, const char *url, char host[ADDRESS_HOST_ROOM])
{
	w->url = url;
	w->host = address_host(url, host) ? host : "nowhere";
}

bool webhooks_tell(struct turn *t, const struct incident *i, const char *by, const char *kind,
	const char *text, struct fail *why)
{
	struct webhook w = { .incident = i, .kind = kind, .text = text };
	const char *list = t->house->webhooks;
	char host[ADDRESS_HOST_ROOM];

	if (list == NULL || *list == '\0' || i->private || !is_told(kind))
		return true;
	if (!know_all(t, &w, by, why))
		return false;
	while (*list != '\0') {
		size_t len = strcspn(list, ",");

		address(&w, arena_printf(t->arena, "%.*s", (int)len, list), host);
		turn_say(t, call_webhook(t->arena, &w));
		list += len + (list[len] == ',');
	}
	return true;
}

static bool page(struct turn *t, const struct incident *i, const char *url, struct fail *why)
{
	struct webhook w = { .incident = i };
	char host[ADDRESS_HOST_ROOM];

	if (!know_all(t, &w, NULL, why))
		return false;
	address(&w, url, host);
	turn_say(t, call_page(t->arena, &w));
	return true;
}

/* A level that is gone was the mildest. */
static bool is_raised(const struct levels *l, const struct level *from, const struct level *to)
{
	return from == NULL || (to < from && to >= l->list);
}

/* Somebody is to be called at this level, for this incident. */
static bool pages(const struct level *l, const struct incident *i)
{
	return l != NULL && l->page != NULL && !i->report_only && (!i->drill || l->page_drills);
}

bool incident_page(struct turn *t, const struct incident *i, const char *before, struct fail *why)
{
	const struct levels *all = &t->house->levels;
	const struct level *to = levels_of(all, i->severity_id);
	const struct level *from = before != NULL ? levels_of(all, before) : NULL;

	if (!pages(to, i) || !is_raised(all, from, to))
		return true;
	if (pages(from, i) && strcmp(from->page, to->page) == 0)
		return true;
	return page(t, i, to->page, why);
}

bool webhooks_hush(struct turn *t, int64_t incident, struct fail *why)
{
	const struct level *l;
	struct incident i;
	int64_t pages;
	bool found;

	if (!store_webhooks_hush(t->store, incident, &pages, why) ||
		!store_incident_get(t->store, t->arena, incident, &i, &found, why))
		return false;
	l = found ? levels_of(&t->house->levels, i.severity_id) : NULL;
	return pages == 0 || l == NULL || l->page == NULL || page(t, &i, l->page, why);
}

/* A receiver that is away is told of once an incident; that nobody was paged, each time. */
bool handle_webhook_sent(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	bool paged = strcmp(a->purpose, "paged") == 0, known = false;
	struct incident i;
	const char *text;

	if (a->ok)
		return true;
	if (!answer_incident(t, a, &i, why))
		return false;
	text = arena_printf(t->arena, "%s to %s was not delivered: %s",
		paged ? "The page" : "A webhook", a->argument,
		a->error != NULL ? a->error : "no reason given");
	if (!paged && !store_problem_known(t->store, i.id, text, &known, why))
		return false;
	return known || incident_problem(t, &i, text, why);
}
