#include <inttypes.h>
#include <string.h>

#include "clock.h"
#include "sheet.h"

/*
 * RFC 4180, for spreadsheets: it begins with a byte order mark, without which they take UTF-8 for something else, and no
 * cell can be a formula.
 */
static const char HEAD[] =
	"\xEF\xBB\xBF"
	"id,said_at,local_time,time_zone,kind,author,author_id,put_by,text,reply_to,late_reply,key_moment,"
	"edited_at,earlier_texts,deleted_at,redacted_at,unseen,provenance,files,reactions,permalink,"
	"action,state,assignee,due_at\r\n";

/* The length of the one that the text begins with; 0: none of them. */
static size_t begins_with(const char *text, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strncmp(text, *list, strlen(*list)) == 0)
			return strlen(*list);
	return 0;
}

/*
 * As they begin what a spreadsheet takes for a formula, also in the wide form that it reads as the same, and behind what
 * nobody sees and it may leave out: a byte order mark, blanks, joiners.
 */
static bool begins_formula(const char *text)
{
	static const char *const WIDE[] = { "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20", NULL };
	static const char *const UNSEEN[] = { " ", "\uFEFF", "\u00A0", "\u00AD", "\u200B", "\u200C",
		"\u200D", "\u200E", "\u200F", "\u2060", "\u3000", NULL };

	for (size_t len; (len = begins_with(text, UNSEEN)) > 0;)
		text += len;
	return (*text != '\0' && strchr("=+-@\t\r\n", *text) != NULL) ||
		begins_with(text, WIDE) > 0;
}

static void put_within_quotes(struct report *r, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_add(&r->out, "\"");
		buf_add_bytes(&r->out, text, 1);
	}
}

/* All that is text is quoted: another separator than a comma does not open a cell in it either. */
static void put_text(struct report *r, const char *text)
{
	buf_add(&r->out, ",");
	if (text == NULL || text[0] == '\0')
		return;
	buf_add(&r->out, begins_formula(text) ? "\"'" : "\"");
	put_within_quotes(r, text);
	buf_add(&r->out, "\"");
}

static void put_number(struct report *r, int64_t number)
{
	buf_add(&r->out, ",");
	if (number != 0)
		buf_printf(&r->out, "%" PRId64, number);
}

static void put_bool(struct report *r, bool so)
{
	buf_add(&r->out, so ? ",yes" : ",");
}

static void put_time(struct report *r, int64_t us)
{
	char text[WORDS_TIME_ROOM];

	buf_add(&r->out, ",");
	if (us == 0)
		return;
	clock_rfc3339(text, us);
	buf_add(&r->out, text);
}

/* Dates and times in the one way that all spreadsheets read. */
static void put_local(struct report *r, int64_t us)
{
	char day[WORDS_TIME_ROOM], clock[WORDS_TIME_ROOM];

	words_day(day, r->how.zone, us);
	words_clock(clock, r->how.zone, us);
	buf_printf(&r->out, ",%s %s", day, clock);
}

static void put_person(struct report *r, const struct person *who)
{
	struct buf name = { 0 };

	buf_empty(&r->scratch);
	if (who->id != NULL || who->name != NULL) {
		sheet_person(r, &name, who);
		words_line(&r->scratch, name.text);
	}
	put_text(r, r->scratch.text);
	buf_done(&name);
}

static void put_written(struct report *r, const struct entry *e)
{
	struct buf *b = &r->scratch;

	buf_empty(b);
	if (!sheet_instead(r, b, e))
		sheet_written(r, b, e->text, e->rich, text_plain);
	while (b->len > 0 && strchr(" \t\n", b->text[b->len - 1]) != NULL)
		b->text[--b->len] = '\0';
	put_text(r, b->text);
}

static void put_files(struct report *r, const struct entry *e)
{
	struct buf *b = &r->scratch;

	buf_empty(b);
	for (int i = 0; i < e->file_count; i++) {
		const struct entry_file *f = &e->files[i];

		buf_add(b, i > 0 ? "\n" : "");
		words_line(b, f->name != NULL ? f->name : f->id);
		if (f->permalink != NULL) {
			buf_add(b, " ");
			words_line(b, f->permalink);
		}
		buf_add(b, f->gone ? " (deleted)" : "");
	}
	put_text(r, b->text);
}

static void put_reactions(struct report *r, const struct entry *e)
{
	struct buf *b = &r->scratch;

	buf_empty(b);
	for (int i = 0; i < e->reaction_count; i++) {
		buf_add(b, i > 0 ? ", " : "");
		words_line(b, e->reactions[i].name);
		buf_printf(b, " %" PRId64, e->reactions[i].count);
	}
	put_text(r, b->text);
}

static void put_head(struct report *r)
{
	buf_add(&r->out, HEAD);
}

static void put_record_line(struct report *r, const struct record_line *line)
{
	const struct entry *e = &line->entry;

	buf_printf(&r->out, "%" PRId64, e->id);
	put_time(r, e->said_at);
	put_local(r, e->said_at);
	put_text(r, zone_name(r->how.zone));
	put_text(r, e->kind);
	put_person(r, &e->author);
	put_text(r, e->author.id);
	put_person(r, &(struct person){ .id = e->put_by });
	put_written(r, e);
	put_number(r, line->parent);
	put_bool(r, record_line_is_late(line));
	put_bool(r, e->key_moment);
	put_time(r, e->edited_at);
	put_number(r, e->revision_count);
	put_time(r, e->deleted_at);
	put_time(r, e->redacted_at);
	put_bool(r, e->unseen);
	put_text(r, e->provenance);
	put_files(r, e);
	put_reactions(r, e);
	buf_empty(&r->scratch);
	(void)sheet_permalink(r, &r->scratch, e); /* none is an empty cell */
	put_text(r, r->scratch.text);
	buf_add(&r->out, ",,,,\r\n");
}

/* As it stands now; what became of it and when is among the lines. The columns of a line that it has not are empty. */
static void put_action(struct report *r, const struct action *a)
{
	const struct entry words = { .text = a->text };

	buf_add(&r->out, ",,");
	put_text(r, zone_name(r->how.zone));
	put_text(r, "action_item");
	put_person(r, &a->author);
	put_text(r, a->author.id);
	buf_add(&r->out, ",");
	put_written(r, &words);
	buf_add(&r->out, ",,,,,,,,,,,,");
	put_number(r, a->id);
	put_text(r, a->done ? "done" : a->dropped ? "dropped" : "open");
	put_person(r, &a->assignee);
	put_time(r, a->due_at);
	buf_add(&r->out, "\r\n");
}

/* --- the coverage: one more line, whose text has a line for each of its sentences -------------------- */

static void say(struct report *r, const char *plain)
{
	put_within_quotes(r, plain);
	buf_add(&r->out, "\n");
}

static void say_item(struct report *r, const struct item *it)
{
	say(r, it->before);
}

static void say_nothing(struct report *r)
{
	(void)r;
}

static const struct pen COVERAGE_PEN = {
	.say = say, .item = say_item, .list_open = say_nothing, .list_close = say_nothing
};

static void put_foot(struct report *r)
{
	for (int i = 0; i < r->record->action_count; i++)
		put_action(r, &r->record->actions[i]);
	put_time(r, r->how.now_us);
	put_local(r, r->how.now_us);
	put_text(r, zone_name(r->how.zone));
	put_text(r, "coverage");
	buf_add(&r->out, ",,,,\"");
	page_coverage(r);
	r->out.text[--r->out.len] = '\0'; /* the end of the last line */
	buf_add(&r->out, "\",,,,,,,,,,,,,,,,\r\n");
}

const struct look CSV_LOOK = { put_head, put_record_line, put_foot, &COVERAGE_PEN };
