#ifndef PUMP_H
#define PUMP_H

#include <curl/curl.h>

#include "loop.h"

/* libcurl's multi handle on the loop: its sockets are watched, its timer is kept. */
struct pump;

typedef void pump_ended(
	void *ctx, CURL *easy, CURLcode result); /* easy is out of the multi already */

struct pump *pump_new(struct loop *, pump_ended *, void *ctx);
void pump_free(struct pump *); /* after all that was added is taken out */

void pump_add(struct pump *, CURL *easy);
void pump_take_out(struct pump *, CURL *easy);

#endif
