#ifndef REPLY_H
#define REPLY_H

#include <stdbool.h>

#include "arena.h"

/*
 * What only the asker sees: the payload of an acknowledgement, JSON. The same is sent by a call where there is nothing to
 * acknowledge any more, or where it is too long for that.
 */
struct call;

const char *reply_text(struct arena *, const char *text);
/* The same, with a button below; NULL: the text is too long for that. */
const char *reply_button(
	struct arena *, const char *text, const char *action, const char *label, const char *value);
const char *reply_said(struct arena *, const char *reply); /* the text of a reply, or "" */

/* thread: the parent's ts, or NULL */
struct call *call_reply_whisper(struct arena *, const char *reply, const char *channel,
	const char *thread, const char *user);
/* By way of a response_url. instead: of the message whose button was pressed */
struct call *call_reply_respond(
	struct arena *, const char *reply, const char *url, const char *user, bool instead);

#endif
