#ifndef TOKEN_H
#define TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "builder.h"

/* Within text: the <...> of mrkdwn. */
struct token {
	char kind;         /* '@', '#', '!', or 0: a link */
	const char *id;    /* what comes before the bar */
	const char *label; /* what comes behind it; NULL: no bar */
	size_t id_len, label_len;
	size_t len; /* of the whole, with its brackets */
};

/* False when there is no whole token at this place; what is no mention and has no scheme is none. */
bool token_read(const char *at, const char *end, struct token *out);

/* Puts down what it stands for. */
void token_build(struct builder *, const struct token *, unsigned styles);

/* A date, by the words that came with it, else in UTC: nobody knows where it will be read. */
void build_date(
	struct builder *, unsigned styles, int64_t seconds, const char *words, const char *address);

/* Adds text with its entities undone, once. */
void add_unescaped(struct buf *to, const char *text, size_t len);

/* The length of the entity at this place and the character that it stands for; 0: none. */
size_t entity_at(const char *at, const char *end, char *meant);

#endif
