#include <inttypes.h>
#include <string.h>

#include "clock.h"
#include "html_style.h"
#include "sheet.h"

/*
 * One file that asks for nothing: no scripts, no pictures, no fonts. Its policy lets the page have its own style, by
 * that style's hash, and nothing else.
 */
static const char HEAD[] =
	"<meta charset=\"utf-8\">\n"
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '" HTML_STYLE_HASH
	"'; base-uri 'none'; form-action 'none'\">\n"
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	"<meta name=\"color-scheme\" content=\"light dark\">\n"
	"<meta name=\"referrer\" content=\"no-referrer\">\n"
	"<meta name=\"robots\" content=\"noindex\">\n";

static void put_written(struct report *r, const char *mrkdwn, const char *rich)
{
	buf_add(&r->out, "<div class=\"text\" dir=\"auto\">");
	sheet_written(r, &r->out, mrkdwn, rich, text_html);
	buf_add(&r->out, "</div>\n");
}

static void put_title(struct report *r)
{
	struct buf line = { 0 };

	buf_empty(&r->scratch);
	sheet_written(r, &r->scratch, r->record->incident.title, NULL, text_plain);
	words_line(&line, r->scratch.text);
	buf_printf(&r->out, "%sIncident %" PRId64 ": ", incident_mark(&r->record->incident),
		r->record->incident.id);
	html_text(&r->out, line.text);
	buf_done(&line);
}

static void open_page(struct report *r, const char *about)
{
	buf_add(&r->out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n");
	buf_add(&r->out, HEAD);
	buf_add(&r->out, "<title>");
	put_title(r);
	buf_add(&r->out,
		"</title>\n<style>" HTML_STYLE "</style>\n</head>\n<body>\n"
		"<a class=\"skip\" href=\"#timeline\">Skip to the timeline</a>\n"
		"<header>\n<h1 dir=\"auto\">");
	put_title(r);
	buf_add(&r->out, "</h1>\n<p>");
	html_text(&r->out, about);
	buf_add(&r->out, "</p>\n</header>\n<main>\n");
}

static void close_section(struct report *r)
{
	if (r->section_open)
		buf_add(&r->out, "</section>\n");
	r->section_open = false;
}

static void close_page(struct report *r)
{
	close_section(r);
	buf_add(&r->out, "</main>\n</body>\n</html>\n");
}

static void put_section(struct report *r, const char *id, const char *heading)
{
	close_section(r);
	buf_printf(&r->out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id,
		heading);
	r->section_open = true;
}

static void put_part(struct report *r, const char *id, const char *heading)
{
	buf_printf(&r->out, "<h3 id=\"%s\">%s</h3>\n", id, heading);
}

static void open_facts(struct report *r)
{
	buf_add(&r->out,
		"<div class=\"wide\">\n<table>\n<thead><tr><th scope=\"col\">Fact</th>"
		"<th scope=\"col\">Value</th><th scope=\"col\">What it means</th></tr></thead>\n"
		"<tbody>\n");
}

static void put_fact(struct report *r, const char *name, const char *value, const char *meaning)
{
	buf_add(&r->out, "<tr><th scope=\"row\">");
	html_text(&r->out, name);
	buf_add(&r->out, "</th><td><bdi>");
	html_text(&r->out, value);
	buf_add(&r->out, "</bdi></td><td>");
	html_text(&r->out, meaning);
	buf_add(&r->out, "</td></tr>\n");
}

static void close_facts(struct report *r)
{
	buf_add(&r->out, "</tbody>\n</table>\n</div>\n");
}

static void say(struct report *r, const char *plain)
{
	buf_add(&r->out, "<p>");
	html_text(&r->out, plain);
	buf_add(&r->out, "</p>\n");
}

static void put_blank(struct report *r, const char *what)
{
	buf_printf(&r->out, "<p class=\"blank\">To be filled in: %s.</p>\n", what);
}

static void put_quote(struct report *r, const char *mrkdwn)
{
	put_written(r, mrkdwn, NULL);
}

static void open_list(struct report *r)
{
	buf_add(&r->out, "<ul>\n");
}

/* Words whose direction is their own. */
static void put_apart(struct report *r, const char *plain)
{
	if (plain == NULL)
		return;
	buf_add(&r->out, "<bdi>");
	html_text(&r->out, plain);
	buf_add(&r->out, "</bdi>");
}

static void put_item(struct report *r, const struct item *item)
{
	static const char *const BOXES[] = { [ITEM_PLAIN] = "",
		[ITEM_OPEN] = "<strong>Open:</strong> ",
		[ITEM_DONE] = "<strong>Done:</strong> ",
		[ITEM_DROPPED] = "<strong>Dropped:</strong> " };

	buf_printf(&r->out, "<li>%s", BOXES[item->box]);
	put_apart(r, item->before);
	if (item->written != NULL)
		put_written(r, item->written, NULL);
	put_apart(r, item->after);
	buf_add(&r->out, "</li>\n");
}

static void close_list(struct report *r)
{
	buf_add(&r->out, "</ul>\n");
}

static void open_timeline(struct report *r)
{
	(void)r;
}

static void close_line(struct report *r)
{
	if (r->replies_open)
		buf_add(&r->out, "</ol>\n");
	if (r->line_open)
		buf_add(&r->out, "</li>\n");
	r->replies_open = r->line_open = false;
}

static void close_day(struct report *r)
{
	close_line(r);
	if (r->day_open)
		buf_add(&r->out, "</ol>\n");
	r->day_open = false;
}

static void open_day(struct report *r)
{
	close_day(r);
	buf_printf(&r->out, "<h3>%s</h3>\n<ol class=\"lines\">\n", r->day);
	r->day_open = true;
}

static void put_time(struct report *r, const struct record_line *line)
{
	const struct entry *e = &line->entry;
	char utc[WORDS_TIME_ROOM];

	clock_rfc3339(utc, e->said_at);
	buf_printf(&r->out, "<a class=\"at\" href=\"#e%" PRId64 "\"><time datetime=\"%s\">", e->id,
		utc);
	sheet_clock(r, &r->out, e->said_at, line->below ? line->parent_at : e->said_at);
	buf_add(&r->out, "</time></a>");
}

static void put_who(struct report *r, const struct entry *e)
{
	struct buf name = { 0 }, line = { 0 };

	if (e->author.id == NULL && e->author.name == NULL)
		return;
	sheet_person(r, &name, &e->author);
	words_line(&line, name.text);
	buf_add(&r->out, " <strong><bdi>");
	html_text(&r->out, line.text);
	buf_add(&r->out, "</bdi></strong>");
	buf_done(&name);
	buf_done(&line);
}

static void put_flag(struct report *r, const char *plain)
{
	buf_add(&r->out, " <span class=\"flag\">");
	html_text(&r->out, plain);
	buf_add(&r->out, "</span>");
}

/* Where a word leads, when that is where words of the web may lead. */
static void put_link(struct report *r, const char *address, const char *words)
{
	bool linked = address != NULL && strncmp(address, "https://", 8) == 0;

	if (linked) {
		buf_add(&r->out, "<a rel=\"noreferrer\" href=\"");
		html_text(&r->out, address);
		buf_add(&r->out, "\">");
	}
	html_text(&r->out, words);
	buf_add(&r->out, linked ? "</a>" : "");
}

static void put_text(struct report *r, const struct entry *e)
{
	struct buf instead = { 0 };

	if (sheet_instead(r, &instead, e)) {
		buf_add(&r->out, "<p class=\"instead\">");
		html_text(&r->out, instead.text);
		buf_add(&r->out, "</p>\n");
	} else {
		put_written(r, e->text, e->rich);
	}
	buf_done(&instead);
}

static void put_revisions(struct report *r, const struct entry *e)
{
	if (e->revision_count == 0)
		return;
	buf_add(&r->out, "<ul class=\"was\">\n");
	for (int i = 0; i < e->revision_count; i++) {
		buf_add(&r->out, "<li>It said from ");
		sheet_clock(r, &r->out, e->revisions[i].at, e->said_at);
		buf_add(&r->out, ":");
		put_written(r, e->revisions[i].text, e->revisions[i].rich);
		buf_add(&r->out, "</li>\n");
	}
	buf_add(&r->out, "</ul>\n");
}

static void put_files(struct report *r, const struct entry *e)
{
	if (e->file_count == 0)
		return;
	buf_add(&r->out, "<ul class=\"files\">\n");
	for (int i = 0; i < e->file_count; i++) {
		const struct entry_file *f = &e->files[i];

		buf_add(&r->out, "<li>File: <bdi>");
		put_link(r, f->permalink, f->name != NULL ? f->name : f->id);
		buf_add(&r->out, f->gone ? "</bdi> (deleted)</li>\n" : "</bdi></li>\n");
	}
	buf_add(&r->out, "</ul>\n");
}

static void put_reactions(struct report *r, const struct entry *e)
{
	if (e->reaction_count == 0)
		return;
	buf_add(&r->out, "<p class=\"reactions\">Reactions:");
	for (int i = 0; i < e->reaction_count; i++) {
		const struct entry_reaction *given = &e->reactions[i];
		struct buf emoji = { 0 };

		buf_add(&r->out, i > 0 ? ", " : " ");
		if (sheet_emoji(r, &emoji, given->name)) {
			html_text(&r->out, emoji.text);
			buf_add(&r->out, " ");
		}
		html_text(&r->out, given->name);
		if (given->count > 1)
			buf_printf(&r->out, " (%" PRId64 ")", given->count);
		buf_done(&emoji);
	}
	buf_add(&r->out, "</p>\n");
}

static void put_head(struct report *r, const struct record_line *line)
{
	const struct entry *e = &line->entry;
	const char *kind = entry_is_message(e) ? NULL : words_kind(e->kind);

	buf_add(&r->out, "<p class=\"head\">");
	put_time(r, line);
	put_who(r, e);
	if (kind != NULL) {
		buf_add(&r->out, " <em>");
		html_text(&r->out, kind);
		buf_add(&r->out, "</em>");
	}
	sheet_flags(r, line, put_flag);
	buf_empty(&r->scratch);
	if (sheet_permalink(r, &r->scratch, e)) {
		buf_add(&r->out, " ");
		put_link(r, r->scratch.text, "Slack");
	}
	buf_add(&r->out, "</p>\n");
}

static const char *class_of(const struct entry *e)
{
	if (e->key_moment)
		return " class=\"key\"";
	return entry_is_message(e) ? "" : " class=\"change\"";
}

static void put_record_line(struct report *r, const struct record_line *line)
{
	const struct entry *e = &line->entry;

	if (!line->below) {
		close_line(r);
		if (sheet_day(r, e))
			open_day(r);
	} else if (!r->replies_open) {
		buf_add(&r->out, "<ol class=\"lines\">\n");
		r->replies_open = true;
	}
	buf_printf(&r->out, "<li id=\"e%" PRId64 "\"%s>\n", e->id, class_of(e));
	put_head(r, line);
	put_text(r, e);
	put_files(r, e);
	put_reactions(r, e);
	put_revisions(r, e);
	if (line->below)
		buf_add(&r->out, "</li>\n");
	else
		r->line_open = true;
}

static const struct pen HTML_PEN = {
	.open = open_page,
	.close = close_page,
	.section = put_section,
	.part = put_part,
	.facts_open = open_facts,
	.fact = put_fact,
	.facts_close = close_facts,
	.say = say,
	.blank = put_blank,
	.quote = put_quote,
	.list_open = open_list,
	.item = put_item,
	.list_close = close_list,
	.timeline_open = open_timeline,
	.timeline_close = close_day,
};

const struct look HTML_LOOK = { page_begin, put_record_line, page_end, &HTML_PEN };
