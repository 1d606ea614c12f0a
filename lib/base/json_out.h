#ifndef JSON_OUT_H
#define JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"

/*
 * Writes JSON (RFC 8259) into a buf, in order, without building a tree:
 *
 *	struct json_out o = { .to = &buf };
 *	json_open(&o, NULL, '{');
 *	json_put_text(&o, "channel", "C1");
 *	json_close(&o);
 *
 * A name is given inside an object and is NULL inside a list or at the top.
 */
enum { JSON_DEEPEST = 32 };

struct json_out {
	struct buf *to;
	int depth;
	char closers[JSON_DEEPEST];
	bool filled[JSON_DEEPEST + 1]; /* a comma is needed before the next member */
};

void json_open(struct json_out *, const char *name, char bracket);         /* '{' or '[' */
void json_close(struct json_out *);                                        /* the innermost */
void json_put_text(struct json_out *, const char *name, const char *text); /* NULL: null */
void json_put_int(struct json_out *, const char *name, int64_t);
void json_put_bool(struct json_out *, const char *name, bool);
void json_put_raw(struct json_out *, const char *name, const char *json); /* already JSON */

#endif
