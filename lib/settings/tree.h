#ifndef TREE_H
#define TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "mistakes.h"

/* What stands in a YAML file, before anyone asks whether it makes sense. It all lives in the arena. */
enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
	enum node_kind kind;
	struct place place;
	const char *text;       /* of NODE_TEXT */
	bool quoted;            /* so 'true' is a word and '' is not nothing */
	bool told;              /* is a mistake by itself: what it says is not looked at */
	const struct node *key; /* of what stands in a map */
	struct node *first, *last, *next; /* what stands in it, in order */
	int count;
};

/*
 * NULL when what follows cannot be made out: mistakes tell. One document, at most 32 levels deep, no anchors,
 * aliases or tags: these are mistakes, and what stands beside them is read all the same. Nothing is expanded.
 */
const struct node *tree_read(
	struct arena *, const char *file, const char *text, size_t len, struct mistakes *);

const struct node *tree_member(const struct node *map, const char *name); /* or NULL */

bool tree_is_nothing(const struct node *); /* null, ~, or nothing after the colon */

/*
 * As it is shown in a mistake: "nothing", "a list", "a mapping", or the text in quotes, cut. Of an address only that it is
 * one: a webhook's, at the wrong place, is a secret there too.
 */
const char *tree_describe(struct arena *, const struct node *);

#endif
