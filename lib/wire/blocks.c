#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "call_private.h"
#include "text.h"

/* In characters. A title in a topic leaves room for the rest of it. */
enum { TOPIC_MOST = 250, TOPIC_TITLE_MOST = 150, PART_MOST = 500, SECTION_MOST = 2990 };

void block_text(struct json_out *o, const char *name, const char *type, const char *text)
{
	json_open(o, name, '{');
	json_put_text(o, "type", type);
	json_put_text(o, "text", text);
	json_close(o);
}

void block_section(struct json_out *o, const char *id, const char *mrkdwn)
{
	json_open(o, NULL, '{');
	json_put_text(o, "type", "section");
	json_put_text(o, "block_id", id);
	block_text(o, "text", "mrkdwn", mrkdwn);
	json_close(o);
}

void block_button(struct json_out *o, const char *action, const char *label, const char *value)
{
	json_open(o, NULL, '{');
	json_put_text(o, "type", "button");
	json_put_text(o, "action_id", action);
	block_text(o, "text", "plain_text", label);
	json_put_text(o, "value", value);
	json_close(o);
}

static const char *or_none(const char *text)
{
	return text != NULL ? text : "nobody yet";
}

static const char *fitted(struct arena *a, const char *text, size_t most)
{
	if (text[text_fit(text, most)] == '\0')
		return text;
	return arena_printf(a, "%.*s...", (int)text_fit(text, most - strlen("...")), text);
}

/* What is shown of what people wrote: so many characters of it, and calling nobody. */
static const char *cut(struct arena *a, const char *mrkdwn, size_t most)
{
	return fitted(a, call_nobody(a, mrkdwn != NULL ? mrkdwn : ""), most);
}

/* Words of the administrators are no mrkdwn. */
static const char *escaped(struct arena *a, const char *plain)
{
	struct buf b = { 0 };
	const char *text;

	slack_text(&b, plain);
	text = arena_copy(a, b.text != NULL ? b.text : "");
	buf_done(&b);
	return text;
}

static const char *severity_of(struct arena *a, const struct incident *i)
{
	return arena_printf(a, "%s%s%s", i->severity_emoji != NULL ? i->severity_emoji : "",
		i->severity_emoji != NULL ? " " : "", escaped(a, i->severity_label));
}

static void put_times(struct buf *b, struct arena *a, const struct incident *i)
{
	int64_t over_at = incident_over_at(i);

	if (i->started_at == 0)
		return;
	buf_printf(b, "\n*Started* %s", shown_moment(a, i->started_at));
	if (over_at < i->started_at)
		return;
	buf_add(b, ", took ");
	text_span(b, over_at - i->started_at);
}

static const char *facts(struct arena *a, const struct shown *s)
{
	const struct incident *i = s->incident;
	struct buf b = { 0 };
	const char *text;

	if (i->drill)
		buf_add(&b, "*DRILL: an exercise, not a real incident*\n");
	buf_printf(&b, "*Incident %" PRId64 ": %s*\n", i->id, cut(a, i->title, PART_MOST));
	buf_printf(
		&b, "*Severity* %s\n*Status* %s\n", severity_of(a, i), escaped(a, i->status.label));
	if (i->update_due_at != 0 && !i->private)
		buf_printf(&b, "*Next update* by %s\n", shown_moment(a, i->update_due_at));
	buf_printf(&b, "*Lead* %s\n*Reported by* %s", or_none(s->lead), or_none(s->reporter));
	put_times(&b, a, i);
	for (int n = 0; n < i->role_count; n++)
		buf_printf(&b, "\n*%s* <@%s>", escaped(a, i->roles[n].label), i->roles[n].person);
	if (i->duplicate_of != 0)
		buf_printf(&b, "\n*Duplicate of* %s", incident_duplicate_of(a, i));
	if (i->duplicates != NULL)
		buf_printf(&b, "\n*Duplicates* %s", i->duplicates);
	if (i->channel != NULL)
		buf_printf(&b, "\n*Channel* <#%s>", i->channel);
	if (i->summary != NULL)
		buf_printf(&b, "\n*Summary* %s", cut(a, i->summary, PART_MOST));
	if (i->impact != NULL)
		buf_printf(&b, "\n*Impact* %s", cut(a, i->impact, PART_MOST));
	if (i->fixed_by != NULL)
		buf_printf(&b, "\n*Fixed by* %s", cut(a, i->fixed_by, PART_MOST));
	text = fitted(a, arena_copy(a, b.text), SECTION_MOST);
	buf_done(&b);
	return text;
}

/* "P1": short, in a line of its own words. */
static const char *short_severity(struct arena *a, const struct incident *i)
{
	char *id;

	if (i->severity_id == NULL)
		return escaped(a, i->severity_label);
	id = arena_copy(a, i->severity_id);
	for (char *p = id; *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[*p - 'a'];
	return escaped(a, id);
}

static const char *summary_line(struct arena *a, const struct shown *s)
{
	const struct incident *i = s->incident;

	return arena_printf(a, "%s[%s] Incident %" PRId64 ": %s (%s)", incident_mark(i),
		escaped(a, i->severity_label), i->id, cut(a, i->title, PART_MOST),
		escaped(a, i->status.label));
}

static void put_buttons(struct json_out *o, struct arena *a, const struct incident *i)
{
	const char *number = arena_printf(a, "%" PRId64, i->id);

	/* It is over, and nobody runs it: Slack takes no row without buttons. */
	if (i->report_only)
		return;

	json_open(o, NULL, '{');
	json_put_text(o, "type", "actions");
	json_put_text(o, "block_id", "buttons");
	json_open(o, "elements", '[');
	if (i->channel != NULL)
		block_button(o, "join", "Join the channel", number);
	block_button(o, "change", "Edit", number);
	if (incident_is_over(i)) {
		block_button(o, "reopen", "Reopen", number);
	} else {
		block_button(o, "update", "Update", number);
		block_button(o, "resolve", "Resolve", number);
		block_button(o, "lead_me", "I am the lead", number);
	}
	json_close(o);
	json_close(o);
}

static void put_shown(struct json_out *o, struct arena *a, const struct shown *s, const char *more)
{
	json_open(o, "blocks", '[');
	block_section(o, "facts", facts(a, s));
	if (more != NULL)
		block_section(o, "help", more);
	put_buttons(o, a, s->incident);
	json_close(o);
}

const char *reply_card(struct arena *a, const struct shown *s, const char *more)
{
	struct body b;
	const char *reply;

	call_open(&b);
	json_put_text(&b.out, "response_type", "ephemeral");
	json_put_text(&b.out, "text", arena_printf(a, "%s\n%s", facts(a, s), more));
	put_shown(&b.out, a, s, more);
	json_close(&b.out);
	reply = arena_copy(a, b.buf.text);
	buf_done(&b.buf);
	return reply;
}

static struct call *shown_message(struct arena *a, const struct shown *s, struct call *c,
	const char *channel, const char *ts, const char *more)
{
	struct body b;

	c->incident = s->incident->id;
	c->version = s->incident->version;
	call_open(&b);
	json_put_text(&b.out, "channel", channel);
	if (ts != NULL)
		json_put_text(&b.out, "ts", ts);
	json_put_text(&b.out, "text", summary_line(a, s));
	put_shown(&b.out, a, s, more);
	if (ts == NULL) {
		json_put_bool(&b.out, "unfurl_links", false);
		json_put_bool(&b.out, "unfurl_media", false);
	}
	return call_close(a, c, &b);
}

struct call *call_headline(struct arena *a, const struct shown *s, const char *channel)
{
	struct call *c = call_new(a, "chat.postMessage", channel, "headline_posted");

	c->argument = arena_copy(a, channel);
	return shown_message(a, s, c, channel, NULL, NULL);
}

struct call *call_headline_update(
	struct arena *a, const struct shown *s, const char *channel, const char *ts)
{
	struct call *c = call_new(a, "chat.update", channel, "headline_shown");

	c->argument = arena_copy(a, channel);
	c->replaces = arena_printf(a, "headline %" PRId64, s->incident->id);
	return shown_message(a, s, c, channel, ts, NULL);
}

struct call *call_headline_hidden(
	struct arena *a, int64_t incident, const char *channel, const char *ts)
{
	struct call *c = call_new(a, "chat.update", channel, "headline_shown");
	const char *text = arena_printf(a, "Incident %" PRId64 " is private now.", incident);
	struct body b;

	c->incident = incident;
	c->argument = arena_copy(a, channel);
	c->replaces = arena_printf(a, "headline %" PRId64, incident);
	call_open(&b);
	json_put_text(&b.out, "channel", channel);
	json_put_text(&b.out, "ts", ts);
	json_put_text(&b.out, "text", text);
	json_open(&b.out, "blocks", '[');
	block_section(&b.out, "facts", text);
	json_close(&b.out);
	return call_close(a, c, &b);
}

static const char *how_to(struct arena *a, const struct shown *s)
{
	return arena_printf(a,
		"Everything said here is in the report. `%s severity`, `status`, `lead`, `note`, "
		"`action`, `resolve`; `%s help` lists them all.",
		s->slash, s->slash);
}

struct call *call_card(struct arena *a, const struct shown *s)
{
	const char *channel = s->incident->channel;

	return shown_message(a, s, call_new(a, "chat.postMessage", channel, "card_posted"), channel,
		NULL, how_to(a, s));
}

struct call *call_card_update(struct arena *a, const struct shown *s)
{
	const struct incident *i = s->incident;
	struct call *c = call_new(a, "chat.update", i->channel, "shown");

	c->replaces = arena_printf(a, "card %" PRId64, i->id);
	return shown_message(a, s, c, i->channel, i->card_ts, how_to(a, s));
}

struct call *call_topic(struct arena *a, const struct incident *i)
{
	struct call *c = call_new(a, "conversations.setTopic", i->channel, "topic_set");
	const char *lead = i->lead != NULL ? arena_printf(a, "<@%s>", i->lead) : or_none(NULL);
	const char *title = cut(a, i->title, TOPIC_TITLE_MOST);
	const char *topic = arena_printf(a, "%s[%s] %s | lead %s | %s", incident_mark(i),
		short_severity(a, i), title, lead, escaped(a, i->status.label));
	struct body b;

	c->incident = i->id;
	c->version = i->version;
	c->replaces = arena_printf(a, "topic %" PRId64, i->id);
	call_open(&b);
	json_put_text(&b.out, "channel", i->channel);
	json_put_text(&b.out, "topic", cut(a, topic, TOPIC_MOST));
	return call_close(a, c, &b);
}

struct call *call_purpose(
	struct arena *a, const struct incident *i, const char *reporter, const char *slash)
{
	struct call *c = call_new(a, "conversations.setPurpose", i->channel, "purpose_set");
	struct body b;

	c->incident = i->id;
	call_open(&b);
	json_put_text(&b.out, "channel", i->channel);
	json_put_text(&b.out, "purpose",
		cut(a,
			arena_printf(a, "%sIncident %" PRId64 ", reported by %s. %s help",
				incident_mark(i), i->id, or_none(reporter), slash),
			TOPIC_MOST));
	return call_close(a, c, &b);
}
