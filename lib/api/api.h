#ifndef API_H
#define API_H

#include <stdbool.h>
#include <stdint.h>

#include "loop.h"

/*
 * One HTTP call to Slack's Web API, and its answer. Sent as a form everywhere (protocol: every method takes one);
 * the body is a JSON object whose members become fields, objects and lists as JSON text. On the loop's thread.
 */
struct api;

struct api_answer {
	int64_t id;       /* as given to api_call */
	int status;       /* HTTP; 0: no answer came */
	int retry_after;  /* seconds, 0: not said */
	const char *body; /* ended by NUL, at most 16 MiB, mended for nothing; "" when none came */
	const char *scopes;    /* those of the token, with commas between; NULL: not said */
	const char *error;     /* when status is 0: curl's words */
	bool untrusted;        /* when status is 0: it is the peer's certificate */
	bool executed_unknown; /* the request may have been carried out although no good answer came */
};

/* Of a larger answer nothing is read: it is told as Slack's refusal of this name, as it would be as large again. */
#define API_TOO_LARGE "answer_too_large"

typedef void api_answered(void *ctx, const struct api_answer *);

/* base_url ends with a slash: "https://slack.com/api/". */
struct api *api_new(
	struct loop *, const char *base_url, api_answered *, void *ctx, struct fail *why);
void api_free(struct api *); /* what is in the air is dropped without an answer */

/*
 * In the place of a method: the body's member response_url says where the rest of it goes, as JSON and without the
 * token. Only to the host of base_url, or "hooks." before that. Its answer is told as that of a method.
 */
#define API_RESPOND "response_url"

/*
 * The same for webhooks: the body's id and url, and its payload as it is sent, signed. Over https, only to the hosts that
 * api_webhooks() names. 2xx is done; what shall be tried again keeps its status; all else is refused for good.
 */
#define API_WEBHOOK "webhook"
/* Both borrowed, as long as the api lives. hosts: as address_is_at() takes them. NULL: nothing is sent. */
void api_webhooks(struct api *, const char *hosts, const char *secret);

/*
 * token is sent as Authorization: Bearer. Deadlines, from when it is sent: 10 s to connect, 15 s in total. At most 20
 * are sent at once; the others wait, in order.
 */
void api_call(
	struct api *, int64_t id, const char *method, const char *token, const char *json_body);
int api_in_the_air(const struct api *); /* sent or waiting, not answered */

#endif
