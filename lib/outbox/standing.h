#ifndef STANDING_H
#define STANDING_H

#include "answer.h"
#include "outbox.h"
#include "verdict.h"

/*
 * Private to the outbox: what an answer says of our own standing with Slack. It becomes one of the store's troubles, or ends
 * one. Inside the caller's transaction.
 */
bool standing_note(struct store *, struct arena *, const struct outbox_row *,
	const struct outbox_reply *, const struct answer *, enum verdict, struct fail *why);
/* It asks how we stand: that is asked again and again, and its row goes when it is settled. */
bool standing_asks(const struct outbox_row *);
/* A refusal of this row is told as a trouble, once, and not each time. */
bool standing_tells(const struct outbox_row *);

#endif
