#include <string.h>

#include "builder.h"
#include "clean.h"

/* clang-format off */
static const struct { unsigned style; const char *mark; } MARK[] = {
	{ BOLD,   "**" },
	{ ITALIC, "_" },
	{ STRIKE, "~~" },
};
/* clang-format on */

enum { MARKS = sizeof(MARK) / sizeof(MARK[0]), BULLET_WIDTH = 2 };

struct markdown {
	struct buf *to;
	const struct text_names *names;
	const struct block *block, *before;
	struct buf shown;
	struct buf blank;   /* blanks of this line that are not put down yet */
	bool line_start;    /* nothing but what begins a line was put down on it */
	size_t open[MARKS]; /* open marks, the innermost last */
	int open_count;
	int width[MOST_INDENTED + 1];  /* of each level's bullet */
	int number[MOST_INDENTED + 1]; /* of each level's last item */
	char dot[MOST_INDENTED + 1]; /* what stands behind numbers: another one begins a new list */
};

static void begin_line(struct markdown *m, int column)
{
	for (int i = 0; i < m->block->quoted; i++)
		buf_add(m->to, "> ");
	for (int i = 0; i < column; i++)
		buf_add(m->to, " ");
	m->line_start = true;
}

/* Where the words of this block begin; of an item, behind its bullet. */
static int column_of(const struct markdown *m)
{
	int column = 0;

	if (m->block->kind != BLOCK_ITEM)
		return 0;
	for (int i = 0; i <= m->block->indent; i++)
		column += m->width[i];
	return column;
}

/* The digits and the stop of "12. ", which would be a number of a list. */
static size_t list_number(const char *words)
{
	size_t digits = strspn(words, "0123456789");

	return digits > 0 && digits < 10 && (words[digits] == '.' || words[digits] == ')') ? digits
											   : 0;
}

/* Words within a line, so that Markdown shows them as they are. */
static void put_escaped(struct markdown *m, const char *words, size_t len)
{
	size_t digits = m->line_start ? list_number(words) : 0;

	for (size_t i = 0; i < len; i++) {
		char c = words[i];

		if (strchr("\\`*_[]<>|~&", c) != NULL || (digits > 0 && i == digits) ||
			(m->line_start && strchr("#-+=", c) != NULL))
			buf_add(m->to, "\\");
		buf_add_bytes(m->to, &c, 1);
		m->line_start = false;
	}
}

/*
 * A mark counts only where it touches a word on its inner side alone. A zero-width space between it and a word on its
 * outer side sees to that.
 */
static void part_from_word(struct markdown *m)
{
	if (!m->line_start && m->to->len > 0 && word_byte(m->to->text[m->to->len - 1]))
		buf_add(m->to, "&#8203;");
}

static void put_blank(struct markdown *m)
{
	if (m->blank.len > 0 && !m->line_start)
		buf_add(m->to, m->blank.text);
	buf_empty(&m->blank);
}

static void close_marks(struct markdown *m, int keep, char next)
{
	bool closed = m->open_count > keep;

	while (m->open_count > keep)
		buf_add(m->to, MARK[m->open[--m->open_count]].mark);
	if (closed && m->blank.len == 0 && word_byte(next))
		buf_add(m->to, "&#8203;");
}

/* Closes and opens marks before something that begins with next; blanks stay outside of them. */
static void put_marks(struct markdown *m, unsigned wanted, char next)
{
	int keep = 0;
	unsigned kept = 0;

	for (; keep < m->open_count && (MARK[m->open[keep]].style & wanted) != 0; keep++)
		kept |= MARK[m->open[keep]].style;
	close_marks(m, keep, next);
	put_blank(m);
	for (size_t i = 0; i < MARKS; i++) {
		if ((wanted & MARK[i].style) == 0 || (kept & MARK[i].style) != 0)
			continue;
		part_from_word(m);
		buf_add(m->to, MARK[i].mark);
		m->open[m->open_count++] = i;
		m->line_start = false;
	}
}

/* The length of the blanks that words begin with, or (from the end) end with. */
static size_t blanks(const char *words, size_t len)
{
	size_t n = 0, one;

	while ((one = blank_at(words + n, words + len)) > 0)
		n += one;
	return n;
}

static size_t without_blanks_behind(const char *words, size_t len)
{
	while (len > 0) {
		size_t back = 1;

		while (back < 3 && back < len && ((unsigned char)words[len - back] & 0xc0) == 0x80)
			back++;
		if (blank_at(words + len - back, words + len) != back)
			break;
		len -= back;
	}
	return len;
}

static void put_address(struct markdown *m, const char *address, size_t len)
{
	for (const char *end = address + len; address < end; address++) {
		unsigned char c = (unsigned char)*address;

		if (c <= 0x20 || c == 0x7f || strchr("()<>[]\\`\"|", c) != NULL)
			buf_printf(m->to, "%%%02X", (unsigned)c);
		else
			buf_add_bytes(m->to, address, 1);
	}
}

static void put_autolink(struct markdown *m, const char *address, size_t len)
{
	m->line_start = false;
	buf_add(m->to, "<");
	put_address(m, address, len);
	buf_add(m->to, ">");
}

/* An address that was typed is put down as one: who reads Markdown finds them by rules of their own, and not their ends. */
static void put_typed(struct markdown *m, const char *words, size_t len)
{
	const char *end = words + len, *done = words;

	for (const char *at = words; at < end; at++) {
		size_t address = at > words && word_byte(at[-1]) ? 0 : address_at(at, end);

		if (address == 0)
			continue;
		put_escaped(m, done, (size_t)(at - done));
		put_autolink(m, at, address);
		done = at + address;
		at = done - 1;
	}
	put_escaped(m, done, (size_t)(end - done));
}

static void put_words(struct markdown *m, const char *words, unsigned styles)
{
	size_t len = strlen(words), first = blanks(words, len);
	size_t last = without_blanks_behind(words + first, len - first);

	buf_add_bytes(&m->blank, words, first);
	if (last == 0)
		return;
	put_marks(m, styles, words[first]);
	put_typed(m, words + first, last);
	buf_add(&m->blank, words + first + last);
}

static void put_link(struct markdown *m, const struct run *r)
{
	const char *label = m->shown.text;

	if (!address_is_safe(r->target)) {
		if (r->target != NULL && strcmp(r->target, label) != 0)
			buf_printf(&m->shown, " (%s)", r->target);
		put_words(m, m->shown.text, r->styles);
		return;
	}
	put_marks(m, r->styles, '[');
	m->line_start = false;
	if (strcmp(r->target, label) == 0) {
		put_autolink(m, label, strlen(label));
		return;
	}
	buf_add(m->to, "[");
	put_escaped(m, label, strlen(label));
	buf_add(m->to, "](");
	put_address(m, r->target, strlen(r->target));
	buf_add(m->to, ")");
}

/* As many backticks as end nothing within. */
static void put_ticks(struct buf *to, const char *code, size_t least)
{
	size_t most = 0, run = 0;

	for (; *code != '\0'; code++) {
		run = *code == '`' ? run + 1 : 0;
		most = run > most ? run : most;
	}
	for (size_t i = 0; i < least || i <= most; i++)
		buf_add(to, "`");
}

static void put_code(struct markdown *m)
{
	const char *code = m->shown.text;
	bool padded = code[0] == '`' || (m->shown.len > 0 && code[m->shown.len - 1] == '`');

	put_ticks(m->to, code, 1);
	buf_add(m->to, padded ? " " : "");
	buf_add(m->to, code);
	buf_add(m->to, padded ? " " : "");
	put_ticks(m->to, code, 1);
	m->line_start = false;
}

/* Within code no link can be pressed: where it leads stands behind it. */
static void show_code(struct markdown *m, const struct run *r)
{
	size_t from = m->shown.len;

	run_show(&m->shown, r, m->names);
	if (r->kind == RUN_LINK && r->target != NULL && m->shown.len > from &&
		address_tells(r->target, m->shown.text + from))
		buf_printf(&m->shown, " (%s)", r->target);
}

/* Runs of code that touch are one: two pairs of backticks side by side would be something else. */
static const struct run *put_code_runs(struct markdown *m, const struct run *r)
{
	unsigned styles = r->styles;
	const struct run *last = r;

	buf_empty(&m->shown);
	for (; r != NULL && r->styles == styles && r->kind != RUN_BREAK; r = r->next) {
		show_code(m, r);
		last = r;
	}
	if (m->shown.len > 0) {
		put_marks(m, styles, '`');
		put_code(m);
	}
	return last;
}

static void put_break(struct markdown *m)
{
	close_marks(m, 0, '\n');
	buf_empty(&m->blank);
	buf_add(m->to, "  \n");
	begin_line(m, column_of(m));
}

static const struct run *put_run(struct markdown *m, const struct run *r)
{
	if (r->kind == RUN_BREAK) {
		put_break(m);
		return r;
	}
	if ((r->styles & CODE) != 0)
		return put_code_runs(m, r);
	buf_empty(&m->shown);
	buf_add(&m->shown, "");
	run_show(&m->shown, r, m->names);
	if (r->kind == RUN_LINK)
		put_link(m, r);
	else
		put_words(m, m->shown.text, r->styles);
	return r;
}

static void put_runs(struct markdown *m)
{
	for (const struct run *r = m->block->runs; r != NULL; r = r->next)
		r = put_run(m, r);
	close_marks(m, 0, '\n');
	buf_empty(&m->blank);
}

static void put_item(struct markdown *m)
{
	int at = m->block->indent, number = m->block->number;
	size_t from = m->to->len;

	if (m->before == NULL || m->before->kind != BLOCK_ITEM)
		m->number[0] = -1;
	if (m->before != NULL && m->before->kind == BLOCK_ITEM && m->before->indent < at)
		m->number[at] = -1;
	if (number >= 0) {
		if (m->number[at] >= 0 && number != m->number[at] + 1)
			m->dot[at] = m->dot[at] == ')' ? '.' : ')';
		buf_printf(m->to, "%d%c ", number, m->dot[at] == ')' ? ')' : '.');
	} else {
		buf_add(m->to, "- ");
	}
	m->number[at] = number;
	m->width[at] = (int)(m->to->len - from);
	from = m->to->len;
	put_runs(m);
	/* With nothing behind it a bullet is none, but underlines what stands above. */
	if (m->to->len == from)
		buf_add(m->to, "&#8203;");
}

/* Below the words of an item only a list that begins with 1 begins without an empty line. */
static bool needs_gap(const struct block *before, const struct block *b)
{
	if (b->kind != BLOCK_ITEM || before->kind != BLOCK_ITEM || b->quoted != before->quoted)
		return true;
	return b->indent > before->indent && b->number >= 0 && b->number != 1;
}

/* A fence is longer than any within, and every line of it is a line of the block. */
static void put_fence(struct markdown *m)
{
	const char *line;

	buf_empty(&m->shown);
	buf_add(&m->shown, "");
	for (const struct run *r = m->block->runs; r != NULL; r = r->next)
		show_code(m, r);
	line = m->shown.text;
	put_ticks(m->to, line, 3);
	for (;;) {
		size_t len = strcspn(line, "\n");

		buf_add(m->to, "\n");
		begin_line(m, 0);
		buf_add_bytes(m->to, line, len);
		if (line[len] == '\0')
			break;
		line += len + 1;
	}
	buf_add(m->to, "\n");
	begin_line(m, 0);
	put_ticks(m->to, m->shown.text, 3);
}

/* Blocks stand apart, but the items of a list. Between two of one quote the line between is quoted too. */
static void put_between(struct markdown *m)
{
	const struct block *b = m->block, *before = m->before;
	int both = before->quoted < b->quoted ? before->quoted : b->quoted;

	buf_add(m->to, "\n");
	if (!needs_gap(before, b))
		return;
	for (int i = 0; i < both; i++)
		buf_add(m->to, i + 1 < both ? "> " : ">");
	buf_add(m->to, "\n");
}

static void put_block(struct markdown *m)
{
	int column = 0;

	for (int i = 0; m->block->kind == BLOCK_ITEM && i < m->block->indent; i++)
		column += m->width[i];
	begin_line(m, column);
	switch (m->block->kind) {
	case BLOCK_ITEM: put_item(m); break;
	case BLOCK_RULE: buf_add(m->to, "---"); break;
	case BLOCK_CODE: put_fence(m); break;
	case BLOCK_PARAGRAPH: put_runs(m); break;
	}
}

void text_markdown(struct buf *to, const struct text *text, const struct text_names *names)
{
	struct markdown m = { .to = to, .names = names };

	for (m.block = text->blocks; m.block != NULL; m.before = m.block, m.block = m.block->next) {
		if (m.before != NULL)
			put_between(&m);
		put_block(&m);
	}
	buf_done(&m.shown);
	buf_done(&m.blank);
}
