#ifndef BLOCK_RULES_H
#define BLOCK_RULES_H

#include <stdbool.h>
#include <stddef.h>

/* What Block Kit allows, as a table: blocks.c checks by it. */

enum rule_kind {
	RULE_TEXT, /* a string */
	RULE_YES,  /* true or false */
	RULE_NUMBER,
	RULE_ANY,      /* not looked into */
	RULE_PLAIN,    /* a plain_text object */
	RULE_WORDS,    /* a plain_text or mrkdwn object */
	RULE_FIELDS,   /* a list of RULE_WORDS */
	RULE_PART,     /* an object without a type: its rules are those of `part` */
	RULE_PARTS,    /* a list of such */
	RULE_ELEMENT,  /* a block element that may stand in `part` */
	RULE_ELEMENTS, /* a list of such */
	RULE_BLOCKS,
};

struct block_rule {
	const char *of, *name;
	enum rule_kind kind;
	bool must;
	size_t most; /* UTF-16 units or items; 0: no limit */
	const char *part;
};

const struct block_rule *block_rule_find(const char *of, const char *name);
/* The rules of one kind of object, one after the other; NULL after the last. */
const struct block_rule *block_rule_next(const char *of, const struct block_rule *after);
/* Whether there is such a block, element or text there: place is "message", "modal", "home", "section", … */
bool block_kind_fits(const char *type, const char *place);

#endif
