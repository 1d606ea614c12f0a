#include "clock.h"
#include "sheet.h"

static void put_time(struct report *r, const char *name, int64_t us)
{
	char text[WORDS_TIME_ROOM];

	if (us != 0)
		clock_rfc3339(text, us);
	json_put_text(&r->json, name, us != 0 ? text : NULL);
}

static void put_person(struct report *r, const char *name, const struct person *given)
{
	struct person who = *given;

	if (who.id == NULL && who.name == NULL) {
		json_put_text(&r->json, name, NULL);
		return;
	}
	if (who.name == NULL)
		who = record_person(r->record, who.id);
	json_open(&r->json, name, '{');
	json_put_text(&r->json, "id", who.id);
	json_put_text(&r->json, "name", who.name);
	json_close(&r->json);
}

/* What people wrote, with names for mentions and without Slack's markup. */
static void put_plain(struct report *r, const char *name, const char *mrkdwn, const char *rich)
{
	struct buf *b = &r->scratch;

	buf_empty(b);
	buf_add(b, "");
	sheet_written(r, b, mrkdwn, rich, text_plain);
	json_put_text(&r->json, name, mrkdwn != NULL ? b->text : NULL);
}

static void put_span(struct report *r, const char *name, int64_t from, int64_t to)
{
	if (from == 0 || to < from)
		json_put_text(&r->json, name, NULL);
	else
		json_put_int(&r->json, name, (to - from) / 1000000);
}

static void put_severity(struct report *r, const struct incident *i)
{
	json_open(&r->json, "severity", '{');
	json_put_text(&r->json, "id", i->severity_id);
	json_put_text(&r->json, "label", i->severity_label);
	json_put_text(&r->json, "meaning", i->severity_meaning);
	json_close(&r->json);
}

static void put_channel(struct report *r, const struct incident *i)
{
	if (i->channel == NULL) {
		json_put_text(&r->json, "channel", NULL);
		return;
	}
	json_open(&r->json, "channel", '{');
	json_put_text(&r->json, "id", i->channel);
	json_put_text(&r->json, "name", i->channel_name);
	json_close(&r->json);
}

static void put_roles(struct report *r, const struct incident *i)
{
	json_open(&r->json, "roles", '[');
	for (int n = 0; n < i->role_count; n++) {
		const struct person who = { .id = i->roles[n].person };

		json_open(&r->json, NULL, '{');
		json_open(&r->json, "role", '{');
		json_put_text(&r->json, "id", i->roles[n].id);
		json_put_text(&r->json, "label", i->roles[n].label);
		json_close(&r->json);
		put_person(r, "person", &who);
		json_close(&r->json);
	}
	json_close(&r->json);
}

/* A private one has no number here. */
static void put_duplicates(struct report *r, const struct incident *i)
{
	if (i->duplicate_of == 0) {
		json_put_text(&r->json, "duplicate_of", NULL);
	} else {
		json_open(&r->json, "duplicate_of", '{');
		if (i->duplicate_hidden)
			json_put_text(&r->json, "id", NULL);
		else
			json_put_int(&r->json, "id", i->duplicate_of);
		json_close(&r->json);
	}
	buf_empty(&r->scratch);
	buf_printf(&r->scratch, "[%s]", i->duplicates != NULL ? i->duplicates : "");
	json_put_raw(&r->json, "duplicates", r->scratch.text);
}

static void put_incident(struct report *r)
{
	const struct incident *i = &r->record->incident;

	json_open(&r->json, "incident", '{');
	json_put_int(&r->json, "id", i->id);
	put_plain(r, "title", i->title, NULL);
	json_put_text(&r->json, "status", i->status.id);
	json_put_text(&r->json, "status_label", i->status.label);
	json_put_text(&r->json, "status_kind", status_kind_name(i->status.kind));
	put_severity(r, i);
	put_person(r, "lead", &r->record->lead);
	put_person(r, "reporter", &r->record->reporter);
	put_roles(r, i);
	json_put_bool(&r->json, "private", i->private);
	json_put_bool(&r->json, "report_only", i->report_only);
	json_put_bool(&r->json, "drill", i->drill);
	put_duplicates(r, i);
	put_time(r, "started_at", i->started_at);
	put_time(r, "reported_at", i->reported_at);
	put_time(r, "lead_at", i->lead_at);
	put_time(r, "resolved_at", i->resolved_at);
	put_time(r, "cancelled_at", i->cancelled_at);
	put_time(r, "update_due_at", i->update_due_at);
	put_span(r, "duration_s", i->started_at,
		i->cancelled_at != 0          ? i->cancelled_at
			: i->resolved_at != 0 ? i->resolved_at
					      : r->how.now_us);
	put_span(r, "time_to_fix_s", i->reported_at, i->resolved_at);
	put_plain(r, "summary", i->summary, NULL);
	put_plain(r, "impact", i->impact, NULL);
	put_plain(r, "resolution", i->fixed_by, NULL);
	put_channel(r, i);
	json_close(&r->json);
}

static void put_slack(struct report *r, const struct entry *e)
{
	bool linked;

	if (e->channel == NULL || e->ts == NULL) {
		json_put_text(&r->json, "slack", NULL);
	} else {
		json_open(&r->json, "slack", '{');
		json_put_text(&r->json, "channel", e->channel);
		json_put_text(&r->json, "ts", e->ts);
		json_put_text(&r->json, "thread_ts", e->thread_ts);
		json_close(&r->json);
	}
	buf_empty(&r->scratch);
	linked = sheet_permalink(r, &r->scratch, e);
	json_put_text(&r->json, "permalink", linked ? r->scratch.text : NULL);
}

static void put_revisions(struct report *r, const struct entry *e)
{
	json_open(&r->json, "revisions", '[');
	for (int i = 0; i < e->revision_count; i++) {
		json_open(&r->json, NULL, '{');
		json_put_text(&r->json, "text", e->revisions[i].text);
		put_time(r, "at", e->revisions[i].at);
		put_plain(r, "plain", e->revisions[i].text, e->revisions[i].rich);
		json_close(&r->json);
	}
	json_close(&r->json);
}

static void put_files(struct report *r, const struct entry *e)
{
	json_open(&r->json, "files", '[');
	for (int i = 0; i < e->file_count; i++) {
		json_open(&r->json, NULL, '{');
		json_put_text(&r->json, "id", e->files[i].id);
		json_put_text(&r->json, "name", e->files[i].name);
		json_put_text(&r->json, "permalink", e->files[i].permalink);
		json_put_bool(&r->json, "deleted", e->files[i].gone);
		json_close(&r->json);
	}
	json_close(&r->json);
}

static void put_reactions(struct report *r, const struct entry *e)
{
	json_open(&r->json, "reactions", '[');
	for (int i = 0; i < e->reaction_count; i++) {
		json_open(&r->json, NULL, '{');
		json_put_text(&r->json, "name", e->reactions[i].name);
		json_put_int(&r->json, "count", e->reactions[i].count);
		json_close(&r->json);
	}
	json_close(&r->json);
}

/* Who redacts says who they are: that may be a name and no id. */
static void put_redacted(struct report *r, const struct entry *e)
{
	struct person by = record_person(r->record, e->redacted_by);

	if (by.name == NULL)
		by = (struct person){ .name = e->redacted_by };
	if (e->redacted_at == 0) {
		json_put_text(&r->json, "redacted", NULL);
		return;
	}
	json_open(&r->json, "redacted", '{');
	put_time(r, "at", e->redacted_at);
	put_person(r, "by", &by);
	json_put_text(&r->json, "why", e->redacted_why);
	json_close(&r->json);
}

static void put_state(struct report *r, const struct record_line *line)
{
	const struct entry *e = &line->entry;

	json_put_bool(&r->json, "key_moment", e->key_moment);
	json_put_bool(&r->json, "edited", e->edited);
	json_put_bool(&r->json, "deleted", e->deleted);
	put_time(r, "edited_at", e->edited_at);
	put_time(r, "deleted_at", e->deleted_at);
	put_redacted(r, e);
	json_put_bool(&r->json, "late_reply", record_line_is_late(line));
	json_put_bool(&r->json, "broadcast", e->broadcast);
	json_put_text(&r->json, "provenance", e->provenance);
	json_put_bool(&r->json, "unseen", e->unseen);
}

/* Its replies follow, and close_line. */
static void open_line(struct report *r, const struct record_line *line)
{
	const struct entry *e = &line->entry;

	json_open(&r->json, NULL, '{');
	json_put_int(&r->json, "id", e->id);
	json_put_text(&r->json, "kind", e->kind);
	put_time(r, "said_at", e->said_at);
	put_time(r, "received_at", e->received_at);
	put_time(r, "recorded_at", e->recorded_at);
	put_person(r, "author", &e->author);
	put_person(r, "put_by", &(struct person){ .id = e->put_by });
	json_put_text(&r->json, "text", e->text != NULL ? e->text : "");
	put_plain(r, "plain", e->text != NULL ? e->text : "", e->rich);
	put_slack(r, e);
	put_state(r, line);
	put_revisions(r, e);
	put_files(r, e);
	put_reactions(r, e);
	json_open(&r->json, "replies", '[');
}

static void close_line(struct report *r)
{
	json_close(&r->json);
	json_close(&r->json);
}

static void put_record_line(struct report *r, const struct record_line *line)
{
	if (!line->below && r->line_open)
		close_line(r);
	open_line(r, line);
	if (line->below)
		close_line(r);
	else
		r->line_open = true;
}

static void put_actions(struct report *r)
{
	json_open(&r->json, "actions", '[');
	for (int i = 0; i < r->record->action_count; i++) {
		const struct action *a = &r->record->actions[i];

		json_open(&r->json, NULL, '{');
		json_put_int(&r->json, "id", a->id);
		put_plain(r, "text", a->text, NULL);
		json_put_bool(&r->json, "done", a->done);
		json_put_text(&r->json, "state",
			a->done              ? "done"
				: a->dropped ? "dropped"
					     : "open");
		put_person(r, "author", &a->author);
		put_person(r, "assignee", &a->assignee);
		put_time(r, "due_at", a->due_at);
		json_close(&r->json);
	}
	json_close(&r->json);
}

static void put_participants(struct report *r)
{
	json_open(&r->json, "participants", '[');
	for (int i = 0; i < r->record->participant_count; i++) {
		json_open(&r->json, NULL, '{');
		put_person(r, "person", &r->record->participants[i].person);
		json_put_int(&r->json, "messages", r->record->participants[i].messages);
		json_close(&r->json);
	}
	json_close(&r->json);
}

static void put_holes(struct report *r, const struct coverage *c)
{
	json_open(&r->json, "holes", '[');
	for (int i = 0; i < c->hole_count; i++) {
		json_open(&r->json, NULL, '{');
		put_time(r, "from", c->holes[i].from_us);
		put_time(r, "to", c->holes[i].to_us);
		json_put_text(&r->json, "why", c->holes[i].why);
		json_put_bool(&r->json, "open", c->holes[i].open);
		json_close(&r->json);
	}
	json_close(&r->json);
	json_put_int(&r->json, "open_holes", c->open_holes);
}

static void put_coverage(struct report *r)
{
	const struct coverage *c = &r->record->coverage;

	json_open(&r->json, "coverage", '{');
	json_put_int(&r->json, "messages", c->messages);
	json_put_int(&r->json, "replies", c->replies);
	json_put_int(&r->json, "late_replies", r->record->late_replies);
	json_put_int(&r->json, "unplaced_replies", r->record->unplaced_replies);
	json_put_int(&r->json, "edited", c->edited);
	json_put_int(&r->json, "deleted", c->deleted);
	json_put_int(&r->json, "redacted", c->redacted);
	json_put_int(&r->json, "files", c->files);
	json_put_int(&r->json, "reactions", c->reactions);
	json_put_int(&r->json, "key_moments", c->key_moments);
	json_put_int(&r->json, "recovered", c->recovered);
	json_put_int(&r->json, "recovered_edits", c->recovered_edits);
	json_put_int(&r->json, "recovered_deletions", c->recovered_deletions);
	json_put_int(&r->json, "recovered_reactions", c->recovered_reactions);
	json_put_int(&r->json, "unseen", c->unseen);
	json_put_int(&r->json, "failed_events", c->failed_events);
	json_put_int(&r->json, "refused_calls", c->refused_calls);
	put_holes(r, c);
	put_time(r, "complete_at", c->complete_at);
	put_time(r, "whole_at", c->whole_at);
	json_put_text(&r->json, "reading", c->reading);
	json_put_text(&r->json, "refused", c->refused);
	json_close(&r->json);
}

static void put_choice(struct report *r)
{
	json_open(&r->json, "choice", '{');
	json_put_bool(&r->json, "key_moments", r->how.choice.key_moments);
	put_time(r, "since", r->how.choice.since_us);
	json_close(&r->json);
}

static void put_head(struct report *r)
{
	json_open(&r->json, NULL, '{');
	json_put_text(&r->json, "schema", "incidentd/report/1");
	put_time(r, "made_at", r->how.now_us);
	put_choice(r);
	put_incident(r);
	json_open(&r->json, "timeline", '[');
}

static void put_foot(struct report *r)
{
	if (r->line_open)
		close_line(r);
	json_close(&r->json);
	put_actions(r);
	put_participants(r);
	put_coverage(r);
	json_close(&r->json);
	buf_add(&r->out, "\n");
}

const struct look JSON_LOOK = { put_head, put_record_line, put_foot, NULL };
