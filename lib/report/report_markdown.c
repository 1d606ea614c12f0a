#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "sheet.h"

/* Fences, quotes and lists begin only at the start of a line, and nothing may stand behind the end of the first two. */
static bool begins_block(const char *rendered)
{
	size_t digits = strspn(rendered, "0123456789");

	return strncmp(rendered, "```", 3) == 0 || rendered[0] == '>' || rendered[0] == '-' ||
		(digits > 0 && digits < 10 && strchr(".)", rendered[digits]) != NULL);
}

static bool ends_block(const char *rendered)
{
	const char *last = strrchr(rendered, '\n');

	return begins_block(last != NULL ? last + 1 : rendered);
}

/* What people wrote, as Markdown without space around it. It lives until the scratch is used again. */
static const char *rendered(struct report *r, const char *mrkdwn, const char *rich)
{
	struct buf *b = &r->scratch;

	buf_empty(b);
	sheet_written(r, b, mrkdwn, rich, text_markdown);
	if (b->text == NULL)
		return "";
	while (b->len > 0 && strchr(" \t\n", b->text[b->len - 1]) != NULL)
		b->text[--b->len] = '\0';
	return b->text + strspn(b->text, " \t\n");
}

/* Puts it down; its further lines are indented, so that they stay within a list item. */
static void put_block(struct report *r, const char *text, const char *indent)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		buf_add_bytes(&r->out, text, len);
		text += len;
		if (*text != '\n')
			return;
		text++;
		buf_add(&r->out, "\n");
		if (*text != '\n')
			buf_add(&r->out, indent);
	}
}

/* On one line: ends of line become spaces, and so do the blanks before them that made them hard ones. */
static void put_line(struct report *r, const char *text)
{
	while (*text != '\0') {
		size_t blank = strspn(text, " \n");

		if (memchr(text, '\n', blank) != NULL) {
			buf_add(&r->out, " ");
			text += blank;
			continue;
		}
		blank += strcspn(text + blank, " \n");
		buf_add_bytes(&r->out, text, blank);
		text += blank;
	}
}

static void put_person(struct report *r, const struct person *who)
{
	struct buf name = { 0 };

	sheet_person(r, &name, who);
	words_escaped(&r->out, name.text);
	buf_done(&name);
}

static void open_page(struct report *r, const char *about)
{
	buf_printf(&r->out, "# %sIncident %" PRId64 ": ", incident_mark(&r->record->incident),
		r->record->incident.id);
	put_line(r, rendered(r, r->record->incident.title, NULL));
	buf_printf(&r->out, "\n\n%s\n", about);
}

static void close_page(struct report *r)
{
	(void)r;
}

static void put_section(struct report *r, const char *id, const char *heading)
{
	(void)id;
	buf_printf(&r->out, "\n## %s\n", heading);
}

static void put_part(struct report *r, const char *id, const char *heading)
{
	(void)id;
	buf_printf(&r->out, "\n### %s\n", heading);
}

static void open_facts(struct report *r)
{
	buf_add(&r->out, "\n| Fact | | What it means |\n|---|---|---|\n");
}

static void put_fact(struct report *r, const char *name, const char *value, const char *meaning)
{
	buf_add(&r->out, "| ");
	words_escaped(&r->out, name);
	buf_add(&r->out, " | ");
	words_escaped(&r->out, value);
	buf_add(&r->out, " | ");
	words_escaped(&r->out, meaning);
	buf_add(&r->out, " |\n");
}

static void say(struct report *r, const char *plain)
{
	buf_add(&r->out, "\n");
	words_escaped(&r->out, plain);
	buf_add(&r->out, "\n");
}

static void put_blank(struct report *r, const char *what)
{
	buf_printf(&r->out, "\n_To be filled in: %s._\n", what);
}

static void put_quote(struct report *r, const char *mrkdwn)
{
	buf_add(&r->out, "\n");
	put_block(r, rendered(r, mrkdwn, NULL), "");
	buf_add(&r->out, "\n");
}

static void open_list(struct report *r)
{
	buf_add(&r->out, "\n");
}

static void put_item(struct report *r, const struct item *item)
{
	static const char *const BOXES[] = { [ITEM_PLAIN] = "- ",
		[ITEM_OPEN] = "- [ ] ",
		[ITEM_DONE] = "- [x] ",
		[ITEM_DROPPED] = "- Dropped: " };

	buf_add(&r->out, BOXES[item->box]);
	words_escaped(&r->out, item->before);
	if (item->written != NULL)
		put_line(r, rendered(r, item->written, NULL));
	words_escaped(&r->out, item->after);
	buf_add(&r->out, "\n");
}

static void nothing(struct report *r)
{
	(void)r;
}

static void put_who(struct report *r, const struct entry *e)
{
	if (e->author.id == NULL && e->author.name == NULL)
		return;
	buf_add(&r->out, " **");
	put_person(r, &e->author);
	buf_add(&r->out, "**");
}

static void put_flag(struct report *r, const char *plain)
{
	buf_add(&r->out, " (");
	words_escaped(&r->out, plain);
	buf_add(&r->out, ")");
}

/* A change is in italics, as far as what it says has no markup of its own that would end them. */
static void put_change(struct report *r, const char *kind, const char *said, const char *indent)
{
	bool whole = said[0] != '\0' && strpbrk(said, "*_`\n") == NULL;

	buf_add(&r->out, " _");
	words_escaped(&r->out, kind);
	if (said[0] == '\0') {
		buf_add(&r->out, "_");
		return;
	}
	buf_add(&r->out, whole ? ": " : ":_ ");
	put_block(r, said, indent);
	if (whole)
		buf_add(&r->out, "_");
}

static void put_said(struct report *r, const char *said, const char *indent)
{
	if (said[0] == '\0')
		return;
	if (begins_block(said)) {
		buf_add(&r->out, "\n");
		buf_add(&r->out, indent);
	} else {
		buf_add(&r->out, " ");
	}
	put_block(r, said, indent);
}

/* An address that is written down as one ends where a bracket does. */
static bool is_plain_address(const char *address)
{
	return address != NULL && strncmp(address, "https://", 8) == 0 &&
		strpbrk(address, " \t\r\n<>()[]\\") == NULL;
}

static void put_files(struct report *r, const struct entry *e)
{
	for (int i = 0; i < e->file_count; i++) {
		const struct entry_file *f = &e->files[i];
		bool linked = is_plain_address(f->permalink);

		buf_add(&r->out, linked ? " [" : " ");
		words_escaped(&r->out, f->name != NULL ? f->name : f->id);
		if (linked)
			buf_printf(&r->out, "](%s)", f->permalink);
		buf_add(&r->out, f->gone ? " (file, deleted)" : " (file)");
	}
}

static void put_reactions(struct report *r, const struct entry *e)
{
	for (int i = 0; i < e->reaction_count; i++) {
		struct buf shown = { 0 };

		buf_add(&r->out, i == 0 ? " \\[" : ", ");
		words_escaped(&r->out,
			sheet_emoji(r, &shown, e->reactions[i].name) ? shown.text
								     : e->reactions[i].name);
		buf_done(&shown);
		if (e->reactions[i].count > 1)
			buf_printf(&r->out, " %" PRId64, e->reactions[i].count);
	}
	buf_add(&r->out, e->reaction_count > 0 ? "\\]" : "");
}

static void put_link(struct report *r, const struct entry *e, bool after_block, const char *indent)
{
	struct buf address = { 0 };

	if (sheet_permalink(r, &address, e)) {
		if (after_block)
			buf_printf(&r->out, "\n\n%s[Slack](%s)", indent, address.text);
		else
			buf_printf(&r->out, " ([Slack](%s))", address.text);
	}
	buf_done(&address);
}

/* What it said before, each on a line of its own below it. */
static void put_revisions(struct report *r, const struct record_line *line, const char *indent)
{
	const struct entry *e = &line->entry;

	for (int i = 0; i < e->revision_count; i++) {
		const struct revision *was = &e->revisions[i];

		buf_printf(&r->out, "\n%s- was, from ", indent);
		sheet_clock(r, &r->out, was->at, e->said_at);
		buf_add(&r->out, ":");
		put_said(r, rendered(r, was->text, was->rich), line->below ? "      " : "    ");
	}
}

/* What stands in the place of a text is in italics, and ours. */
static void put_text(struct report *r, const struct entry *e, const char *indent, bool *after_block)
{
	const char *kind = entry_is_message(e) ? NULL : words_kind(e->kind);
	struct buf instead = { 0 };
	const char *said;

	if (sheet_instead(r, &instead, e)) {
		buf_add(&r->out, " _");
		words_escaped(&r->out, instead.text);
		buf_add(&r->out, "_");
		*after_block = false;
	} else {
		said = rendered(r, e->text, e->rich);
		*after_block = ends_block(said);
		if (kind != NULL)
			put_change(r, kind, said, indent);
		else
			put_said(r, said, indent);
	}
	buf_done(&instead);
}

static void put_record_line(struct report *r, const struct record_line *line)
{
	const struct entry *e = &line->entry;
	const char *indent = line->below ? "    " : "  ";
	bool after_block;

	if (!line->below && sheet_day(r, e))
		buf_printf(&r->out, "\n### %s\n\n", r->day);
	buf_add(&r->out, line->below ? "  - " : "- ");
	sheet_clock(r, &r->out, e->said_at, line->below ? line->parent_at : e->said_at);
	put_who(r, e);
	sheet_flags(r, line, put_flag);
	put_text(r, e, indent, &after_block);
	if (after_block && e->file_count + e->reaction_count > 0) {
		buf_printf(&r->out, "\n\n%s", indent);
		after_block = false;
	}
	put_files(r, e);
	put_reactions(r, e);
	put_link(r, e, after_block, indent);
	put_revisions(r, line, indent);
	buf_add(&r->out, "\n");
}

static const struct pen MARKDOWN_PEN = {
	.open = open_page,
	.close = close_page,
	.section = put_section,
	.part = put_part,
	.facts_open = open_facts,
	.fact = put_fact,
	.facts_close = nothing,
	.say = say,
	.blank = put_blank,
	.quote = put_quote,
	.list_open = open_list,
	.item = put_item,
	.list_close = nothing,
	.timeline_open = nothing,
	.timeline_close = nothing,
};

const struct look MARKDOWN_LOOK = { page_begin, put_record_line, page_end, &MARKDOWN_PEN };
