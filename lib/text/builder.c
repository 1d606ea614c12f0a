#include "builder.h"

#include <string.h>

#include "clean.h"

enum { RUN_COST = 8 }; /* what a run or a block takes of the room, beside its words */

/* False once nothing more is taken. */
static bool take_room(struct builder *b, size_t size)
{
	if (b->cut || b->room < size) {
		b->cut = true;
		return false;
	}
	b->room -= size;
	return true;
}

static void join(struct builder *b)
{
	if (b->last == NULL)
		b->text->blocks = b->block;
	else if (b->last != b->block)
		b->last->next = b->block;
	b->last = b->block;
}

static void add_run(struct builder *b, struct run run)
{
	struct run *r = arena_zeroed(b->arena, sizeof(*r));

	*r = run;
	if (b->block->runs == NULL)
		join(b);
	if (b->last_run == NULL)
		b->block->runs = r;
	else
		b->last_run->next = r;
	b->last_run = r;
}

static void flush(struct builder *b)
{
	struct run run = { .kind = RUN_WORDS, .styles = b->styles };

	if (b->words.len == 0)
		return;
	run.words = arena_copy(b->arena, b->words.text);
	buf_empty(&b->words);
	add_run(b, run);
}

static bool is_started(const struct builder *b)
{
	return b->block != NULL && (b->block->runs != NULL || b->words.len > 0);
}

static void begin(struct builder *b, struct block block)
{
	struct block *made = arena_zeroed(b->arena, sizeof(*made));

	if (b->block != NULL)
		flush(b);
	block.quoted = b->quoted < MOST_QUOTED ? b->quoted : MOST_QUOTED;
	block.unfurl = b->unfurl;
	block.gap = b->breaks > 1 ? b->breaks - 1 : 0;
	*made = block;
	b->block = made;
	b->last_run = NULL;
	b->breaks = 0;
}

void build_block(struct builder *b, enum block_kind kind)
{
	begin(b, (struct block){ .kind = kind, .number = -1 });
	if (kind == BLOCK_RULE && take_room(b, RUN_COST))
		join(b);
}

void build_item(struct builder *b, int indent, int number)
{
	struct block item = { .kind = BLOCK_ITEM, .number = number < 0 ? -1 : number };
	int most = 0;

	if (b->block != NULL)
		flush(b);
	if (b->last != NULL && b->last->kind == BLOCK_ITEM)
		most = b->last->indent + 1;
	if (most > MOST_INDENTED)
		most = MOST_INDENTED;
	item.indent = indent < 0 ? 0 : indent < most ? indent : most;
	begin(b, item);
	if (take_room(b, RUN_COST))
		join(b);
}

void build_break(struct builder *b)
{
	b->breaks++;
}

/* The ends of line before words: within code they are code, an empty line ends a paragraph. */
static void settle(struct builder *b)
{
	if (b->block == NULL || (b->block->kind == BLOCK_RULE)) {
		build_block(b, BLOCK_PARAGRAPH);
		return;
	}
	if (b->breaks == 0 || !is_started(b)) {
		b->breaks = 0;
		return;
	}
	if (b->block->kind == BLOCK_CODE) {
		for (; b->breaks > 0 && take_room(b, 1); b->breaks--)
			buf_add(&b->words, "\n");
	} else if (b->block->kind == BLOCK_PARAGRAPH && b->breaks > 1) {
		build_block(b, BLOCK_PARAGRAPH);
	} else {
		flush(b);
		add_run(b, (struct run){ .kind = RUN_BREAK });
	}
	b->breaks = 0;
}

static void add_line(struct builder *b, unsigned styles, const char *line, size_t len)
{
	if (len == 0 || !take_room(b, styles != b->styles ? len + RUN_COST : len))
		return;
	settle(b);
	if (styles != b->styles)
		flush(b);
	b->styles = styles;
	b->said = b->said || (!b->quiet && strspn(line, " \t") < len);
	buf_add_bytes(&b->words, line, len);
}

void build_words(struct builder *b, unsigned styles, const char *words, size_t len)
{
	const char *line;

	if (b->cut)
		return;
	buf_empty(&b->scratch);
	clean_add(&b->scratch, words, len);
	line = b->scratch.text;
	while (line != NULL && *line != '\0') {
		size_t until = strcspn(line, "\n");

		add_line(b, styles, line, until);
		line += until;
		if (*line == '\0')
			return;
		build_break(b);
		line++;
	}
}

void build_text(struct builder *b, unsigned styles, const char *words)
{
	if (words != NULL)
		build_words(b, styles, words, strlen(words));
}

static const char *kept(struct builder *b, const char *words)
{
	if (words == NULL)
		return NULL;
	buf_empty(&b->scratch);
	clean_add_line(&b->scratch, words, strlen(words));
	return arena_copy(b->arena, b->scratch.text);
}

void build_run(struct builder *b, enum run_kind kind, unsigned styles, const char *target,
	const char *words)
{
	struct run run = { .kind = kind, .styles = styles };
	size_t size = (target != NULL ? strlen(target) : 0) + (words != NULL ? strlen(words) : 0);

	if (!take_room(b, size + RUN_COST))
		return;
	settle(b);
	flush(b);
	b->said = b->said || !b->quiet;
	run.target = kept(b, target);
	run.words = kept(b, words);
	add_run(b, run);
}

void build_end(struct builder *b)
{
	bool cut = b->cut;

	if (b->block != NULL)
		flush(b);
	if (cut) {
		b->cut = false;
		b->room = 4096;
		b->quoted = 0;
		build_block(b, BLOCK_PARAGRAPH);
		build_text(b, 0, "[The rest is not shown: it is too long.]");
		flush(b);
	}
	buf_done(&b->words);
	buf_done(&b->scratch);
}
