#include <inttypes.h>
#include <string.h>

#include "sheet.h"

struct word {
	const char *slack, *shown;
};

/* clang-format off */
static const struct word HOLES[] = {
	{ "no connection", "there was no connection to Slack" },
	{ "no database",   "the database could not be reached" },
	{ "stopped",       "incidentd was stopped" },
	{ "rate limited",  "more happened in the workspace than Slack sends, and it left events out" },
	{ "no room",       "more came than could be taken" },
	{ "no record",     "it is not on record whether somebody listened" },
};

static const struct word REFUSALS[] = {
	{ "not_in_channel",    "incidentd is not in the channel" },
	{ "channel_not_found", "incidentd can not see the channel, or it is gone" },
	{ "missing_scope",     "the Slack app was not given the right to read it" },
	{ "access_denied",     "Slack denies access" },
	{ "answer_too_large",  "one message there, with all that belongs to it, is larger than the 16 MiB that are read of an answer" },
};
/* clang-format on */

static const char *word_for(const struct word *list, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].slack, word) == 0)
			return list[i].shown;
	return word;
}

static void begin(struct report *r)
{
	buf_empty(&r->scratch);
	buf_add(&r->scratch, "");
}

static void say(struct report *r)
{
	if (r->scratch.len > 0)
		r->look->pen->say(r, r->scratch.text);
}

static void say_counts(struct report *r)
{
	const struct coverage *c = &r->record->coverage;
	struct buf *b = &r->scratch;

	begin(r);
	buf_printf(b,
		"Messages: %" PRId64 ", of which replies in threads: %" PRId64 " (late: %" PRId64
		", their thread's beginning not recorded: %" PRId64 "). Edited: %" PRId64
		", deleted: %" PRId64 ", redacted: %" PRId64 ". Files: %" PRId64
		", reactions: %" PRId64 ", key moments: %" PRId64 ".",
		c->messages, c->replies, r->record->late_replies, r->record->unplaced_replies,
		c->edited, c->deleted, c->redacted, c->files, c->reactions, c->key_moments);
	say(r);
}

/* What nobody was told of, and a reading found. */
static void say_recovered(struct report *r)
{
	const struct coverage *c = &r->record->coverage;
	struct buf *b = &r->scratch;

	begin(r);
	buf_add(b, "Recovered from Slack's history: ");
	words_count(b, c->recovered, "message, ", "messages, ");
	words_count(b, c->recovered_edits, "edit, ", "edits, ");
	words_count(b, c->recovered_deletions, "deletion and ", "deletions and ");
	words_count(b, c->recovered_reactions, "reaction, given or taken back.",
		"reactions, given or taken back.");
	say(r);
}

static void put_hole(struct report *r, const struct hole *h)
{
	struct buf *b = &r->scratch;

	begin(r);
	sheet_moment(r, b, h->from_us);
	buf_add(b, " to ");
	sheet_clock(r, b, h->to_us, h->from_us);
	buf_add(b, ", ");
	text_span(b, h->to_us - h->from_us);
	buf_printf(b, ": %s. ",
		h->why != NULL ? word_for(HOLES, sizeof(HOLES) / sizeof(HOLES[0]), h->why)
			       : "the process was killed");
	buf_add(b,
		h->open ? "Not compared with Slack's history since: something may be missing."
			: "Compared with Slack's history since: what Slack still had was read.");
	r->look->pen->item(r, &(struct item){ .before = b->text });
}

static void say_holes(struct report *r)
{
	const struct coverage *c = &r->record->coverage;

	if (c->hole_count == 0)
		return;
	begin(r);
	buf_add(&r->scratch, "Nobody was listening ");
	words_count(&r->scratch, c->hole_count, "time", "times");
	buf_printf(&r->scratch, "; still open: %d.", c->open_holes);
	say(r);
	r->look->pen->list_open(r);
	for (int n = 0; n < c->hole_count; n++)
		put_hole(r, &c->holes[n]);
	r->look->pen->list_close(r);
}

static void say_history(struct report *r)
{
	const struct coverage *c = &r->record->coverage;
	struct buf *b = &r->scratch;

	begin(r);
	if (c->complete_at != 0) {
		buf_add(b, "The whole channel was compared with Slack's history, as it was on ");
		sheet_moment(r, b, c->whole_at);
		buf_add(b, "; what was new since then, last on ");
		sheet_moment(r, b, c->complete_at);
		buf_add(b, ".");
	} else if (r->record->incident.channel != NULL) {
		buf_add(b,
			"It was not compared with Slack's history yet: what Slack did not send is not here.");
	}
	if (c->reading != NULL && strcmp(c->reading, "reading") == 0)
		buf_add(b, " It is being read now.");
	if (c->refused != NULL)
		buf_printf(b, " The channel can not be read: %s.",
			word_for(REFUSALS, sizeof(REFUSALS) / sizeof(REFUSALS[0]), c->refused));
	say(r);
}

static void say_lacks(struct report *r)
{
	const struct coverage *c = &r->record->coverage;
	struct buf *b = &r->scratch;

	begin(r);
	if (c->unseen > 0) {
		words_count(b, c->unseen, "message is", "messages are");
		buf_add(b,
			" known only from what happened to them: an edit, a reply, a reaction. ");
	}
	if (c->failed_events > 0)
		buf_printf(b,
			"Events that could not be recorded: %" PRId64
			" (incidentctl replay names them). ",
			c->failed_events);
	if (c->refused_calls > 0)
		buf_printf(b, "Calls that Slack refused: %" PRId64 " (the timeline says which). ",
			c->refused_calls);
	say(r);
}

void page_coverage(struct report *r)
{
	const struct coverage *c = &r->record->coverage;
	bool unread = r->record->incident.channel != NULL &&
		(c->complete_at == 0 || (c->reading != NULL && strcmp(c->reading, "idle") != 0));
	bool lacks = unread || c->open_holes > 0 || c->unseen > 0 || c->failed_events > 0 ||
		c->refused_calls > 0 || c->refused != NULL;

	r->look->pen->say(
		r, lacks ? "This report may lack something." : "Nothing is known to be missing.");
	say_counts(r);
	say_recovered(r);
	say_holes(r);
	say_history(r);
	say_lacks(r);
}
