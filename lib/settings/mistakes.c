#include "mistakes.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

bool mistakes_full(const struct mistakes *m)
{
	return m->count == SETTINGS_MOST_MISTAKES;
}

bool mistake_add(struct mistakes *m, struct place place, const char *fmt, ...)
{
	va_list ap;
	char *text;
	int len;

	if (mistakes_full(m))
		return false;
	va_start(ap, fmt);
	len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	assert(len >= 0);
	text = arena_zeroed(m->arena, (size_t)len + 1);
	va_start(ap, fmt);
	(void)vsnprintf(text, (size_t)len + 1, fmt, ap); /* measured above */
	va_end(ap);
	m->list[m->count++] = (struct mistake){ place, text };
	return false;
}

static bool stands_before(const struct place *a, const struct place *b)
{
	return a->line != b->line ? a->line < b->line : a->column < b->column;
}

/* By insertion: there are not many, and those of one place stay as they were found. */
void mistakes_sort(struct mistakes *m, int first)
{
	for (int i = first + 1; i < m->count; i++) {
		struct mistake moved = m->list[i];
		int to = i;

		for (; to > first && stands_before(&moved.place, &m->list[to - 1].place); to--)
			m->list[to] = m->list[to - 1];
		m->list[to] = moved;
	}
}

void mistakes_write(const struct mistakes *m, struct buf *to)
{
	for (int i = 0; i < m->count; i++) {
		const struct place *at = &m->list[i].place;

		if (at->line > 0)
			buf_printf(to, "%s:%d:%d: %s\n", at->file, at->line, at->column,
				m->list[i].text);
		else
			buf_printf(to, "%s: %s\n", at->file, m->list[i].text);
	}
}
