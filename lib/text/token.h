#ifndef TOKEN_H
#define TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

/* Within text: the <...> of mrkdwn. */
struct token {
	char kind;         /* '@', '#', '!', or 0: a link */
	const char *id;    /* what comes before the bar */
	const char *label; /* what comes behind it; NULL: no bar */
	size_t id_len, label_len;
	size_t len; /* of the whole, with its brackets */
};

/* False when there is no whole token at this place. */
bool token_read(const char *at, const char *end, struct token *out);

/* What is shown of it, without its entities: a name, a label, or a link's address. */
void token_show(struct buf *to, const struct token *, const struct text_names *);

/* Adds text with its entities undone, once. */
void add_unescaped(struct buf *to, const char *text, size_t len);

/* The length of the entity at this place and the character that it stands for; 0: none. */
size_t entity_at(const char *at, const char *end, char *meant);

#endif
