#ifndef LOOP_H
#define LOOP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fail.h"

/*
 * The one loop (libuv), with the libwebsockets context on it. One thread runs it; only loop_wake may be
 * called from others. Rooms that need the foreign handles ask for them by the two last functions.
 */
struct loop;
struct timer;

typedef void loop_callback(void *ctx);

/* ca_file: PEM of further authorities to trust, NULL for the system's alone. */
struct loop *loop_new(const char *ca_file, struct fail *why);
void loop_free(struct loop *); /* two passes over libwebsockets; after every room on it is freed */

void loop_run(struct loop *); /* until loop_stop */
void loop_stop(struct loop *);

/* Runs woken on the loop's thread, soon, once for any number of calls. Set before loop_run. */
void loop_on_wake(struct loop *, loop_callback *woken, void *ctx);
void loop_wake(struct loop *); /* from any thread */

void loop_on_term(struct loop *, loop_callback *asked, void *ctx); /* SIGTERM and SIGINT */
void loop_on_hup(struct loop *, loop_callback *asked, void *ctx);

/* A timer is its owner's; freeing it cancels it. ms from now, once; setting it again moves it. */
struct timer *timer_new(struct loop *, loop_callback *due, void *ctx);
void timer_free(struct timer *);
void timer_set(struct timer *, int64_t ms);
void timer_cancel(struct timer *);

/*
 * Finds the address of a host without blocking, numeric: for a host with several, the nth (counted round), so
 * that one that does not answer is not tried for ever. Asynchronous always. Freeing it means: do not call.
 */
struct lookup;
typedef void loop_found(
	void *ctx, const char *address, const char *error); /* one of both is NULL */

struct lookup *lookup_new(struct loop *, const char *host, int nth, loop_found *found, void *ctx);
void lookup_free(struct lookup *); /* also after found was called */

/*
 * Reads a file at the beginning and whenever it changes, also when another takes its place or a link on the way to it
 * is turned round: it is asked for each second, and read once it has been left alone for another. At most so many
 * bytes are read, without blocking. text NULL: it cannot be read, and error says why.
 */
struct file_watch;
typedef void loop_file_read(void *ctx, const char *text, size_t len, const char *error);

struct file_watch *file_watch_new(
	struct loop *, const char *path, size_t most, loop_file_read *read, void *ctx);
void file_watch_free(struct file_watch *);
void file_watch_look(struct file_watch *); /* reads it now, changed or not */

/* For link and api only. */
void *loop_uv(struct loop *);  /* uv_loop_t * */
void *loop_lws(struct loop *); /* struct lws_context * */
const char *loop_ca_file(const struct loop *);
const char *loop_tls_words(
	const struct loop *); /* what libwebsockets last said of TLS, "" when nothing */
void loop_tls_forget(struct loop *);

#endif
