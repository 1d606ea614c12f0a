/* What the daemon must have said, and what it must remember. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "stage.h"
#include "store_record.h"

/* The text of the acknowledgement; of a form's, the payload as it is. */
static const char *answered(struct stage *s)
{
	cJSON *payload = cJSON_Parse(s->reply != NULL ? s->reply : "");
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(payload, "text"));
	const char *copy = text != NULL ? arena_copy(s->arena, text) : s->reply;

	cJSON_Delete(payload);
	return copy;
}

/* The exact text, ~part of it or of the whole payload, or nothing */
void we_answer(struct stage *s, const char *rest)
{
	const char *want = stage_text(s, rest);
	const char *got = answered(s);

	if (strcmp(want, "nothing") == 0) {
		if (got != NULL)
			stage_wrong(s, got, "nothing");
		return;
	}
	if (got == NULL ||
		(*want == '~' ? strstr(got, want + 1) == NULL && strstr(s->reply, want + 1) == NULL
			      : strcmp(got, want) != 0))
		stage_wrong(s, got, want);
}

/* blocks.0.text.text="Actions": members of the acknowledgement's payload */
void the_answer_has(struct stage *s, const char *rest)
{
	cJSON *payload = cJSON_Parse(s->reply != NULL ? s->reply : "");
	const char *pair;

	if (payload == NULL)
		stage_wrong(s, "no answer", rest);
	while ((pair = stage_word(s, &rest)) != NULL)
		stage_match(s, payload, pair);
	cJSON_Delete(payload);
}

/* It was taken, or nothing: what it is and what it asks for is as the rest says. */
static void match_call(struct stage *s, const struct outbox_send *call, const char *rest)
{
	const char *method = stage_word(s, &rest), *pair;
	cJSON *body;

	if (method == NULL)
		stage_wrong(s, "", "METHOD name=value ...");
	if (call != NULL) {
		s->row = call->id;
		s->row_method = call->method;
		s->row_body = call->body;
		s->is_look = call->look;
	}
	if (strcmp(call != NULL ? s->row_method : "nothing", method) != 0)
		stage_wrong(s,
			call != NULL ? arena_printf(s->arena, "%s %s", s->row_method, s->row_body)
				     : "nothing",
			method);
	body = cJSON_Parse(call != NULL ? s->row_body : "{}");
	while ((pair = stage_word(s, &rest)) != NULL)
		stage_match(s, body, pair);
	cJSON_Delete(body);
}

static void sends(struct stage *s, const char *desk, const char *rest)
{
	enum { MOST = 20 };
	struct outbox_due due;
	struct fail why;

	if (!outbox_due(s->store, s->arena, desk, MOST, &due, &why))
		stage_wrong(s, why.text, rest);
	if (due.count > 1)
		stage_wrong(s,
			arena_printf(
				s->arena, "%d calls, %s among them", due.count, due.list[0].body),
			rest);
	match_call(s, due.count == 0 ? NULL : &due.list[0], rest);
}

/* conversations.history channel=C1: of all calls this one would be made now, and no other; or nothing */
void we_send(struct stage *s, const char *rest)
{
	sends(s, "talk", rest);
}

void another_sends(struct stage *s, const char *rest)
{
	sends(s, "another", rest);
}

/* As at the start of the daemon, and again as long as there is trouble. */
void slack_is_asked_who_we_are(struct stage *s, const char *rest)
{
	struct fail why;

	(void)rest;
	if (!outbox_greet(s->store, s->arena, "talk", "", &why))
		stage_wrong(s, why.text, "a greeting");
}

/* Slack's Retry-After has passed. */
void limit_is_over(struct stage *s, const char *rest)
{
	(void)rest;
	(void)stage_ask(s,
		"update pace set free_at = now() where free_at > now() and $1 = 0 returning key",
		0);
}

/* chat.postMessage channel=C1 text~severity: the oldest call after the one taken last; or nothing */
void we_call(struct stage *s, const char *rest)
{
	const char *id = stage_ask(s,
		"update outbox set attempts = attempts + 1, sent_at = now(),"
		" first_sent_at = coalesce(first_sent_at, now()),"
		" taken_until = now() + interval '20 s' where id = (select min(id) from outbox"
		" where state = 'waiting' and id > $1::bigint) returning id",
		s->row);
	struct outbox_send call = { .id = id != NULL ? strtoll(id, NULL, 10) : 0 };

	if (id != NULL) {
		call.method = stage_ask(s, "select method from outbox where id = $1", call.id);
		call.body = stage_ask(s, "select body from outbox where id = $1", call.id);
	}
	match_call(s, id != NULL ? &call : NULL, rest);
}

/* 3 severity U1 P1, was P3: the third entry, of the incident that was declared last; or: has 5 */
void timeline(struct stage *s, const char *rest)
{
	const char *which = stage_word(s, &rest);
	const char *want = stage_text(s, rest), *got;

	if (which != NULL && strcmp(which, "has") == 0)
		got = stage_ask(s,
			"select count(*) from entry where $1 = 0"
			" and incident = (select max(id) from incident)",
			0);
	else
		got = stage_ask(s,
			"select kind || ' ' || coalesce(author, 'nobody') || ' ' || text from entry"
			" where incident = (select max(id) from incident)"
			" order by said_at, id limit 1 offset $1::bigint - 1",
			which != NULL ? strtoll(which, NULL, 10) : 0);
	if (got == NULL || strcmp(got, want) != 0)
		stage_wrong(s, got, want);
}

/* CA is_archived, token invalid_auth: all of them; or nothing */
void troubles_are(struct stage *s, const char *rest)
{
	const char *got = stage_ask(s,
		"select coalesce(string_agg(what || ' ' || error, ', ' order by what, error), 'nothing')"
		" from trouble where $1 = 0",
		0);

	if (strcmp(got, rest) != 0)
		stage_wrong(s, got, rest);
}

/* 1 status=resolved lead=U2: columns of the incident of that number; or: nothing */
void incident_is(struct stage *s, const char *rest)
{
	const char *which = stage_word(s, &rest), *pair;
	const char *row = stage_ask(s,
		"select to_jsonb(i) || jsonb_build_object('headlines', (select jsonb_object_agg(channel, ts)"
		" from headline where incident = i.id)) from incident i where id = $1",
		which != NULL ? strtoll(which, NULL, 10) : 0);
	cJSON *tree = cJSON_Parse(row != NULL ? row : "");

	if (tree == NULL && (*rest == '\0' || strcmp(rest, "is not there") != 0))
		stage_wrong(s, "no incident", rest);
	if (tree != NULL && strcmp(rest, "is not there") == 0)
		stage_wrong(s, row, rest);
	while (tree != NULL && (pair = stage_word(s, &rest)) != NULL)
		stage_match(s, tree, pair);
	cJSON_Delete(tree);
}

static void put_to_buf(void *ctx, const char *bytes, size_t len)
{
	buf_add_bytes(ctx, bytes, len);
}

void stage_report(struct stage *s, int64_t incident, enum report_format format, struct buf *to)
{
	const struct report_how how = { .format = format, .now_us = s->now_us };
	struct arena *a = arena_new();
	const struct record_line *lines;
	struct record record;
	struct report *report;
	struct fail why;
	bool found = true;
	int count = 1;

	if (!store_begin_reading(s->store, &why) ||
		!store_record(s->store, a, incident, s->now_us, &record, &found, &why) || !found ||
		!store_timeline_open(s->store, incident, &how.choice, &why))
		stage_wrong(s, found ? why.text : "no such incident", "a report");
	report = report_begin(&record, &how, put_to_buf, to);
	while (count > 0) {
		if (!store_timeline_next(s->store, a, &lines, &count, &why))
			stage_wrong(s, why.text, "a report");
		for (int i = 0; i < count; i++)
			report_line(report, &lines[i]);
	}
	report_end(report);
	store_abandon(s->store);
	arena_free(a);
}

/* 1 - [ ] write it up: this is somewhere in the report of that incident, as Markdown or as JSON */
void report_shows(struct stage *s, const char *rest)
{
	const char *which = stage_word(s, &rest);
	const char *want = stage_text(s, rest);
	int64_t incident = which != NULL ? strtoll(which, NULL, 10) : 0;
	struct buf markdown = { 0 }, json = { 0 };

	stage_report(s, incident, REPORT_MARKDOWN, &markdown);
	stage_report(s, incident, REPORT_JSON, &json);
	if (strstr(markdown.text, want) == NULL && strstr(json.text, want) == NULL)
		stage_wrong(s, arena_printf(s->arena, "%s\n%s", markdown.text, json.text), want);
	buf_done(&markdown);
	buf_done(&json);
}

/* hunter2: in no text, no earlier text and no frame that is kept */
void database_never_says(struct stage *s, const char *rest)
{
	const char *found = stage_ask(s,
		arena_printf(s->arena,
			"select max(t) from (select e::text from entry e union all select r::text from revision r"
			" union all select a::text from action a union all select f::text from file f"
			" union all select frame from inbox union all select o::text from outbox o"
			" union all select w::text from sweep w) as x(t) where $1 = 0 and t like '%%%s%%'",
			rest),
		0);

	if (found != NULL)
		stage_wrong(s, found, "nothing of it");
}
