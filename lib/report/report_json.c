#include "json_out.h"
#include "outline.h"
#include "report.h"
#include "text.h"
#include "words.h"

struct sheet {
	struct json_out json;
	struct outline outline;
	struct text_names names;
	struct buf scratch;
};

static const char *person_name(void *ctx, const char *id)
{
	const struct person who = { .id = id };

	return outline_name(ctx, &who);
}

static void put_time(struct sheet *s, const char *name, int64_t us)
{
	char text[WORDS_TIME_ROOM];

	if (us != 0)
		words_rfc3339(text, us);
	json_put_text(&s->json, name, us != 0 ? text : NULL);
}

static void put_person(struct sheet *s, const char *name, const struct person *given)
{
	struct person who = outline_person(&s->outline, given, NULL);

	if (who.id == NULL && who.name == NULL) {
		json_put_text(&s->json, name, NULL);
		return;
	}
	json_open(&s->json, name, '{');
	json_put_text(&s->json, "id", who.id);
	json_put_text(&s->json, "name", who.name);
	json_close(&s->json);
}

/* What people wrote, with names for mentions and without Slack's markup. */
static void put_plain(struct sheet *s, const char *name, const char *mrkdwn)
{
	struct arena *arena = arena_new();

	buf_empty(&s->scratch);
	buf_add(&s->scratch, "");
	text_plain(&s->scratch, text_read(arena, mrkdwn, NULL), &s->names);
	json_put_text(&s->json, name, mrkdwn != NULL ? s->scratch.text : NULL);
	arena_free(arena);
}

static void put_span(struct sheet *s, const char *name, int64_t from, int64_t to)
{
	if (from == 0 || to < from)
		json_put_text(&s->json, name, NULL);
	else
		json_put_int(&s->json, name, (to - from) / 1000000);
}

static void put_severity(struct sheet *s, const struct incident *i)
{
	json_open(&s->json, "severity", '{');
	json_put_text(&s->json, "id", i->severity_id);
	json_put_text(&s->json, "label", i->severity_label);
	json_put_text(&s->json, "meaning", i->severity_meaning);
	json_close(&s->json);
}

static void put_channel(struct sheet *s, const struct incident *i)
{
	if (i->channel == NULL) {
		json_put_text(&s->json, "channel", NULL);
		return;
	}
	json_open(&s->json, "channel", '{');
	json_put_text(&s->json, "id", i->channel);
	json_put_text(&s->json, "name", i->channel_name);
	json_close(&s->json);
}

static void put_incident(struct sheet *s, int64_t now_us)
{
	const struct record *r = s->outline.record;
	const struct incident *i = &r->incident;
	struct person lead = outline_person(&s->outline, &r->lead, i->lead);
	struct person reporter = outline_person(&s->outline, &r->reporter, i->reporter);

	json_open(&s->json, "incident", '{');
	json_put_int(&s->json, "id", i->id);
	put_plain(s, "title", i->title);
	json_put_text(&s->json, "status", incident_status_name(i->status));
	put_severity(s, i);
	put_person(s, "lead", &lead);
	put_person(s, "reporter", &reporter);
	json_put_bool(&s->json, "private", i->private);
	json_put_bool(&s->json, "report_only", i->report_only);
	put_time(s, "started_at", i->started_at);
	put_time(s, "reported_at", i->reported_at);
	put_time(s, "lead_at", i->lead_at);
	put_time(s, "resolved_at", i->resolved_at);
	put_time(s, "cancelled_at", i->cancelled_at);
	put_span(s, "duration_s", i->started_at,
		i->cancelled_at != 0          ? i->cancelled_at
			: i->resolved_at != 0 ? i->resolved_at
					      : now_us);
	put_span(s, "time_to_fix_s", i->reported_at, i->resolved_at);
	put_plain(s, "summary", i->summary);
	put_plain(s, "impact", i->impact);
	put_plain(s, "resolution", i->fixed_by);
	put_channel(s, i);
	json_close(&s->json);
}

static void put_slack(struct sheet *s, const struct entry *e)
{
	bool linked;

	if (e->channel == NULL || e->ts == NULL) {
		json_put_text(&s->json, "slack", NULL);
	} else {
		json_open(&s->json, "slack", '{');
		json_put_text(&s->json, "channel", e->channel);
		json_put_text(&s->json, "ts", e->ts);
		json_put_text(&s->json, "thread_ts", e->thread_ts);
		json_close(&s->json);
	}
	buf_empty(&s->scratch);
	linked = words_permalink(&s->scratch, s->outline.record, e);
	json_put_text(&s->json, "permalink", linked ? s->scratch.text : NULL);
}

static void put_revisions(struct sheet *s, const struct entry *e)
{
	json_open(&s->json, "revisions", '[');
	for (int i = 0; i < e->revision_count; i++) {
		json_open(&s->json, NULL, '{');
		json_put_text(&s->json, "text", e->revisions[i].text);
		put_time(s, "at", e->revisions[i].at);
		json_close(&s->json);
	}
	json_close(&s->json);
}

static void put_files(struct sheet *s, const struct entry *e)
{
	json_open(&s->json, "files", '[');
	for (int i = 0; i < e->file_count; i++) {
		json_open(&s->json, NULL, '{');
		json_put_text(&s->json, "id", e->files[i].id);
		json_put_text(&s->json, "name", e->files[i].name);
		json_put_text(&s->json, "permalink", e->files[i].permalink);
		json_put_bool(&s->json, "deleted", e->files[i].gone);
		json_close(&s->json);
	}
	json_close(&s->json);
}

static void put_reactions(struct sheet *s, const struct entry *e)
{
	json_open(&s->json, "reactions", '[');
	for (int i = 0; i < e->reaction_count; i++) {
		json_open(&s->json, NULL, '{');
		json_put_text(&s->json, "name", e->reactions[i].name);
		json_put_int(&s->json, "count", e->reactions[i].count);
		json_close(&s->json);
	}
	json_close(&s->json);
}

/* All of an entry but its replies: the caller writes those and closes it. */
static void open_entry(struct sheet *s, const struct line *line)
{
	const struct entry *e = line->entry;
	struct person put_by = { .id = e->put_by };

	json_open(&s->json, NULL, '{');
	json_put_int(&s->json, "id", e->id);
	json_put_text(&s->json, "kind", e->kind);
	put_time(s, "said_at", e->said_at);
	put_time(s, "received_at", e->received_at);
	put_time(s, "recorded_at", e->recorded_at);
	put_person(s, "author", &e->author);
	put_person(s, "put_by", &put_by);
	json_put_text(&s->json, "text", e->text != NULL ? e->text : "");
	put_plain(s, "plain", e->text != NULL ? e->text : "");
	put_slack(s, e);
	json_put_bool(&s->json, "key_moment", e->key_moment);
	json_put_bool(&s->json, "edited", e->edited);
	json_put_bool(&s->json, "deleted", e->deleted);
	put_time(s, "edited_at", e->edited_at);
	put_time(s, "deleted_at", e->deleted_at);
	json_put_bool(&s->json, "late_reply", outline_is_late(&s->outline, line));
	json_put_text(&s->json, "provenance", e->provenance);
	json_put_bool(&s->json, "unseen", e->unseen);
	put_revisions(s, e);
	put_files(s, e);
	put_reactions(s, e);
	json_open(&s->json, "replies", '[');
}

static void close_entry(struct sheet *s)
{
	json_close(&s->json);
	json_close(&s->json);
}

static void put_timeline(struct sheet *s)
{
	const struct line *lines = s->outline.lines;

	json_open(&s->json, "timeline", '[');
	for (int i = 0; i < s->outline.line_count; i++) {
		if (lines[i].parent >= 0)
			continue;
		open_entry(s, &lines[i]);
		for (int reply = lines[i].first; reply >= 0; reply = lines[reply].next) {
			open_entry(s, &lines[reply]);
			close_entry(s);
		}
		close_entry(s);
	}
	json_close(&s->json);
}

static void put_actions(struct sheet *s)
{
	const struct record *r = s->outline.record;

	json_open(&s->json, "actions", '[');
	for (int i = 0; i < r->action_count; i++) {
		const struct action *a = &r->actions[i];

		json_open(&s->json, NULL, '{');
		json_put_int(&s->json, "id", a->id);
		put_plain(s, "text", a->text);
		json_put_bool(&s->json, "done", a->done);
		put_person(s, "author", &a->author);
		put_person(s, "assignee", &a->assignee);
		put_time(s, "due_at", a->due_at);
		json_close(&s->json);
	}
	json_close(&s->json);
}

static void put_participants(struct sheet *s)
{
	json_open(&s->json, "participants", '[');
	for (int i = 0; i < s->outline.speaker_count; i++) {
		json_open(&s->json, NULL, '{');
		put_person(s, "person", &s->outline.speakers[i].person);
		json_put_int(&s->json, "messages", s->outline.speakers[i].messages);
		json_close(&s->json);
	}
	json_close(&s->json);
}

static void put_coverage(struct sheet *s)
{
	const struct outline *o = &s->outline;

	json_open(&s->json, "coverage", '{');
	json_put_int(&s->json, "messages", o->messages);
	json_put_int(&s->json, "replies", o->replies);
	json_put_int(&s->json, "late_replies", o->late);
	json_put_int(&s->json, "unplaced_replies", o->unplaced);
	json_put_int(&s->json, "edited", o->edited);
	json_put_int(&s->json, "deleted", o->deleted);
	json_put_int(&s->json, "files", o->files);
	json_put_int(&s->json, "unseen", o->unseen);
	json_put_int(&s->json, "recovered", o->recovered);
	json_put_int(&s->json, "refused_calls", o->record->refused_calls);
	json_put_int(&s->json, "failed_events", o->record->failed_events);
	json_close(&s->json);
}

void report_json(struct buf *to, const struct record *r, int64_t now_us)
{
	struct sheet s = { .json = { .to = to } };

	outline_make(&s.outline, r);
	s.names = (struct text_names){ .ctx = &s.outline, .person = person_name };
	json_open(&s.json, NULL, '{');
	json_put_text(&s.json, "schema", "incidentd/report/1");
	put_time(&s, "made_at", now_us);
	put_incident(&s, now_us);
	put_timeline(&s);
	put_actions(&s);
	put_participants(&s);
	put_coverage(&s);
	json_close(&s.json);
	outline_done(&s.outline);
	buf_done(&s.scratch);
}
