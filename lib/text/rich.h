#ifndef RICH_H
#define RICH_H

#include "builder.h"
#include "json.h"

/* Within text: one block of the kind rich_text. */
void read_rich_text(struct builder *, const struct cJSON *block);
/* The words of a part of it, in the block that is open. */
void read_elements(struct builder *, const struct cJSON *part);

/* A member that is text; NULL: it is not there, or is none. */
const char *member_text(const struct cJSON *object, const char *name);
bool type_is(const struct cJSON *object, const char *type);

#endif
