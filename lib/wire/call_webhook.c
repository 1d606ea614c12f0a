#include "call_webhook.h"

#include <inttypes.h>

#include "call_private.h"
#include "clock.h"
#include "text.h"

static void put_time(struct json_out *o, const char *name, int64_t us)
{
	char text[CLOCK_RFC3339_ROOM];

	if (us != 0)
		clock_rfc3339(text, us);
	json_put_text(o, name, us != 0 ? text : NULL);
}

static void put_person(struct json_out *o, const char *name, const struct person *who)
{
	if (who->id == NULL) {
		json_put_text(o, name, NULL);
		return;
	}
	json_open(o, name, '{');
	json_put_text(o, "id", who->id);
	json_put_text(o, "name", who->name);
	json_close(o);
}

/* As redaction looks for them: names that it does not know would hide them from it. */
static void put_words(struct json_out *o, const char *name, const char *mrkdwn)
{
	struct buf b = { 0 };

	if (mrkdwn != NULL)
		text_typed(&b, mrkdwn, NULL);
	json_put_text(o, name, mrkdwn != NULL && b.text == NULL ? "" : b.text);
	buf_done(&b);
}

static void put_severity(struct json_out *o, const struct incident *i)
{
	json_open(o, "severity", '{');
	json_put_text(o, "id", i->severity_id);
	json_put_text(o, "label", i->severity_label);
	json_put_text(o, "meaning", i->severity_meaning);
	json_close(o);
}

static void put_channel(struct json_out *o, const struct incident *i)
{
	if (i->channel == NULL || i->private) {
		json_put_text(o, "channel", NULL);
		return;
	}
	json_open(o, "channel", '{');
	json_put_text(o, "id", i->channel);
	json_put_text(o, "name", i->channel_name);
	json_close(o);
}

/* A private one has no number here. */
static void put_duplicate(struct json_out *o, const struct incident *i)
{
	if (i->duplicate_of == 0) {
		json_put_text(o, "duplicate_of", NULL);
		return;
	}
	json_open(o, "duplicate_of", '{');
	if (i->duplicate_hidden)
		json_put_text(o, "id", NULL);
	else
		json_put_int(o, "id", i->duplicate_of);
	json_close(o);
}

/* What is private is nobody's business but that there is something, and how severe it is. */
static void put_incident(struct json_out *o, const struct webhook *w)
{
	static const struct person NOBODY = { 0 };
	const struct incident *i = w->incident;

	json_open(o, "incident", '{');
	json_put_int(o, "id", i->id);
	put_words(o, "title", i->private ? "A private incident" : i->title);
	json_put_text(o, "status", i->status.id);
	json_put_text(o, "status_label", i->status.label);
	json_put_text(o, "status_kind", status_kind_name(i->status.kind));
	put_severity(o, i);
	put_person(o, "lead", i->private ? &NOBODY : &w->lead);
	put_person(o, "reporter", i->private ? &NOBODY : &w->reporter);
	json_put_bool(o, "private", i->private);
	json_put_bool(o, "report_only", i->report_only);
	json_put_bool(o, "drill", i->drill);
	put_duplicate(o, i);
	put_time(o, "started_at", i->started_at);
	put_time(o, "reported_at", i->reported_at);
	put_time(o, "lead_at", i->lead_at);
	put_time(o, "resolved_at", i->resolved_at);
	put_time(o, "cancelled_at", i->cancelled_at);
	put_words(o, "summary", i->private ? NULL : i->summary);
	put_words(o, "impact", i->private ? NULL : i->impact);
	put_words(o, "resolution", i->private ? NULL : i->fixed_by);
	put_channel(o, i);
	json_close(o);
}

static void put_change(struct json_out *o, const struct webhook *w)
{
	if (w->kind == NULL) {
		json_put_text(o, "change", NULL);
		return;
	}
	json_open(o, "change", '{');
	json_put_text(o, "kind", w->kind);
	put_person(o, "by", &w->by);
	put_words(o, "text", w->text);
	json_close(o);
}

static struct call *make(struct arena *a, const struct webhook *w, struct call *c, const char *type)
{
	struct body b;

	c->incident = w->incident->id;
	c->version = w->incident->version;
	c->argument = arena_copy(a, w->host);
	call_open(&b);
	json_put_text(&b.out, "url", w->url);
	json_open(&b.out, "payload", '{');
	json_put_text(&b.out, "type", type);
	put_time(&b.out, "timestamp", w->at_us);
	json_open(&b.out, "data", '{');
	put_incident(&b.out, w);
	put_change(&b.out, w);
	json_close(&b.out);
	json_close(&b.out);
	return call_close(a, c, &b);
}

struct call *call_webhook(struct arena *a, const struct webhook *w)
{
	const char *lane = arena_printf(a, "%s %" PRId64, w->host, w->incident->id);

	return make(a, w, call_new(a, WEBHOOK_METHOD, lane, "webhook_sent"),
		arena_printf(a, "incident.%s", w->kind));
}

struct call *call_page(struct arena *a, const struct webhook *w)
{
	struct webhook page = *w;
	const char *lane = arena_printf(a, "%s %" PRId64 " page", w->host, w->incident->id);

	page.kind = NULL;
	return make(a, &page, call_new(a, WEBHOOK_METHOD, lane, "paged"), "incident.page");
}

const char *call_webhook_named(struct arena *a, const char *body, const char *name)
{
	return arena_printf(a, "{\"id\":\"%s\",%s", name, body + 1);
}
