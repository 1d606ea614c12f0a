#include <string.h>

#include "builder.h"
#include "token.h"

struct plain {
	struct buf *to;
	const struct text_names *names;
	const struct block *block;
	struct buf shown;
};

/* What every line of this block begins with. */
static void begin_line(struct plain *p)
{
	for (int i = 0; i < p->block->quoted; i++)
		buf_add(p->to, "> ");
	for (int i = 0; i < p->block->indent; i++)
		buf_add(p->to, "    ");
}

static void put_words(struct plain *p, const char *words)
{
	while (*words != '\0') {
		size_t len = strcspn(words, "\n");

		buf_add_bytes(p->to, words, len);
		words += len;
		if (*words == '\0')
			return;
		words++;
		buf_add(p->to, "\n");
		begin_line(p);
		buf_add(p->to, p->block->kind == BLOCK_ITEM ? "   " : "");
	}
}

/* What was struck out was taken back: without its marks it would say the opposite. */
static void put_run(struct plain *p, const struct run *r)
{
	bool struck = (r->styles & STRIKE) != 0;

	buf_empty(&p->shown);
	buf_add(&p->shown, "");
	run_show(&p->shown, r, p->names);
	buf_add(p->to, struck ? "~" : "");
	put_words(p, p->shown.text);
	buf_add(p->to, struck ? "~" : "");
	if (r->kind == RUN_LINK && r->target != NULL && address_tells(r->target, p->shown.text))
		buf_printf(p->to, " (%s)", r->target);
}

static void put_block(struct plain *p)
{
	static const char *const BULLETS[] = { "\u2022 ", "\u25e6 ", "\u25aa " };

	begin_line(p);
	if (p->block->kind == BLOCK_RULE)
		buf_add(p->to, "---");
	if (p->block->kind == BLOCK_ITEM && p->block->number >= 0)
		buf_printf(p->to, "%d. ", p->block->number);
	else if (p->block->kind == BLOCK_ITEM)
		buf_add(p->to, BULLETS[p->block->indent % 3]);
	for (const struct run *r = p->block->runs; r != NULL; r = r->next)
		put_run(p, r);
}

void text_plain(struct buf *to, const struct text *text, const struct text_names *names)
{
	struct plain p = { .to = to, .names = names };

	for (p.block = text->blocks; p.block != NULL; p.block = p.block->next) {
		if (p.block != text->blocks)
			buf_add(to, "\n");
		for (int i = 0; p.block != text->blocks && i < p.block->gap; i++)
			buf_add(to, "\n");
		put_block(&p);
	}
	buf_done(&p.shown);
}

void text_typed(struct buf *to, const char *mrkdwn, const struct text_names *names)
{
	struct text text = { 0 };
	struct builder b = { .arena = arena_new(), .text = &text, .room = TEXT_ROOM };

	read_typed(&b, mrkdwn);
	build_end(&b);
	text_plain(to, &text, names);
	arena_free(b.arena);
}
