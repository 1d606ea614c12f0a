#ifndef BOUNDARY_H
#define BOUNDARY_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Within text: when * _ ~ is a mark and not a character. Slack asks for the edge of a word on its outer side. Beside
 * that, what looks like a path or a pattern (*.c, src/_x_/y) stays as it is.
 */
bool may_open(const char *at, const char *line, const char *end);
bool may_close(const char *at, const char *line_end);
/* A blank, punctuation or a symbol of any script, as opposed to a letter. Not for ASCII. */
bool is_edge_character(uint32_t);

#endif
