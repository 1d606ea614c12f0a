#include "queue.h"

#include <stdlib.h>
#include <string.h>

enum { ALONE_MS = 20000, OVER_MS = 600000, NOT_TRIED_MS = 60000 };

enum patience item_failed_at(struct item *it, int64_t now_ms)
{
	if (it->failing_since == 0 || now_ms - it->failed_at > NOT_TRIED_MS)
		it->failing_since = now_ms;
	it->failed_at = now_ms;
	if (now_ms - it->failing_since >= OVER_MS)
		return PATIENCE_OVER;
	return now_ms - it->failing_since >= ALONE_MS ? PATIENCE_OTHERS_FIRST : PATIENCE_ALL_WAIT;
}

static size_t size_of(const struct item *it)
{
	return sizeof(*it) + it->ev.raw_len + (it->reply.body != NULL ? strlen(it->reply.body) : 0);
}

void items_put(struct items *q, struct item *it)
{
	it->next = NULL;
	if (q->last == NULL)
		q->first = it;
	else
		q->last->next = it;
	q->last = it;
	q->count++;
	q->bytes += size_of(it);
}

struct item *items_take(struct items *q)
{
	struct item *it = q->first;

	if (it == NULL)
		return NULL;
	q->first = it->next;
	if (q->first == NULL)
		q->last = NULL;
	q->count--;
	q->bytes -= size_of(it);
	it->next = NULL;
	return it;
}

void item_free(struct item *it)
{
	if (it == NULL)
		return;
	if (!it->is_answer)
		event_done(&it->ev);
	free((char *)it->reply.body);
	free((char *)it->reply.error);
	free((char *)it->reply.scopes);
	free(it->payload);
	free(it);
}

void items_done(struct items *q)
{
	for (struct item *it = items_take(q); it != NULL; it = items_take(q))
		item_free(it);
}

static char *copied(const char *text)
{
	char *copy = text == NULL ? NULL : strdup(text);

	if (text != NULL && copy == NULL)
		abort();
	return copy;
}

struct parcel *parcel_new(const struct outbox_send *s)
{
	struct parcel *p = calloc(1, sizeof(*p));

	if (p == NULL)
		abort();
	p->send = *s;
	p->send.method = copied(s->method);
	p->send.body = copied(s->body);
	return p;
}

void parcels_free(struct parcel *p)
{
	while (p != NULL) {
		struct parcel *next = p->next;

		free((char *)p->send.method);
		free((char *)p->send.body);
		free(p);
		p = next;
	}
}
