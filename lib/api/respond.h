#ifndef RESPOND_H
#define RESPOND_H

#include <stdbool.h>

#include "buf.h"

/*
 * Private to api. A response_url is where Slack takes words for who typed a command: no method, no token, JSON instead
 * of a form, and an answer in words. Who knows it may use it, so it is neither logged nor shown.
 */

/* Takes the member response_url out of the body: *url; the rest is the message. False: there is none. */
bool respond_read(const char *json, struct buf *url, struct buf *message);
/* Is it Slack's? The host of its API, or "hooks." before that: nobody else is sent anything. */
bool respond_is_slacks(const char *url, const char *base_url);
/* What it answered, as a method would have: ok, or the word why not. Other statuses stay what they are. */
void respond_translate(struct buf *body, int *status);

#endif
