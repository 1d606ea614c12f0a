#ifndef CALL_WEBHOOK_H
#define CALL_WEBHOOK_H

#include "call.h"
#include "entry.h"

/*
 * What others are told of an incident, over HTTPS and signed: no method of Slack's, but a row like any call. Its body has the
 * address (url) and what is sent (payload); texts are as they were typed, with ids where they name somebody.
 */
#define WEBHOOK_METHOD "webhook"

struct webhook {
	const char *url;  /* a secret */
	const char *host; /* of it: see address_host() */
	const struct incident *incident;
	struct person lead, reporter; /* id NULL: nobody; name NULL: not known */
	const char *kind, *text;      /* of the change: "severity", "P1, was P3"; a page has none */
	struct person by;             /* id NULL: nobody in particular */
	int64_t at_us;
};

/* "incident.severity". Those of an incident to a host go in order. */
struct call *call_webhook(struct arena *, const struct webhook *);
/* "incident.page". Of a private incident it has no words and no names. */
struct call *call_page(struct arena *, const struct webhook *);

/* The body with the name by which a receiver knows it again. */
const char *call_webhook_named(struct arena *, const char *body, const char *name);

#endif
