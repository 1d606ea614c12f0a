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

static bool is_ours(const struct event *ev)
{
	const struct us us = us_of(ev);

	switch (ev->kind) {
	case EVENT_MESSAGE: return record_is_ours(&us, &ev->as.message);
	case EVENT_CHANGE: return record_is_ours(&us, &ev->as.change.now);
	case EVENT_DELETE: return record_is_ours(&us, &ev->as.deletion.before);
	case EVENT_PIN: return record_is_ours(&us, &ev->as.pin.item);
	default: return false;
	}
}

static bool clean_event(struct store *s, struct arena *a, struct event *ev, struct fail *why)
{
	const char *left;
	struct event cleaned;

	if (!redact_incoming(s, a, ev->raw, is_ours(ev) ? ev->app : NULL, &left, why))
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
	const char *left;
	char *copy;

	/* Only lists of messages quote people. */
	if (r->body == NULL || strstr(r->body, "\"messages\"") == NULL)
		return true;
	if (!redact_incoming(s, a, answer_keepable(a, r->body), NULL, &left, why))
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
	return (!it->is_answer && !may_quote(&it->ev) && !is_ours(&it->ev)) ||
		item_clean_always(s, a, it, why);
}
