#ifndef CLEAN_H
#define CLEAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

/* Within text: characters, and what may be shown of them. */

/* The length of the UTF-8 character at this place; 0: there is none, but a byte that is none. */
size_t character_at(const char *at, const char *end);
uint32_t codepoint_at(const char *at, size_t len); /* of a character of this length */
void character_add(struct buf *to, uint32_t codepoint);

/*
 * Adds bytes as valid UTF-8. Of the control characters only tabs and ends of line stay. What turns the direction of
 * what follows can not reach beyond the text: overrides are shown by their number, embeddings and isolates left out.
 */
void clean_add(struct buf *to, const char *text, size_t len);
/* The same on one line. */
void clean_add_line(struct buf *to, const char *text, size_t len);

/* The length of the blank (of any script) at this place; 0: none. Ends of line are none. */
size_t blank_at(const char *at, const char *end);

/* A part of a word, as far as a byte can tell. */
bool word_byte(char);

#endif
