#include "sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct look *const LOOKS[] = {
	[REPORT_MARKDOWN] = &MARKDOWN_LOOK,
	[REPORT_HTML] = &HTML_LOOK,
	[REPORT_JSON] = &JSON_LOOK,
	[REPORT_CSV] = &CSV_LOOK,
};

static const char *name_of(void *ctx, const char *id)
{
	const struct report *r = ctx;

	return record_person(r->record, id).name;
}

/* The incident's own channel is known by what it was called when it was made. */
static const char *channel_name(void *ctx, const char *id)
{
	const struct report *r = ctx;
	const struct incident *i = &r->record->incident;
	const char *name = name_of(ctx, id);

	if (name == NULL && i->channel != NULL && strcmp(i->channel, id) == 0)
		return i->channel_name;
	return name;
}

/* The workspace's own stand among the names, behind a colon. */
static const char *emoji_name(void *ctx, const char *name)
{
	char id[128];
	int len = snprintf(id, sizeof(id), ":%s", name);

	return len > 0 && (size_t)len < sizeof(id) ? name_of(ctx, id) : NULL;
}

bool sheet_emoji(struct report *r, struct buf *to, const char *name)
{
	const char *known;

	if (text_emoji(to, name))
		return true;
	known = emoji_name(r, name);
	buf_add(to, known);
	return known != NULL;
}

static void hand_over(struct report *r)
{
	if (r->out.len > 0)
		r->put(r->ctx, r->out.text, r->out.len);
	buf_empty(&r->out);
}

struct report *report_begin(
	const struct record *record, const struct report_how *how, report_put *put, void *ctx)
{
	struct report *r = calloc(1, sizeof(*r));

	if (r == NULL)
		abort();
	r->record = record;
	r->how = *how;
	r->look = LOOKS[how->format];
	r->put = put;
	r->ctx = ctx;
	r->json.to = &r->out;
	r->names = (struct text_names){ .ctx = r,
		.person = name_of,
		.group = name_of,
		.channel = channel_name,
		.emoji = emoji_name };
	r->look->begin(r);
	hand_over(r);
	return r;
}

static bool shows_the_same(const struct revision *a, const struct revision *b)
{
	return text_unchanged(
		&(struct written){ a->text, a->rich }, &(struct written){ b->text, b->rich });
}

/* Earlier texts that did not show anything else are none: a link was unfurled, a block was numbered anew. */
static int shown_revisions(const struct entry *e, struct revision *out)
{
	const struct revision now = { .text = e->text, .rich = e->rich };
	int count = 0;

	for (int i = 0; i < e->revision_count; i++)
		if (count == 0 || !shows_the_same(&out[count - 1], &e->revisions[i]))
			out[count++] = e->revisions[i];
		else if (out[count - 1].rich == NULL)
			out[count - 1].rich = e->revisions[i].rich;
	return count > 0 && shows_the_same(&out[count - 1], &now) ? count - 1 : count;
}

static void put_line(struct report *r, const struct record_line *line)
{
	struct record_line shown = *line;
	struct revision *texts = calloc((size_t)line->entry.revision_count, sizeof(*texts));

	if (texts == NULL)
		abort();
	shown.entry.revision_count = shown_revisions(&line->entry, texts);
	shown.entry.revisions = texts;
	r->look->line(r, &shown);
	free(texts);
}

void report_line(struct report *r, const struct record_line *line)
{
	if (line->entry.revision_count > 0)
		put_line(r, line);
	else
		r->look->line(r, line);
	r->lines++;
	hand_over(r);
}

void report_end(struct report *r)
{
	r->look->end(r);
	hand_over(r);
	buf_done(&r->out);
	buf_done(&r->scratch);
	free(r);
}

/* The length of a name without the blanks around it, where marks would be none; *name is where it begins. */
static size_t trimmed(const char **name)
{
	static const char *const BLANKS[] = { " ", "\t", "\r", "\n", "\u00a0", "\u3000" };
	size_t len = *name != NULL ? strlen(*name) : 0;

	for (size_t i = 0; len > 0 && i < sizeof(BLANKS) / sizeof(BLANKS[0]);) {
		size_t n = strlen(BLANKS[i]);
		bool before = len >= n && memcmp(*name, BLANKS[i], n) == 0;
		bool behind = len >= n && memcmp(*name + len - n, BLANKS[i], n) == 0;

		if (before)
			*name += n;
		len -= before || behind ? n : 0;
		i = before || behind ? 0 : i + 1;
	}
	return len;
}

void sheet_person(const struct report *r, struct buf *to, const struct person *given)
{
	const char *name =
		given->name != NULL ? given->name : record_person(r->record, given->id).name;
	size_t len = trimmed(&name);

	if (len > 0)
		buf_add_bytes(to, name, len);
	else
		buf_add(to, given->id != NULL ? given->id : "nobody");
}

void sheet_moment(const struct report *r, struct buf *to, int64_t us)
{
	char day[WORDS_TIME_ROOM], clock[WORDS_TIME_ROOM], offset[WORDS_TIME_ROOM];

	if (us == 0) {
		buf_add(to, "not yet");
		return;
	}
	words_day(day, r->how.zone, us);
	words_clock(clock, r->how.zone, us);
	words_offset(offset, r->how.zone, us);
	buf_printf(to, "%s %s %s", day, clock, offset);
}

void sheet_clock(const struct report *r, struct buf *to, int64_t us, int64_t beside)
{
	char day[WORDS_TIME_ROOM], other[WORDS_TIME_ROOM], clock[WORDS_TIME_ROOM];

	words_day(day, r->how.zone, us);
	words_day(other, r->how.zone, beside);
	words_clock(clock, r->how.zone, us);
	if (strcmp(day, other) != 0)
		buf_printf(to, "%s ", day);
	buf_add(to, clock);
}

bool sheet_day(struct report *r, const struct entry *e)
{
	char day[WORDS_TIME_ROOM], offset[WORDS_TIME_ROOM], heading[sizeof(r->day)];

	words_day(day, r->how.zone, e->said_at);
	words_offset(offset, r->how.zone, e->said_at);
	(void)snprintf(heading, sizeof(heading), "%.40s (%.40s)", day, offset); /* fits */
	if (strcmp(heading, r->day) == 0)
		return false;
	memcpy(r->day, heading, sizeof(heading));
	return true;
}

bool sheet_permalink(const struct report *r, struct buf *to, const struct entry *e)
{
	return words_permalink(to, r->record->workspace_url, e);
}

void sheet_written(
	struct report *r, struct buf *to, const char *mrkdwn, const char *rich, sheet_writer *write)
{
	struct arena *arena = arena_new();

	write(to, text_read(arena, mrkdwn, rich), &r->names);
	arena_free(arena);
}

/* "edited 10:05:00": Slack does not always say when. */
static void flag_at(struct report *r, const char *what, int64_t at, int64_t beside, sheet_flag *put)
{
	struct buf words = { 0 };

	buf_add(&words, what);
	if (at != 0) {
		buf_add(&words, " ");
		sheet_clock(r, &words, at, beside);
	}
	put(r, words.text);
	buf_done(&words);
}

static void flag_late(struct report *r, const struct record_line *line, sheet_flag *put)
{
	struct buf words = { 0 };

	buf_add(&words, "late reply, after ");
	text_span(&words, line->entry.said_at - line->parent_at);
	put(r, words.text);
	buf_done(&words);
}

static void flag_put_by(struct report *r, const char *id, sheet_flag *put)
{
	struct buf words = { 0 };

	buf_add(&words, "put here by ");
	sheet_person(r, &words, &(struct person){ .id = id });
	put(r, words.text);
	buf_done(&words);
}

void sheet_flags(struct report *r, const struct record_line *line, sheet_flag *put)
{
	const struct entry *e = &line->entry;

	if (e->put_by != NULL)
		flag_put_by(r, e->put_by, put);
	if (record_line_is_late(line))
		flag_late(r, line, put);
	if (entry_is_reply(e) && !line->below)
		put(r,
			line->parent != 0 ? "reply, its thread's beginning is not shown"
					  : "reply, its thread's beginning is not recorded");
	if (e->broadcast)
		put(r, "sent to the channel as well");
	if (e->key_moment)
		put(r, "key moment");
	if (e->edited && e->redacted_at == 0)
		flag_at(r, "edited", e->edited_at, e->said_at, put);
	if (e->deleted)
		flag_at(r, "deleted", e->deleted_at, e->said_at, put);
	if (words_provenance(e->provenance) != NULL)
		put(r, words_provenance(e->provenance));
}

static void put_redacted(const struct report *r, struct buf *to, const struct entry *e)
{
	buf_add(to, "redacted ");
	sheet_moment(r, to, e->redacted_at);
	buf_add(to, " by ");
	sheet_person(r, to, &(struct person){ .id = e->redacted_by });
	if (e->redacted_why != NULL && e->redacted_why[0] != '\0')
		buf_printf(to, ": %s", e->redacted_why);
}

bool sheet_instead(const struct report *r, struct buf *to, const struct entry *e)
{
	bool silent = e->text == NULL || (e->text[0] == '\0' && e->rich == NULL);

	if (e->redacted_at != 0) {
		put_redacted(r, to, e);
		return true;
	}
	if (!silent || (!e->unseen && !e->deleted))
		return false;
	buf_add(to,
		e->unseen ? "this message was not seen, only what happened to it"
			  : "its text is not kept");
	return true;
}
