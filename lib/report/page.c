#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "sheet.h"

/* What a template is made of, in its order. What is not written down anywhere is left for people to fill in. */
struct section {
	const char *id, *heading;
	void (*write)(struct report *);
	const char *blank;
	bool timeline; /* the lines go here */
	bool part;     /* of the section before it */
};

static void open_fact(struct report *r)
{
	buf_empty(&r->scratch);
	buf_add(&r->scratch, "");
}

static void put_fact(struct report *r, const char *name, const char *meaning)
{
	r->look->pen->fact(r, name, r->scratch.text, meaning);
}

static void put_time(struct report *r, const char *name, int64_t us, const char *meaning)
{
	open_fact(r);
	sheet_moment(r, &r->scratch, us);
	put_fact(r, name, meaning);
}

static void put_span(
	struct report *r, const char *name, int64_t from, int64_t to, const char *meaning)
{
	open_fact(r);
	if (from == 0 || to == 0)
		buf_add(&r->scratch, "not yet");
	else if (to < from)
		buf_add(&r->scratch, "unknown: it ends before it begins");
	else
		text_span(&r->scratch, to - from);
	put_fact(r, name, meaning);
}

static void put_who(
	struct report *r, const char *name, const struct person *who, const char *meaning)
{
	open_fact(r);
	sheet_person(r, &r->scratch, who);
	put_fact(r, name, meaning);
}

static const char COMMS_LEAD[] = "Comms lead";

/* Called as when they were given. True: somebody has the one that the government's form asks for. */
static bool put_roles(struct report *r)
{
	const struct incident *i = &r->record->incident;
	bool found = false;

	for (int n = 0; n < i->role_count; n++) {
		const struct person who = record_person(r->record, i->roles[n].person);

		put_who(r, i->roles[n].label, &who, "");
		found = found || strcasecmp(i->roles[n].label, COMMS_LEAD) == 0;
	}
	return found;
}

static void put_severity(struct report *r, const char *name)
{
	const struct incident *i = &r->record->incident;

	open_fact(r);
	buf_add(&r->scratch, i->severity_label != NULL ? i->severity_label : "not set");
	put_fact(r, name, i->severity_meaning != NULL ? i->severity_meaning : "");
}

/* An exercise, linked to another, or others to it: nothing where it is none of that. */
static void put_kind(struct report *r)
{
	const struct incident *i = &r->record->incident;
	struct arena *a = arena_new();

	if (i->drill)
		r->look->pen->fact(r, "Drill", "yes",
			"an exercise, not a real incident: it counts in no figures");
	if (i->duplicate_of != 0)
		r->look->pen->fact(r, "Duplicate of", incident_duplicate_of(a, i),
			"the incident that this one is the same as");
	if (i->duplicates != NULL)
		r->look->pen->fact(r, "Duplicates", i->duplicates,
			"the incidents that are the same as this one");
	arena_free(a);
}

static void put_spans(struct report *r)
{
	const struct incident *i = &r->record->incident;
	int64_t over = incident_over_at(i);

	put_span(r, "Duration", i->started_at, over != 0 ? over : r->how.now_us,
		i->cancelled_at != 0 ? "from started to cancelled"
			: over != 0  ? "from started to resolved"
				     : "from started until this report was made");
	put_span(r, "Time to fix", i->reported_at, i->resolved_at, "from reported to resolved");
}

static void put_state(struct report *r)
{
	const struct incident *i = &r->record->incident;

	open_fact(r);
	buf_add(&r->scratch, i->status.label);
	put_fact(r, "Status", i->report_only ? "recorded afterwards, not run live" : "");
	put_kind(r);
	put_severity(r, "Severity");
	put_who(r, "Lead", &r->record->lead, "who leads the response");
	(void)put_roles(r); /* nothing else asks for one */
	put_who(r, "Reporter", &r->record->reporter, "who declared it");
	if (i->channel == NULL)
		return;
	open_fact(r);
	buf_add(&r->scratch, i->channel_name != NULL ? i->channel_name : i->channel);
	put_fact(r, "Channel", i->private ? "private" : "");
}

static void put_times(struct report *r)
{
	const struct incident *i = &r->record->incident;

	put_time(r, "Started", i->started_at, "when it began, as far as is known");
	put_time(r, "Reported", i->reported_at, "when it was declared here");
	put_time(r, "First lead", i->lead_at, "when somebody first took the lead");
	if (i->cancelled_at != 0)
		put_time(r, "Cancelled", i->cancelled_at, "when it was found to be none");
	else
		put_time(r, "Resolved", i->resolved_at, "when it was resolved");
}

static void facts(struct report *r)
{
	r->look->pen->facts_open(r);
	put_state(r);
	put_times(r);
	put_spans(r);
	r->look->pen->facts_close(r);
}

/* As the government's form has it: the priority, the lead, and local times. */
static void form_facts(struct report *r)
{
	const struct incident *i = &r->record->incident;

	r->look->pen->facts_open(r);
	put_time(r, "Start", i->started_at, "when the problem began, as far as is known");
	put_time(r, "Declared", i->reported_at, "when it was declared here");
	put_time(r, "End", incident_over_at(i),
		i->cancelled_at != 0 ? "when it was cancelled" : "when it was resolved");
	put_severity(r, "Priority");
	r->look->pen->fact(r, "Application or process", "to be filled in", "what failed");
	put_who(r, "Incident lead", &r->record->lead, "who led the response");
	if (!put_roles(r))
		r->look->pen->fact(r, COMMS_LEAD, "to be filled in", "who spoke to those affected");
	put_who(r, "Reporter", &r->record->reporter, "who declared it");
	open_fact(r);
	buf_add(&r->scratch, i->status.label);
	put_fact(r, "Status", i->report_only ? "recorded afterwards, not run live" : "");
	put_kind(r);
	r->look->pen->facts_close(r);
}

static void form_spans(struct report *r)
{
	const struct incident *i = &r->record->incident;

	r->look->pen->facts_open(r);
	put_span(r, "Total duration", i->started_at, incident_over_at(i),
		i->cancelled_at != 0 ? "from when the problem started to when it was cancelled"
				     : "from when the problem started to when it was resolved");
	put_span(r, "Time to fix", i->reported_at, i->resolved_at,
		"from when it was declared to when it was resolved");
	r->look->pen->facts_close(r);
}

static void put_written(struct report *r, const char *mrkdwn)
{
	if (mrkdwn != NULL && mrkdwn[0] != '\0')
		r->look->pen->quote(r, mrkdwn);
	else
		r->look->pen->say(r, "Not written yet.");
}

static void summary(struct report *r)
{
	put_written(r, r->record->incident.summary);
}

static void impact(struct report *r)
{
	put_written(r, r->record->incident.impact);
}

static void resolution(struct report *r)
{
	put_written(r, r->record->incident.fixed_by);
}

static void updates(struct report *r)
{
	if (r->record->update_count == 0) {
		r->look->pen->say(r, "None.");
		return;
	}
	r->look->pen->list_open(r);
	for (int n = 0; n < r->record->update_count; n++) {
		const struct entry *e = &r->record->updates[n];
		struct buf before = { 0 };

		sheet_moment(r, &before, e->said_at);
		buf_add(&before, ", ");
		sheet_person(r, &before, &e->author);
		buf_add(&before, ": ");
		r->look->pen->item(r, &(struct item){ .before = before.text, .written = e->text });
		buf_done(&before);
	}
	r->look->pen->list_close(r);
}

static void put_action(struct report *r, const struct action *a)
{
	struct buf after = { 0 };
	char day[WORDS_TIME_ROOM], clock[WORDS_TIME_ROOM];

	buf_add(&after, " (");
	sheet_person(r, &after, &a->assignee);
	if (a->due_at != 0) {
		words_day(day, r->how.zone, a->due_at);
		words_clock(clock, r->how.zone, a->due_at);
		buf_printf(&after, ", due %s %.5s", day, clock);
	}
	buf_add(&after, ")");
	r->look->pen->item(r,
		&(struct item){ .box = a->done ? ITEM_DONE
				: a->dropped   ? ITEM_DROPPED
					       : ITEM_OPEN,
			.written = a->text,
			.after = after.text });
	buf_done(&after);
}

static void actions(struct report *r)
{
	if (r->record->action_count == 0) {
		r->look->pen->say(r, "None.");
		return;
	}
	r->look->pen->list_open(r);
	for (int n = 0; n < r->record->action_count; n++)
		put_action(r, &r->record->actions[n]);
	r->look->pen->list_close(r);
}

static void participants(struct report *r)
{
	if (r->record->participant_count == 0) {
		r->look->pen->say(r, "Nobody spoke yet.");
		return;
	}
	r->look->pen->list_open(r);
	for (int n = 0; n < r->record->participant_count; n++) {
		const struct participant *p = &r->record->participants[n];

		open_fact(r);
		sheet_person(r, &r->scratch, &p->person);
		buf_add(&r->scratch, ": ");
		words_count(&r->scratch, p->messages, "message", "messages");
		r->look->pen->item(r, &(struct item){ .before = r->scratch.text });
	}
	r->look->pen->list_close(r);
}

/* clang-format off */
static const struct section PLAIN[] = {
	{ "facts",        "Facts",        .write = facts },
	{ "summary",      "Summary",      .write = summary },
	{ "impact",       "Impact",       .write = impact },
	{ "resolution",   "Resolution",   .write = resolution },
	{ "updates",      "Updates",      .write = updates },
	{ "actions",      "Actions",      .write = actions },
	{ "participants", "Participants", .write = participants },
	{ "timeline",     "Timeline",     NULL, .timeline = true },
	{ "coverage",     "Coverage",     .write = page_coverage },
	{ .id = NULL },
};

static const struct section GDS[] = {
	{ "facts",           "Incident",                                   .write = form_facts },
	{ "overview",        "Overview",                                   .write = summary },
	{ "impact",          "User impact",                                .write = impact },
	{ "external",        "External users",                             .blank = "who outside was affected, how many, how", .part = true },
	{ "internal",        "Internal users",                             .blank = "who inside was affected, how many, how", .part = true },
	{ "services",        "Services affected and departmental impact",  .blank = "services and departments" },
	{ "updates",         "Updates to stakeholders",                    .write = updates },
	{ "timeline",        "Timeline",                                   NULL, .timeline = true },
	{ "durations",       "Duration",                                   .write = form_spans },
	{ "resolution",      "Resolution",                                 .write = resolution },
	{ "review",          "Incident review",                            .blank = "date of the review" },
	{ "attendance",      "Attendance",                                 .blank = "who attended the review", .part = true },
	{ "participants",    "Who took part in the response",              .write = participants, .part = true },
	{ "cause",           "Root cause analysis",                        .blank = "the cause, and its category: code change, configuration, capacity, provider or third party, workflow, software design, other" },
	{ "actions",         "Actions",                                    .write = actions },
	{ "standing",        "Standing actions",                           .blank = "what must always be done from now on", .part = true },
	{ "recommendations", "Recommendations",                            .blank = "what the review recommends" },
	{ "considerations",  "Considerations",                             .blank = "what was talked about, and not decided" },
	{ "notes",           "Notes",                                      .blank = "anything else" },
	{ "coverage",        "Coverage",                                   .write = page_coverage },
	{ .id = NULL },
};

static const struct section SRE[] = {
	{ "facts",        "Facts",              .write = facts },
	{ "summary",      "Summary",            .write = summary },
	{ "impact",       "Impact",             .write = impact },
	{ "causes",       "Root causes",        .blank = "what made it possible" },
	{ "trigger",      "Trigger",            .blank = "what set it off" },
	{ "detection",    "Detection",          .blank = "how it was noticed, and how it could have been sooner" },
	{ "resolution",   "Resolution",         .write = resolution },
	{ "actions",      "Action items",       .write = actions },
	{ "lessons",      "Lessons learned",    .write = NULL },
	{ "well",         "What went well",     .blank = "what to keep", .part = true },
	{ "badly",        "What went badly",    .blank = "what to mend", .part = true },
	{ "lucky",        "Where we got lucky", .blank = "what will not save us next time", .part = true },
	{ "updates",      "Updates",            .write = updates },
	{ "timeline",     "Timeline",           NULL, .timeline = true },
	{ "participants", "Participants",       .write = participants },
	{ "coverage",     "Coverage",           .write = page_coverage },
	{ .id = NULL },
};
/* clang-format on */

static const struct section *const TEMPLATES[] = {
	[REPORT_PLAIN] = PLAIN,
	[REPORT_GDS] = GDS,
	[REPORT_SRE] = SRE,
};

static void put_section(struct report *r, const struct section *s)
{
	(s->part ? r->look->pen->part : r->look->pen->section)(r, s->id, s->heading);
	if (s->write != NULL)
		s->write(r);
	if (s->blank != NULL)
		r->look->pen->blank(r, s->blank);
}

/* What was asked for is said, so that nobody takes a part for the whole. */
static void put_choice(struct report *r)
{
	const struct record_choice *c = &r->how.choice;

	buf_empty(&r->scratch);
	buf_printf(&r->scratch, "Times are those of %s.", zone_name(r->how.zone));
	if (c->key_moments)
		buf_add(&r->scratch, " Only key moments and changes of the incident are shown.");
	if (c->since_us != 0) {
		buf_add(&r->scratch, " Only what was said or done since ");
		sheet_moment(r, &r->scratch, c->since_us);
		buf_add(&r->scratch, " is shown.");
	}
	r->look->pen->say(r, r->scratch.text);
}

void page_begin(struct report *r)
{
	const struct section *s;
	struct buf about = { 0 };

	buf_add(&about, "As of ");
	sheet_moment(r, &about, r->how.now_us);
	buf_printf(&about, ". All times are %s.", zone_name(r->how.zone));
	r->look->pen->open(r, about.text);
	buf_done(&about);
	for (s = TEMPLATES[r->how.template]; !s->timeline; s++)
		put_section(r, s);
	put_section(r, s);
	put_choice(r);
	r->look->pen->timeline_open(r);
}

/* No more is said than what was asked for: others may be there. */
static void say_nothing(struct report *r)
{
	const struct record_choice *c = &r->how.choice;

	if (!c->key_moments && c->since_us == 0) {
		r->look->pen->say(r, "Nothing was recorded yet.");
		return;
	}
	buf_empty(&r->scratch);
	buf_add(&r->scratch, c->key_moments ? "No key moments" : "Nothing");
	if (c->since_us != 0) {
		buf_add(&r->scratch, " since ");
		sheet_moment(r, &r->scratch, c->since_us);
	}
	buf_add(&r->scratch, ".");
	r->look->pen->say(r, r->scratch.text);
}

void page_end(struct report *r)
{
	const struct section *s = TEMPLATES[r->how.template];

	r->look->pen->timeline_close(r);
	if (r->lines == 0)
		say_nothing(r);
	while (!s->timeline)
		s++;
	for (s++; s->id != NULL; s++)
		put_section(r, s);
	r->look->pen->close(r);
}
