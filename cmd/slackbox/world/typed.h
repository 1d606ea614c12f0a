#ifndef TYPED_H
#define TYPED_H

#include "buf.h"
#include "workspace.h"

/* Text on its way from what people type to what Slack keeps. */
struct typing {
	const struct world *w;
	struct buf text;  /* with entities and tokens */
	struct buf plain; /* what is not yet an element */
	cJSON *elements;  /* where elements go now; borrowed */
};

void typing_line(
	struct typing *, const char *line, size_t len); /* with mentions, links, emoji, styles */
void typing_raw(struct typing *, const char *text, size_t len); /* without */
void typing_flush(struct typing *); /* what was gathered becomes an element */

char *buf_taken(struct buf *); /* the text, and an empty buf is left; owned by the caller */

#endif
