#include <string.h>

#include "page.h"
#include "words.h"

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

static void put_when(struct page *p, const struct line *line)
{
	char day[WORDS_TIME_ROOM], parent_day[WORDS_TIME_ROOM], clock[WORDS_TIME_ROOM];

	words_clock(clock, line->entry->said_at);
	if (line->parent >= 0) {
		words_day(day, line->entry->said_at);
		words_day(parent_day, p->outline.lines[line->parent].entry->said_at);
		if (strcmp(day, parent_day) != 0)
			buf_printf(p->to, "%s ", day);
	}
	buf_add(p->to, clock);
}

static void put_who(struct page *p, const struct entry *e)
{
	const struct person put_by = { .id = e->put_by };

	if (e->author.id != NULL || e->author.name != NULL) {
		buf_add(p->to, " **");
		page_person(p, &e->author);
		buf_add(p->to, "**");
	}
	if (e->put_by == NULL)
		return;
	buf_add(p->to, " (put here by ");
	page_person(p, &put_by);
	buf_add(p->to, ")");
}

static void put_flags(struct page *p, const struct line *line)
{
	const struct entry *e = line->entry;

	if (outline_is_late(&p->outline, line)) {
		buf_add(p->to, " (late reply, after ");
		text_span(p->to, e->said_at - p->outline.lines[line->parent].entry->said_at);
		buf_add(p->to, ")");
	}
	if (outline_is_reply(e) && line->parent < 0)
		buf_add(p->to, " (reply, its thread's beginning is not recorded)");
	if (e->key_moment)
		buf_add(p->to, " (key moment)");
	if (e->edited)
		buf_add(p->to, " (edited)");
	if (e->deleted)
		buf_add(p->to, " (deleted)");
	if (e->unseen)
		buf_add(p->to, " (this message was not seen)");
	if (e->provenance != NULL && strcmp(e->provenance, "recovered") == 0)
		buf_add(p->to, " (recovered)");
}

/* A change is in italics, as far as what it says has no markup of its own that would end them. */
static void put_change(struct page *p, const char *kind, const char *said, const char *indent)
{
	bool whole = said[0] != '\0' && strpbrk(said, "*_`\n") == NULL;

	buf_add(p->to, " _");
	words_escaped(p->to, kind);
	if (said[0] == '\0') {
		buf_add(p->to, "_");
		return;
	}
	buf_add(p->to, whole ? ": " : ":_ ");
	page_block(p, said, indent);
	if (whole)
		buf_add(p->to, "_");
}

static void put_said(struct page *p, const char *said, const char *indent)
{
	if (said[0] == '\0')
		return;
	if (begins_block(said)) {
		buf_add(p->to, "\n");
		buf_add(p->to, indent);
	} else {
		buf_add(p->to, " ");
	}
	page_block(p, said, indent);
}

static void put_link(struct page *p, const struct entry *e, const char *said, const char *indent)
{
	struct buf address = { 0 };

	if (words_permalink(&address, p->outline.record, e)) {
		if (ends_block(said))
			buf_printf(p->to, "\n\n%s[Slack](%s)", indent, address.text);
		else
			buf_printf(p->to, " ([Slack](%s))", address.text);
	}
	buf_done(&address);
}

/* An address that is written down as one ends where a bracket does. */
static bool is_plain_address(const char *address)
{
	return strncmp(address, "https://", 8) == 0 && strpbrk(address, " \t\n<>()[]\\") == NULL;
}

static void put_files(struct page *p, const struct entry *e)
{
	for (int i = 0; i < e->file_count; i++) {
		const struct entry_file *f = &e->files[i];
		bool linked = f->permalink != NULL && is_plain_address(f->permalink);

		buf_add(p->to, linked ? " [" : " ");
		words_escaped(p->to, f->name != NULL ? f->name : f->id);
		if (linked)
			buf_printf(p->to, "](%s)", f->permalink);
		buf_add(p->to, f->gone ? " (file, deleted)" : " (file)");
	}
}

static void put_reactions(struct page *p, const struct entry *e)
{
	for (int i = 0; i < e->reaction_count; i++) {
		buf_add(p->to, i == 0 ? " [" : ", ");
		words_escaped(p->to, e->reactions[i].name);
		if (e->reactions[i].count > 1)
			buf_printf(p->to, " %lld", (long long)e->reactions[i].count);
	}
	buf_add(p->to, e->reaction_count > 0 ? "]" : "");
}

/* What it said before, each on a line of its own below it. */
static void put_revisions(struct page *p, const struct line *line, const char *indent)
{
	const struct entry *e = line->entry;
	const char *deeper = line->parent >= 0 ? "      " : "    ";
	char clock[WORDS_TIME_ROOM];

	for (int i = 0; i < e->revision_count; i++) {
		words_clock(clock, e->revisions[i].at);
		buf_printf(p->to, "\n%s- was, from %s:", indent, clock);
		put_said(p, page_rendered(p, e->revisions[i].text), deeper);
	}
}

static void put_entry(struct page *p, const struct line *line)
{
	const struct entry *e = line->entry;
	const char *indent = line->parent >= 0 ? "    " : "  ";
	const char *said = page_rendered(p, e->text);

	buf_add(p->to, line->parent >= 0 ? "  - " : "- ");
	put_when(p, line);
	put_who(p, e);
	put_flags(p, line);
	if (e->kind == NULL || strcmp(e->kind, "message") == 0)
		put_said(p, said, indent);
	else
		put_change(p, e->kind, said, indent);
	if (ends_block(said) && e->file_count + e->reaction_count > 0) {
		buf_printf(p->to, "\n\n%s", indent);
		said = "";
	}
	put_files(p, e);
	put_reactions(p, e);
	put_link(p, e, said, indent);
	put_revisions(p, line, indent);
	buf_add(p->to, "\n");
}

void page_timeline(struct page *p)
{
	const struct line *lines = p->outline.lines;
	char day[WORDS_TIME_ROOM] = "", before[WORDS_TIME_ROOM] = "";

	buf_add(p->to, "\n## Timeline\n\nAll times are UTC.\n");
	if (p->outline.line_count == 0)
		buf_add(p->to, "\nNothing was recorded yet.\n");
	for (int i = 0; i < p->outline.line_count; i++) {
		if (lines[i].parent >= 0)
			continue;
		words_day(day, lines[i].entry->said_at);
		if (strcmp(day, before) != 0)
			buf_printf(p->to, "\n### %s\n\n", day);
		memcpy(before, day, sizeof(before));
		put_entry(p, &lines[i]);
		for (int reply = lines[i].first; reply >= 0; reply = lines[reply].next)
			put_entry(p, &lines[reply]);
	}
}
