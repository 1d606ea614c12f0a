#include "report_telling.h"

#include <string.h>

#include "check.h"

static const struct person PEOPLE[] = {
	{ "U1", "Ann Jones" },
	{ "U2", "Bob O'Neill" },
	{ "U3", NULL },
};

struct telling telling(void)
{
	return (struct telling){
		.record = {
			.incident = { .id = 3,
				.title = "payments are down",
				.status = { "open", "open", STATUS_OPEN, NULL },
				.severity_id = "p1",
				.severity_label = "P1",
				.severity_meaning = "complete outage",
				.reporter = "U1",
				.channel = "C1",
				.channel_name = "inc-3-payments",
				.started_at = TEN,
				.reported_at = TEN + 5 * MINUTE },
			.reporter = { "U1", "Ann Jones" },
			.people = PEOPLE,
			.people_count = 3,
			.workspace_url = "https://acme.slack.com/",
		},
		.how = { .now_us = TEN + 60 * MINUTE },
	};
}

struct entry *says(struct telling *t, int64_t at, const char *by, const char *text, const char *ts)
{
	struct record_line *line = &t->lines[t->count++];

	line->entry = (struct entry){
		.id = t->count,
		.kind = "message",
		.said_at = at,
		.author = { .id = by },
		.text = text,
		.channel = "C1",
		.ts = ts,
		.provenance = "live",
	};
	return &line->entry;
}

struct entry *replies(struct telling *t, const struct entry *parent, int64_t at, const char *by,
	const char *text, const char *ts)
{
	struct entry *e = says(t, at, by, text, ts);

	e->thread_ts = parent->ts;
	t->lines[t->count - 1].below = true;
	t->lines[t->count - 1].parent = parent->id;
	t->lines[t->count - 1].parent_at = parent->said_at;
	return e;
}

static void put(void *ctx, const char *bytes, size_t len)
{
	buf_add_bytes(ctx, bytes, len);
}

struct buf report_of(struct telling *t, enum report_format format)
{
	struct buf text = { 0 };
	struct report *r;

	t->how.format = format;
	r = report_begin(&t->record, &t->how, put, &text);
	for (int i = 0; i < t->count; i++)
		report_line(r, &t->lines[i]);
	report_end(r);
	return text;
}

bool shows(const struct buf *page, const char *words)
{
	if (strstr(page->text, words) != NULL)
		return true;
	fprintf(stderr, "'%s' is not in:\n%s\n", words, page->text);
	return false;
}

void check_shown(struct telling *t, enum report_format format, const char *words)
{
	struct buf page = report_of(t, format);

	CHECK(shows(&page, words));
	buf_done(&page);
}

void check_absent(struct telling *t, enum report_format format, const char *words)
{
	struct buf page = report_of(t, format);

	CHECK(strstr(page.text, words) == NULL);
	buf_done(&page);
}

cJSON *json_of(struct telling *t)
{
	struct buf text = report_of(t, REPORT_JSON);
	cJSON *tree = cJSON_ParseWithOpts(text.text, NULL, true);

	CHECK(tree != NULL);
	buf_done(&text);
	return tree;
}

cJSON *at(const cJSON *object, const char *name)
{
	cJSON *member = cJSON_GetObjectItemCaseSensitive(object, name);

	if (member == NULL)
		fprintf(stderr, "no member %s\n", name);
	CHECK(member != NULL);
	return member;
}

const char *text_at(const cJSON *object, const char *name)
{
	return cJSON_GetStringValue(at(object, name));
}
