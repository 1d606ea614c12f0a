#ifndef INBOX_H
#define INBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "event.h"
#include "fail.h"
#include "handler.h"
#include "outbox.h"

/*
 * The desk: a thread with the only writing connection to Postgres. It takes all that is waiting, runs its turns in
 * one transaction, commits, and only then hands back the acknowledgements. The loop's thread puts events and
 * answers in, and collects what is to be acknowledged and sent.
 */
struct inbox;

struct inbox_needs {
	void *ctx;
	void (*wake)(void *ctx); /* from the desk's thread: there is something to collect */
	struct keeping keep;
	levels_reader *read_levels;
	const char *severities_file; /* its name; it is read elsewhere */
};

/* The strings, and the house's levels, are borrowed. Nothing is connected yet. */
struct inbox *inbox_new(const char *conninfo, const struct house *, const struct inbox_needs *);
void inbox_free(struct inbox *); /* after inbox_stop */
void inbox_start(struct inbox *);
/* From the loop's thread: is there a good connection to Slack now? See watch.h. */
void inbox_live(struct inbox *, bool live);
/*
 * What the severities file says now; text NULL: it cannot be read, and error says why. cause: start, changed or SIGHUP.
 * Copied, but for cause. The house may begin without levels: then those on record are waited for.
 */
void inbox_levels(
	struct inbox *, const char *cause, const char *text, size_t len, const char *error);
/* What waits is still done and acknowledged, but nothing more is sent. */
void inbox_drain(struct inbox *);
/* Finishes what is waiting if Postgres is there and quick; joins the thread. */
void inbox_stop(struct inbox *);

/* Ownership of *ev passes when it is taken. False: the queue is full, nothing was taken, Slack will come again. */
bool inbox_put(struct inbox *, int64_t socket, struct event *ev);
/* The answer to an outbox_send; everything is copied. */
void inbox_answer(struct inbox *, const struct outbox_reply *);

struct inbox_out {
	void *ctx;
	void (*ack)(void *ctx, int64_t socket, const char *envelope, const char *payload);
	void (*send)(void *ctx, const struct outbox_send *);
};

/* On the loop's thread, after wake: hands over what has come up since the last time. */
void inbox_collect(struct inbox *, const struct inbox_out *);

struct inbox_state {
	bool has_database;
	const char *cannot_start; /* why the daemon must end, or NULL */
	int64_t busy_ms;          /* how long the desk has been at its group; 0: it rests */
	int waiting;              /* events and answers not yet committed */
	int64_t committed, duplicates, refused, failed, dropped;
	char why[240]; /* when there is no database */
};

/* From any thread. */
struct inbox_state inbox_state(struct inbox *);
/*
 * From any thread: what is wrong between Slack and us, a line each, as of some seconds ago. False: with that we are of no
 * use; true: we go on, whatever there is.
 */
bool inbox_untroubled(struct inbox *, struct buf *reasons);

#endif
