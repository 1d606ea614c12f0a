#ifndef SCHEMA_H
#define SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "mistakes.h"
#include "tree.h"

struct reading {
	struct arena *arena; /* what is read lives here */
	struct mistakes *mistakes;
};

/* Reads one value to where it goes. path is how a mistake calls it: "severities[0].label". */
typedef void key_reader(struct reading *, const struct node *, const char *path, void *to);

enum key_need { KEY_MAY, KEY_MUST };

/* One row of a table of keys. A dot in the name is a map in the file: "channels.announce". */
struct key {
	const char *name;
	key_reader *read;
	size_t offset;
	enum key_need need;
	const char *otherwise; /* the text when it is not given, or NULL */
};

struct schema {
	const struct key *keys;
	size_t count;
};

/* Fills *out by the table. where is what map this is, "" for the whole file. */
void schema_read(struct reading *, const struct node *map, const struct schema *, const char *where,
	void *out);

/* The texts of those that have one when they are not given. */
void schema_defaults(const struct schema *, void *out);

/* "path must be wanted, not ..." */
void schema_refuse(struct reading *, const struct node *, const char *path, const char *wanted);
/* "path must be wanted": what was there is nobody's business. */
void schema_refuse_secret(
	struct reading *, const struct node *, const char *path, const char *wanted);

#endif
