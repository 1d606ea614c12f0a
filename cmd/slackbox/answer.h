#ifndef ANSWER_H
#define ANSWER_H

#include "box.h"

/* What the app answers to commands and presses: in the ack, or at a response_url. */

/* A response_url: 5 uses, 30 minutes. kind: "commands" or "actions"; ts: the message pressed on, or NULL. */
void answer_url(struct box *, const char *kind, const char *user, const char *channel,
	const char *ts, char *out, size_t room);
void answer_request(struct box *, struct request *); /* POST to one */

/* The ack of a command or of something interactive; what: "/incident", "view_submission". */
void answer_ack(struct box *, const char *user, const char *channel, const char *what,
	const cJSON *payload);
/* Nobody acked: what the person sees then. */
void answer_failed(
	struct box *, const char *user, const char *channel, const char *what, const char *error);

#endif
