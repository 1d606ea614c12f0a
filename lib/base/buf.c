#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64 };

static void make_room(struct buf *b, size_t more)
{
	size_t room = b->room != 0 ? b->room : FIRST_ROOM;

	if (b->len + more < b->room)
		return;
	while (room <= b->len + more)
		room *= 2;
	b->text = realloc(b->text, room);
	if (b->text == NULL)
		abort();
	b->room = room;
}

void buf_add_bytes(struct buf *b, const void *bytes, size_t len)
{
	make_room(b, len + 1);
	if (len > 0)
		memcpy(b->text + b->len, bytes, len);
	b->len += len;
	b->text[b->len] = '\0';
}

void buf_add(struct buf *b, const char *text)
{
	if (text != NULL)
		buf_add_bytes(b, text, strlen(text));
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (len < 0)
		abort();
	make_room(b, (size_t)len + 1);
	va_start(ap, fmt);
	(void)vsnprintf(b->text + b->len, (size_t)len + 1, fmt, ap); /* measured above */
	va_end(ap);
	b->len += (size_t)len;
}

void buf_empty(struct buf *b)
{
	b->len = 0;
	if (b->text != NULL)
		b->text[0] = '\0';
}

void buf_done(struct buf *b)
{
	free(b->text);
	*b = (struct buf){ 0 };
}
