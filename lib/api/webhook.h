#ifndef WEBHOOK_H
#define WEBHOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"

struct curl_slist;

/*
 * Private to api. Webhooks as the Standard Webhooks specification has them (standardwebhooks.com): what is sent, its name
 * and the time are signed together, when it is sent.
 */
struct webhook {
	struct buf url, id, payload;
};

/* The call's body: {"id", "url", "payload"}. False: it has not all of them. */
bool webhook_read(const char *json, struct webhook *);
void webhook_done(struct webhook *);

/* "v1,..." secret: whsec_ and the base64 of the key. False: it is none. */
bool webhook_sign(
	struct buf *to, const char *secret, const char *id, int64_t seconds, const char *payload);
/* All headers of it as it is sent now. False: it cannot be signed, and there are none. secret NULL: there is none. */
bool webhook_headers(struct curl_slist **to, const char *secret, const struct webhook *);
/* What its receiver answered, as a method would have: ok, or why it is refused for good. Other statuses stay: try again. */
void webhook_translate(struct buf *body, int *status);

#endif
