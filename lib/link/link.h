#ifndef LINK_H
#define LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event.h"
#include "loop.h"

/*
 * Holds the websockets to Slack (Socket Mode). A link keeps `seats` connections up (two by default, so that a
 * refresh is never a gap); a seat has a current connection and, during a refresh, a next one.
 * All on the loop's thread. What it needs from others is in link_needs.
 */
struct link;

struct link_needs {
	void *ctx;
	/* Asks Slack for a URL (apps.connections.open); answers with link_got_url under the same ticket. */
	void (*ask_for_url)(void *ctx, int64_t ticket);
	/* A whole frame that is an event; socket is for link_ack. True: *ev is theirs now. False: not taken, the link drops it. */
	bool (*on_event)(void *ctx, int64_t socket, struct event *ev);
	/* A connection is good, and before there was none, for so long; 0: it is the first. */
	void (*on_connected)(void *ctx, int64_t gap_ms);
};

/* Counts are since the start; strings are good until the loop goes on. */
struct link_state {
	int live;                /* connections with a hello and a pong not older than 20 s */
	int64_t num_connections; /* Slack's count at the last hello */
	int64_t hellos, failed,
		gaps; /* connections made, attempts in vain, times with none at all */
	int64_t unreadable, too_large, binary; /* frames */
	const char *alarm,
		*advice; /* NULL, or why an operator must look: "link_disabled", "invalid_auth", ... */
	const char *last; /* why the last attempt was in vain, "" since the last hello */
};

struct link *link_new(struct loop *, int seats, const struct link_needs *, struct fail *why);
void link_free(struct link *);
void link_start(struct link *);
/* Close frames on all sockets; done is called when they are gone, after 1 s at the latest. */
void link_stop(struct link *, loop_callback *done, void *ctx);

/* The answer to ask_for_url. */
struct link_answer {
	const char *url; /* NULL: none */
	const char *
		error; /* then: Slack's word, or "untrusted_certificate"; NULL when there is none */
	const char *words; /* what else is to be told of it, or NULL */
	int retry_after;   /* seconds, 0: not said */
};

void link_got_url(struct link *, int64_t ticket, const struct link_answer *);

/* Acknowledges on the socket that delivered; nothing happens if it is gone. payload is JSON or NULL. */
void link_ack(struct link *, int64_t socket, const char *envelope, const char *payload);

struct link_state link_state(const struct link *);

#endif
