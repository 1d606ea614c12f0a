#include <inttypes.h>

#include "page.h"
#include "report.h"
#include "words.h"

static const char *person_name(void *ctx, const char *id)
{
	const struct person who = { .id = id };

	return outline_name(ctx, &who);
}

static void open_row(struct page *p, const char *fact)
{
	buf_printf(p->to, "| %s | ", fact);
}

static void close_row(struct page *p, const char *definition)
{
	buf_printf(p->to, " | %s |\n", definition);
}

static void put_time_row(struct page *p, const char *fact, int64_t us, const char *definition)
{
	char day[WORDS_TIME_ROOM], clock[WORDS_TIME_ROOM];

	words_day(day, us);
	words_clock(clock, us);
	open_row(p, fact);
	if (us != 0)
		buf_printf(p->to, "%s %s UTC", day, clock);
	else
		buf_add(p->to, "not yet");
	close_row(p, definition);
}

static void put_span_row(
	struct page *p, const char *fact, int64_t from, int64_t to, const char *definition)
{
	open_row(p, fact);
	if (from == 0 || to == 0)
		buf_add(p->to, "not yet");
	else if (to < from)
		buf_add(p->to, "unknown: it ends before it begins");
	else
		text_span(p->to, to - from);
	close_row(p, definition);
}

static void put_state(struct page *p, const struct incident *i)
{
	struct person lead = outline_person(&p->outline, &p->outline.record->lead, i->lead);
	struct person reporter =
		outline_person(&p->outline, &p->outline.record->reporter, i->reporter);

	open_row(p, "Status");
	words_escaped(p->to, incident_status_name(i->status));
	close_row(p, i->report_only ? "recorded afterwards, not run live" : "");
	open_row(p, "Severity");
	words_escaped(p->to, i->severity_label != NULL ? i->severity_label : "not set");
	buf_add(p->to, " | ");
	words_escaped(p->to, i->severity_meaning);
	buf_add(p->to, " |\n");
	open_row(p, "Lead");
	page_person(p, &lead);
	close_row(p, "who leads the response");
	open_row(p, "Reporter");
	page_person(p, &reporter);
	close_row(p, "who declared it");
	if (i->channel == NULL)
		return;
	open_row(p, "Channel");
	words_escaped(p->to, i->channel_name != NULL ? i->channel_name : i->channel);
	close_row(p, i->private ? "private" : "");
}

static void put_facts(struct page *p, int64_t now_us)
{
	const struct incident *i = &p->outline.record->incident;
	int64_t over_at = i->cancelled_at != 0 ? i->cancelled_at : i->resolved_at;

	buf_add(p->to, "| Fact | | What it means |\n|---|---|---|\n");
	put_state(p, i);
	put_time_row(p, "Started", i->started_at, "when it began, as far as is known");
	put_time_row(p, "Reported", i->reported_at, "when it was declared here");
	put_time_row(p, "First lead", i->lead_at, "when somebody first took the lead");
	if (i->cancelled_at != 0)
		put_time_row(p, "Cancelled", i->cancelled_at, "when it was found to be none");
	else
		put_time_row(p, "Resolved", i->resolved_at, "when it was resolved");
	put_span_row(p, "Duration", i->started_at, over_at != 0 ? over_at : now_us,
		i->cancelled_at != 0   ? "from started to cancelled"
			: over_at != 0 ? "from started to resolved"
				       : "from started until this report was made");
	put_span_row(p, "Time to fix", i->reported_at, i->resolved_at, "from reported to resolved");
}

static void put_section(struct page *p, const char *heading, const char *mrkdwn)
{
	const char *rendered = page_rendered(p, mrkdwn);

	buf_printf(p->to, "\n## %s\n\n", heading);
	page_block(p, rendered[0] != '\0' ? rendered : "Not written yet.", "");
	buf_add(p->to, "\n");
}

static void put_actions(struct page *p)
{
	const struct record *r = p->outline.record;
	char day[WORDS_TIME_ROOM];

	buf_add(p->to, "\n## Actions\n\n");
	if (r->action_count == 0)
		buf_add(p->to, "None.\n");
	for (int i = 0; i < r->action_count; i++) {
		const struct action *a = &r->actions[i];

		buf_add(p->to, a->done ? "- [x] " : "- [ ] ");
		page_line(p, page_rendered(p, a->text));
		buf_add(p->to, " (");
		page_person(p, &a->assignee);
		if (a->due_at != 0) {
			words_day(day, a->due_at);
			buf_printf(p->to, ", due %s", day);
		}
		buf_add(p->to, ")\n");
	}
}

static void put_participants(struct page *p)
{
	buf_add(p->to, "\n## Participants\n\n");
	if (p->outline.speaker_count == 0)
		buf_add(p->to, "Nobody spoke yet.\n");
	for (int i = 0; i < p->outline.speaker_count; i++) {
		int messages = p->outline.speakers[i].messages;

		buf_add(p->to, "- ");
		page_person(p, &p->outline.speakers[i].person);
		buf_printf(p->to, ": %d message%s\n", messages, messages == 1 ? "" : "s");
	}
}

static void put_coverage(struct page *p)
{
	const struct outline *o = &p->outline;
	const struct record *r = o->record;

	buf_add(p->to, "\n## Coverage\n\n");
	buf_printf(p->to,
		"Messages: %d, of which replies in threads: %d (late: %d, their thread's beginning not "
		"recorded: %d). Edited: %d. Deleted: %d. Files: %d. Recovered: %d. Heard of and not seen: %d."
		"\n\n",
		o->messages, o->replies, o->late, o->unplaced, o->edited, o->deleted, o->files,
		o->recovered, o->unseen);
	if (r->refused_calls == 0 && r->failed_events == 0) {
		buf_add(p->to,
			"Every message that Slack sent was recorded. What was said while nothing listened "
			"is here only if Slack sent it again.\n");
		return;
	}
	buf_printf(p->to,
		"This report may lack something. Events that could not be recorded: %" PRId64
		". Calls that Slack refused: %" PRId64 ".\n",
		r->failed_events, r->refused_calls);
}

void report_markdown(struct buf *to, const struct record *r, int64_t now_us)
{
	struct page p = { .to = to };
	char day[WORDS_TIME_ROOM], clock[WORDS_TIME_ROOM];

	outline_make(&p.outline, r);
	p.names = (struct text_names){ .ctx = &p.outline, .person = person_name };
	words_day(day, now_us);
	words_clock(clock, now_us);
	buf_printf(to, "# Incident %" PRId64 ": ", r->incident.id);
	page_line(&p, page_rendered(&p, r->incident.title));
	buf_printf(to, "\n\nAs of %s %s UTC. All times are UTC.\n\n", day, clock);
	put_facts(&p, now_us);
	put_section(&p, "Summary", r->incident.summary);
	put_section(&p, "Impact", r->incident.impact);
	put_section(&p, "Resolution", r->incident.fixed_by);
	put_actions(&p);
	put_participants(&p);
	page_timeline(&p);
	put_coverage(&p);
	outline_done(&p.outline);
	buf_done(&p.scratch);
}
