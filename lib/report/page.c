#include "page.h"

#include <string.h>

#include "words.h"

void page_person(struct page *p, const struct person *given)
{
	struct person who = outline_person(&p->outline, given, NULL);

	words_escaped(p->to, who.name != NULL ? who.name : who.id != NULL ? who.id : "nobody");
}

const char *page_rendered(struct page *p, const char *mrkdwn)
{
	struct buf *b = &p->scratch;
	struct arena *arena = arena_new();

	buf_empty(b);
	text_markdown(b, text_read(arena, mrkdwn, NULL), &p->names);
	arena_free(arena);
	if (b->text == NULL)
		return "";
	while (b->len > 0 && strchr(" \t\n", b->text[b->len - 1]) != NULL)
		b->text[--b->len] = '\0';
	return b->text + strspn(b->text, " \t\n");
}

void page_block(struct page *p, const char *rendered, const char *indent)
{
	while (*rendered != '\0') {
		size_t len = strcspn(rendered, "\n");

		buf_add_bytes(p->to, rendered, len);
		rendered += len;
		if (*rendered != '\n')
			return;
		rendered++;
		buf_add(p->to, "\n");
		if (*rendered != '\n')
			buf_add(p->to, indent);
	}
}

/* Blanks before an end of line made it a hard one. */
void page_line(struct page *p, const char *rendered)
{
	while (*rendered != '\0') {
		size_t blank = strspn(rendered, " \n");

		if (memchr(rendered, '\n', blank) != NULL) {
			buf_add(p->to, " ");
			rendered += blank;
			continue;
		}
		blank += strcspn(rendered + blank, " \n");
		buf_add_bytes(p->to, rendered, blank);
		rendered += blank;
	}
}
