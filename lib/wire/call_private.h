#ifndef CALL_PRIVATE_H
#define CALL_PRIVATE_H

#include "call.h"
#include "call_reminder.h"
#include "json_out.h"

/* Private to wire: how a call and its JSON body are begun and ended. */
struct body {
	struct buf buf;
	struct json_out out;
};

struct call *call_new(struct arena *, const char *method, const char *lane, const char *purpose);
void call_open(struct body *);
struct call *call_close(struct arena *, struct call *, struct body *);

/* Block Kit, the little of it that we use. name: as in json_open. */
void block_text(struct json_out *, const char *name, const char *type, const char *text);
void block_section(struct json_out *, const char *id, const char *mrkdwn);
void block_button(struct json_out *, const char *action, const char *label, const char *value);
/* An option of a menu: its label is cut to what Slack takes. */
void block_choice(
	struct json_out *, struct arena *, const char *name, const char *label, const char *value);

enum { CALL_URL_MS = 25 * 60 * 1000 }; /* a response_url is good for 30 minutes, by Slack's clock */

#endif
