#ifndef SECTION_H
#define SECTION_H

#include "schema.h"
#include "values.h"

/* A section of the severities file: a list of things, each with words that mean it. Private to settings. */

/* A word that means something, and where it stands. */
struct word {
	const struct node *node;
	const char *what;       /* id, label, alias */
	const struct node *one; /* whose it is */
};

struct words {
	const char *path;  /* of the section: "statuses" */
	struct word *list; /* room for all that will be taken */
	int count;
};

/* Tells when it is taken already. */
void words_take(struct reading *, struct words *, const struct node *, const char *what,
	const struct node *one);
/* Of the ids, labels and aliases each means one thing only. */
void section_check_words(struct reading *, const struct node *list, const char *path);
/* Of 1 to so many; what: "levels". Else tells so. */
bool section_is_list(
	struct reading *, const struct node *, const char *path, const char *what, int most);

key_reader read_statuses;        /* to: struct statuses * */
key_reader read_roles;           /* to: struct roles * */
key_reader read_keyword_replies; /* to: struct keyword_replies * */

#endif
