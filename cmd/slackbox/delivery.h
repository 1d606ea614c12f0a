#ifndef DELIVERY_H
#define DELIVERY_H

#include "box.h"

/* Envelopes: each goes to one connection, is to be acked in 3 s, and comes again when it is an event. */
struct delivery;

enum envelope_kind { ENVELOPE_EVENT, ENVELOPE_COMMAND, ENVELOPE_INTERACTIVE };

/* Who is to see what comes of it, and what it is told by; all but the kind may be NULL. */
struct envelope_about {
	enum envelope_kind kind;
	const char *user, *channel; /* ids */
	const char *what;           /* "/incident", "view_submission", "message" */
	const char *ts;             /* of an event */
};

struct delivery *delivery_new(void);
void delivery_free(struct delivery *);

void delivery_event(struct box *, cJSON *event);                                 /* takes it */
void delivery_send(struct box *, const struct envelope_about *, cJSON *payload); /* takes it */
void delivery_raw(
	struct box *, const char *text, size_t len); /* a frame as it is, no ack expected */

void delivery_rate_limited(struct box *); /* app_rate_limited: it has no event */

/* Events are switched off when over 95 % of them, and of at least so many, fail within the window. */
void delivery_disabling(struct box *, int64_t window_ms, long least);
void delivery_enable(struct box *, bool on); /* the events; interaction goes on anyway */

void delivery_ack(struct box *, unsigned line, const char *frame);
void delivery_line_closed(struct box *, unsigned line);
void delivery_tick(struct box *, int64_t now_ms); /* monotonic */

long delivery_pending(const struct delivery *);     /* not acked yet, or waiting for a retry */
long delivery_outstanding(const struct delivery *); /* sent and not acked yet */
cJSON *delivery_dump(const struct delivery *);
/* The envelopes that were over after the since-th, of the last 20000: acked in time, or late. */
cJSON *delivery_journal(const struct delivery *, long since, long *next_out);

#endif
