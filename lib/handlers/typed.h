#ifndef TYPED_H
#define TYPED_H

#include <stddef.h>

#include "arena.h"

/*
 * Phones type hard blanks and curly quotes in the place of what a keyboard has. Texts are kept as they were typed;
 * words that are looked up are read as they were meant.
 */
const char *typed_meant(struct arena *, const char *text);
/* How many bytes of the text mean so many bytes of typed_meant. */
size_t typed_len(const char *text, size_t meant);
/* How many bytes of its beginning are blank. */
size_t typed_blanks(const char *text);

#endif
