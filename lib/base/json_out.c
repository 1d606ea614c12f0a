#include "json_out.h"

#include <assert.h>
#include <inttypes.h>
#include <stddef.h>

static void put_quoted(struct buf *to, const char *text)
{
	buf_add(to, "\"");
	for (const char *p = text; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c == '"' || c == '\\')
			buf_printf(to, "\\%c", c);
		else if (c == '\n')
			buf_add(to, "\\n");
		else if (c < 0x20)
			buf_printf(to, "\\u%04x", (unsigned)c);
		else
			buf_add_bytes(to, p, 1);
	}
	buf_add(to, "\"");
}

static void begin_member(struct json_out *o, const char *name)
{
	if (o->filled[o->depth])
		buf_add(o->to, ",");
	o->filled[o->depth] = true;
	if (name == NULL)
		return;
	put_quoted(o->to, name);
	buf_add(o->to, ":");
}

void json_open(struct json_out *o, const char *name, char bracket)
{
	assert(o->depth < JSON_DEEPEST);
	begin_member(o, name);
	buf_add_bytes(o->to, &bracket, 1);
	o->closers[o->depth++] = bracket == '{' ? '}' : ']';
	o->filled[o->depth] = false;
}

void json_close(struct json_out *o)
{
	assert(o->depth > 0);
	buf_add_bytes(o->to, &o->closers[--o->depth], 1);
}

void json_put_text(struct json_out *o, const char *name, const char *text)
{
	begin_member(o, name);
	if (text == NULL)
		buf_add(o->to, "null");
	else
		put_quoted(o->to, text);
}

void json_put_int(struct json_out *o, const char *name, int64_t number)
{
	begin_member(o, name);
	buf_printf(o->to, "%" PRId64, number);
}

void json_put_bool(struct json_out *o, const char *name, bool yes)
{
	begin_member(o, name);
	buf_add(o->to, yes ? "true" : "false");
}

void json_put_raw(struct json_out *o, const char *name, const char *json)
{
	begin_member(o, name);
	buf_add(o->to, json);
}
