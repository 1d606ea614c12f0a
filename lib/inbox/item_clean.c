#include "item_clean.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "record.h"
#include "redact.h"

/* A plain message tells only of itself; whether that was redacted is found when it is written down. */
static bool may_quote(const struct event *ev)
{
	const struct message *m = &ev->as.message;

	switch (ev->kind) {
	case EVENT_MESSAGE:
		return m->broadcast || m->file_count > 0 ||
			(m->rich != NULL && strstr(m->rich, "\"attachments\":") != NULL);
	case EVENT_MENTION:
	case EVENT_CHANGE:
	case EVENT_DELETE:
	case EVENT_PIN:
	case EVENT_PRESS:
	case EVENT_SHORTCUT:
	case EVENT_OTHER:
	case EVENT_UNREADABLE: return true;
	default: return false;
	}
}

/* What one is called shall not be in what people type in it. */
static bool names_channel(const struct event *ev)
{
	return ev->kind == EVENT_SLASH || ev->kind == EVENT_PRESS || ev->kind == EVENT_SHORTCUT;
}

/* A view of ours comes with it. */
static bool shows_ours(const struct event *ev)
{
	return ev->kind == EVENT_SUBMIT || ev->kind == EVENT_PRESS || ev->kind == EVENT_HOME;
}

static bool is_ours(const struct event *ev)
{
	const struct us us = us_of(ev);

	return ev->kind == EVENT_MESSAGE && record_is_ours(&us, &ev->as.message);
}

static bool clean_event(struct store *s, struct arena *a, struct event *ev, struct fail *why)
{
	const struct redact_ours us = { ev->app, ev->self, names_channel(ev), shows_ours(ev) };
	const char *left;
	struct event cleaned;

	if (!redact_incoming(s, a, ev->raw, &us, &left, why))
		return false;
	if (left == NULL)
		return true;
	if (!event_read(left, strlen(left), &cleaned, why))
		return false;
	cleaned.received_us = ev->received_us;
	event_done(ev);
	*ev = cleaned;
	return true;
}

static bool clean_answer(struct store *s, struct arena *a, struct outbox_reply *r, struct fail *why)
{
	const struct redact_ours nobody = { 0 };
	const char *left;
	char *copy;

	/* Only lists of messages quote people. */
	if (r->body == NULL || strstr(r->body, "\"messages\"") == NULL)
		return true;
	if (!redact_incoming(s, a, answer_keepable(a, r->body), &nobody, &left, why))
		return false;
	if (left == NULL)
		return true;
	copy = strdup(left);
	if (copy == NULL)
		abort();
	free((char *)r->body); /* an item's own */
	r->body = copy;
	return true;
}

bool item_clean_always(struct store *s, struct arena *a, struct item *it, struct fail *why)
{
	return it->is_answer ? clean_answer(s, a, &it->reply, why)
			     : clean_event(s, a, &it->ev, why);
}

bool item_clean(struct store *s, struct arena *a, struct item *it, struct fail *why)
{
	return (!it->is_answer && !may_quote(&it->ev) && !is_ours(&it->ev) &&
		       !names_channel(&it->ev) && !shows_ours(&it->ev)) ||
		item_clean_always(s, a, it, why);
}
