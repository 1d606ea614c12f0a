#include <string.h>

#include "builder.h"
#include "clean.h"

struct html {
	struct buf *to;
	const struct text_names *names;
	struct buf shown;
	int quoted;                      /* open quotes */
	int lists;                       /* open lists, each with an open item */
	bool ordered[MOST_INDENTED + 1]; /* which of them are */
	unsigned open[STYLES];           /* open styles, the innermost last */
	int open_count;
};

static const char *const STYLE_TAG[STYLES] = { "strong", "em", "del", "code" };

static const char *tag_of(unsigned style)
{
	return STYLE_TAG[style == BOLD ? 0 : style == ITALIC ? 1 : style == STRIKE ? 2 : 3];
}

/* Closes what is not wanted any more, with what stands inside of it, and opens what is missing. */
static void put_styles(struct html *h, unsigned wanted)
{
	int keep = 0;
	unsigned kept = 0;

	while (keep < h->open_count && (h->open[keep] & wanted) != 0)
		kept |= h->open[keep++];
	while (h->open_count > keep)
		buf_printf(h->to, "</%s>", tag_of(h->open[--h->open_count]));
	for (unsigned style = 1; style < 1u << STYLES; style <<= 1) {
		if ((wanted & style) == 0 || (kept & style) != 0)
			continue;
		buf_printf(h->to, "<%s>", tag_of(style));
		h->open[h->open_count++] = style;
	}
}

/* Blanks and controls end no attribute here, but they end addresses elsewhere. */
static void put_address(struct buf *to, const char *address)
{
	struct buf encoded = { 0 };

	for (; *address != '\0'; address++) {
		unsigned char c = (unsigned char)*address;

		if (c <= 0x20 || c == 0x7f)
			buf_printf(&encoded, "%%%02X", (unsigned)c);
		else
			buf_add_bytes(&encoded, address, 1);
	}
	html_text(to, encoded.text);
	buf_done(&encoded);
}

static void put_link(struct html *h, const struct run *r)
{
	if (address_is_safe(r->target)) {
		buf_add(h->to, "<a href=\"");
		put_address(h->to, r->target);
		buf_add(h->to, "\" rel=\"noreferrer noopener\">");
		html_text(h->to, h->shown.text);
		buf_add(h->to, "</a>");
		return;
	}
	html_text(h->to, h->shown.text);
	if (r->target == NULL || strcmp(r->target, h->shown.text) == 0)
		return;
	buf_add(h->to, " (");
	html_text(h->to, r->target);
	buf_add(h->to, ")");
}

/* What ends with the line ends before its break. */
static void end_styles(struct html *h, const struct run *next)
{
	unsigned wanted = 0;

	while (next != NULL && next->kind == RUN_BREAK)
		next = next->next;
	for (int i = 0; next != NULL && i < h->open_count && (h->open[i] & next->styles) != 0; i++)
		wanted |= h->open[i];
	put_styles(h, wanted);
}

static void put_run(struct html *h, const struct run *r)
{
	if (r->kind == RUN_BREAK) {
		end_styles(h, r->next);
		buf_add(h->to, "<br>\n");
		return;
	}
	buf_empty(&h->shown);
	buf_add(&h->shown, "");
	run_show(&h->shown, r, h->names);
	put_styles(h, r->styles);
	if (r->kind == RUN_LINK) {
		put_link(h, r);
	} else if (r->kind == RUN_WORDS || r->kind == RUN_EMOJI) {
		html_text(h->to, h->shown.text);
	} else {
		buf_add(h->to, "<bdi>");
		html_text(h->to, h->shown.text);
		buf_add(h->to, "</bdi>");
	}
}

static void put_runs(struct html *h, const struct block *b)
{
	for (const struct run *r = b->runs; r != NULL; r = r->next)
		put_run(h, r);
	put_styles(h, 0);
}

static void close_lists(struct html *h, int keep)
{
	while (h->lists > keep)
		buf_add(h->to, h->ordered[--h->lists] ? "</li></ol>\n" : "</li></ul>\n");
}

/* Quotes stand outside of lists: where the quoting changes, no list goes on. */
static void move_to(struct html *h, const struct block *b)
{
	bool is_item = b != NULL && b->kind == BLOCK_ITEM;
	int quoted = b != NULL ? b->quoted : 0;

	if (!is_item || quoted != h->quoted)
		close_lists(h, 0);
	for (; h->quoted > quoted; h->quoted--)
		buf_add(h->to, "</blockquote>\n");
	for (; h->quoted < quoted; h->quoted++)
		buf_add(h->to, "<blockquote>\n");
}

static void put_item(struct html *h, const struct block *b)
{
	bool ordered = b->number >= 0;
	int level = b->indent < h->lists ? b->indent : h->lists;

	close_lists(h, level + 1);
	if (h->lists == level + 1 && h->ordered[level] != ordered)
		close_lists(h, level);
	if (h->lists == level + 1) {
		buf_add(h->to, "</li>\n");
	} else {
		buf_add(h->to, ordered ? "<ol>\n" : "<ul>\n");
		h->ordered[h->lists++] = ordered;
	}
	if (ordered)
		buf_printf(h->to, "<li value=\"%d\">", b->number);
	else
		buf_add(h->to, "<li>");
	put_runs(h, b);
}

static void put_block(struct html *h, const struct block *b)
{
	move_to(h, b);
	switch (b->kind) {
	case BLOCK_ITEM: put_item(h, b); break;
	case BLOCK_RULE: buf_add(h->to, "<hr>\n"); break;
	case BLOCK_CODE:
		buf_add(h->to, "<pre><code>");
		put_runs(h, b);
		buf_add(h->to, "</code></pre>\n");
		break;
	case BLOCK_PARAGRAPH:
		buf_add(h->to, "<p>");
		put_runs(h, b);
		buf_add(h->to, "</p>\n");
		break;
	}
}

void text_html(struct buf *to, const struct text *text, const struct text_names *names)
{
	struct html h = { .to = to, .names = names };

	for (const struct block *b = text->blocks; b != NULL; b = b->next)
		put_block(&h, b);
	move_to(&h, NULL);
	buf_done(&h.shown);
}
