#ifndef PAGE_H
#define PAGE_H

#include "buf.h"
#include "outline.h"
#include "text.h"

/* A Markdown page while it is written. Private to the room. */
struct page {
	struct buf *to;
	struct buf scratch;
	struct outline outline;
	struct text_names names;
};

/* Somebody's name, else their id, else "nobody". */
void page_person(struct page *, const struct person *);

/* What people wrote, as Markdown without space around it. It lives until the next call. */
const char *page_rendered(struct page *, const char *mrkdwn);

/* Puts it down; its further lines are indented, so that they stay within a list item. */
void page_block(struct page *, const char *rendered, const char *indent);
void page_line(struct page *, const char *rendered); /* ends of line become spaces */

void page_timeline(struct page *);

#endif
