#ifndef TRANSCRIPT_H
#define TRANSCRIPT_H

#include <cjson/cJSON.h>

#include "buf.h"
#include "workspace.h"

/* The workspace told as text: what people would see on their screens, with names instead of ids. */
struct transcript;

struct transcript *transcript_new(const struct world *);
void transcript_free(struct transcript *);

/* Prints to standard output what is new since the last call. */
void transcript_tell(struct transcript *);
/* Prints a line about what somebody does: "10:03:12 #incidents  Ann Jones types: …". ch may be NULL. */
void transcript_deed(const struct world *, const struct channel *, const char *user_id,
	const char *deed, const char *text);
/* Prints the channel from its beginning. */
void transcript_show(const struct world *, const struct channel *);

/* What a message says, blocks and all, with names. */
void transcript_text(const struct world *, const cJSON *message, struct buf *out);

#endif
