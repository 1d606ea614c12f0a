#include "inbox.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "inbox_parts.h"
#include "log.h"

enum { QUEUE_MOST = 8192 };                  /* some seconds of a storm */
static const size_t QUEUE_BYTES = 16u << 20; /* of frames; read, they are some times that */
static const int64_t LATE_US = 3000000;
/* So long before that an acknowledgement may be overtaken: a turn and its commit take their time. */
static const int64_t HURRY_US = 1500000;

static char *copied(const char *text)
{
	char *copy = text == NULL ? NULL : strdup(text);

	if (text != NULL && copy == NULL)
		abort();
	return copy;
}

struct inbox *inbox_new(
	const char *conninfo, const struct house *house, const struct inbox_needs *needs)
{
	struct inbox *b = calloc(1, sizeof(*b));
	pthread_condattr_t attr;

	if (b == NULL)
		abort();
	b->conninfo = copied(conninfo);
	b->house = *house;
	b->needs = *needs;
	b->parcels_end = &b->parcels;
	contact_init(&b->contact, b->conninfo, &b->house);
	troubles_init(&b->troubles);
	b->watch.desk = b->troubles.desk = b->contact.desk;
	regime_init(&b->regime, needs->read_levels, needs->severities_file, b->contact.desk);
	(void)pthread_mutex_init(&b->lock, NULL); /* these cannot fail on Linux */
	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&b->more, &attr);
	(void)pthread_condattr_destroy(&attr);
	return b;
}

void inbox_free(struct inbox *b)
{
	if (b == NULL)
		return;
	contact_drop(&b->contact);
	troubles_done(&b->troubles);
	items_done(&b->waiting);
	items_done(&b->acks);
	items_done(&b->group);
	items_done(&b->apart);
	parcels_free(b->parcels);
	paper_free(b->paper);
	regime_done(&b->regime);
	(void)pthread_mutex_destroy(&b->lock);
	(void)pthread_cond_destroy(&b->more);
	free(b->conninfo);
	free(b);
}

static bool put(struct inbox *b, struct item *it)
{
	bool room;

	pthread_mutex_lock(&b->lock);
	room = it->is_answer || (b->waiting.count < QUEUE_MOST && b->waiting.bytes < QUEUE_BYTES);
	if (room)
		items_put(&b->waiting, it);
	else {
		b->state.dropped++;
		b->gap = "no room";
		b->live_since = b->live_since != 0 ? clock_ms() : 0;
	}
	pthread_cond_signal(&b->more);
	pthread_mutex_unlock(&b->lock);
	return room;
}

/*
 * Slack tells who typed a command or sent a form after 3 seconds that it failed, and does not send it again: they
 * have tried again since, or gone another way.
 */
static int64_t too_late_at(const struct event *ev)
{
	bool is_theirs =
		ev->kind == EVENT_SLASH || ev->kind == EVENT_SUBMIT || ev->kind == EVENT_PRESS;

	return is_theirs ? ev->received_us + LATE_US : 0;
}

bool inbox_put(struct inbox *b, int64_t socket, struct event *ev)
{
	struct item *it = calloc(1, sizeof(*it));

	if (it == NULL)
		abort();
	it->socket = socket;
	it->ev = *ev;
	it->too_late_us = too_late_at(ev);
	if (it->too_late_us != 0)
		it->hurry_us = it->too_late_us - HURRY_US;
	if (put(b, it))
		return true;
	free(it);
	log_warn("no room for an event type=%.40s: slack will come again",
		ev->type != NULL ? ev->type : "none");
	return false;
}

void inbox_answer(struct inbox *b, const struct outbox_reply *r)
{
	struct item *it = calloc(1, sizeof(*it));

	if (it == NULL)
		abort();
	it->is_answer = true;
	it->reply = *r;
	it->reply.body = copied(r->body);
	it->reply.error = copied(r->error);
	it->reply.scopes = copied(r->scopes);
	it->ev.received_us = clock_wall_us();
	(void)put(b, it); /* there is always room for an answer */
}

void inbox_collect(struct inbox *b, const struct inbox_out *out)
{
	struct items acks;
	struct parcel *parcels;

	pthread_mutex_lock(&b->lock);
	acks = b->acks;
	b->acks = (struct items){ 0 };
	parcels = b->parcels;
	b->parcels = NULL;
	b->parcels_end = &b->parcels;
	pthread_mutex_unlock(&b->lock);
	for (struct item *it = acks.first; it != NULL; it = it->next)
		out->ack(out->ctx, it->socket, it->ev.envelope, it->payload);
	for (struct parcel *p = parcels; p != NULL; p = p->next)
		out->send(out->ctx, &p->send);
	items_done(&acks);
	parcels_free(parcels);
}

struct inbox_state inbox_state(struct inbox *b)
{
	struct inbox_state s;

	pthread_mutex_lock(&b->lock);
	s = b->state;
	s.waiting = b->waiting.count + b->group.count + b->apart.count;
	s.busy_ms = b->busy_since != 0 ? clock_ms() - b->busy_since : 0;
	pthread_mutex_unlock(&b->lock);
	return s;
}

bool inbox_untroubled(struct inbox *b, struct buf *reasons)
{
	return troubles_tell(&b->troubles, reasons);
}

void inbox_drain(struct inbox *b)
{
	pthread_mutex_lock(&b->lock);
	b->phase = DRAINING;
	pthread_mutex_unlock(&b->lock);
}

void inbox_live(struct inbox *b, bool live)
{
	pthread_mutex_lock(&b->lock);
	if (!live) {
		b->live_since = 0;
		b->gap = "no connection";
	} else if (b->live_since == 0) {
		b->live_since = clock_ms();
		pthread_cond_signal(&b->more);
	}
	pthread_mutex_unlock(&b->lock);
}

void inbox_levels(
	struct inbox *b, const char *cause, const char *text, size_t len, const char *error)
{
	struct paper *p = paper_new(cause, text, len, error);

	pthread_mutex_lock(&b->lock);
	paper_free(b->paper);
	b->paper = p;
	pthread_cond_signal(&b->more);
	pthread_mutex_unlock(&b->lock);
}

void inbox_start(struct inbox *b)
{
	if (pthread_create(&b->thread, NULL, inbox_desk, b) != 0)
		abort();
}

void inbox_stop(struct inbox *b)
{
	pthread_mutex_lock(&b->lock);
	b->phase = STOPPING;
	pthread_cond_signal(&b->more);
	pthread_mutex_unlock(&b->lock);
	(void)pthread_join(b->thread, NULL); /* it ends: its statements have deadlines */
}
