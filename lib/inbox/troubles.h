#ifndef TROUBLES_H
#define TROUBLES_H

#include <pthread.h>

#include "buf.h"
#include "handler.h"
#include "store.h"

/*
 * Private to inbox: the desk looks every few seconds what is wrong between Slack and us, says in the log what is new and
 * what is over, and asks Slack again as long as something is.
 */
struct troubles {
	pthread_mutex_t lock;
	struct buf grave, others; /* under the lock: a line each */
	const char *desk;         /* this process's name */
	/* the desk's own */
	int64_t look_at, ask_at, rest_ms;
	int count; /* how many there were when we looked last */
};

void troubles_init(struct troubles *);
void troubles_done(struct troubles *);
bool troubles_look(struct troubles *, struct store *, const struct house *, struct fail *why);
/* There may be other channels now: asks Slack for a place in them. */
bool troubles_ask(struct store *, const struct house *, struct fail *why);
/* So many troubles stand: is it time to ask Slack again? 15 s after they changed, then ever later, to five minutes. */
bool troubles_ask_now(struct troubles *, int count, int64_t now_ms);
/* From any thread. False: with one of these we are of no use. */
bool troubles_tell(struct troubles *, struct buf *reasons);

#endif
