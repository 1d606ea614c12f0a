#ifndef MEND_H
#define MEND_H

#include <stddef.h>

#include "buf.h"

/*
 * Within wire. Adds JSON text to the buffer, with U+FFFD in the place of what Postgres could not keep: invalid
 * UTF-8, raw control bytes, and the escapes of NUL and of half a surrogate pair. Valid JSON stays as it was.
 */
void mend(struct buf *to, const char *json, size_t len);

#endif
