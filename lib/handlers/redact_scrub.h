#ifndef REDACT_SCRUB_H
#define REDACT_SCRUB_H

#include "scrub.h"
#include "store_sweep.h"

/*
 * Private to redaction: the rows of a place are rewritten without `what`. changed is counted up.
 */
bool redact_scrub(struct store *, struct arena *, enum scrub_place, const struct scrub_where *,
	const struct scrub *what, int64_t *changed, struct fail *why);

#endif
