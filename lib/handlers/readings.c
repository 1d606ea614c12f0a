#include <string.h>

#include "handler.h"
#include "record.h"
#include "recovery.h"
#include "redact.h"
#include "remind.h"

static bool want(struct turn *t, int64_t incident, enum recovery_cause cause, struct fail *why)
{
	struct call *next;

	if (t->house->runs_again)
		return true;
	if (!recovery_want(t->store, t->arena, incident, cause, t->now_us, &next, why))
		return false;
	if (next != NULL)
		turn_say(t, next);
	return true;
}

static bool want_all(struct turn *t, enum recovery_cause cause, struct fail *why)
{
	const int64_t *incidents;
	int count;

	if (!store_recovery_channels(t->store, t->arena, &incidents, &count, why))
		return false;
	for (int i = 0; i < count; i++)
		if (!want(t, incidents[i], cause, why))
			return false;
	return true;
}

/* Archived ones: nobody tells us of those that were brought back while we were away. */
static bool look_at_closed(struct turn *t, struct fail *why)
{
	const struct incident *list;
	int count;

	if (t->house->runs_again)
		return true;
	if (!store_incidents_open(t->store, t->arena, &list, &count, why))
		return false;
	for (int n = 0; n < count; n++)
		if (list[n].channel != NULL && list[n].channel_closed != NULL)
			turn_say(t, call_look_at_channel(t->arena, &list[n]));
	return true;
}

static bool look_around(struct turn *t, enum recovery_cause cause, struct fail *why)
{
	return want_all(t, cause, why) && look_at_closed(t, why) && remind_look(t, why);
}

bool handle_due(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct due *a = &ev->as.due;

	switch (a->what) {
	case DUE_CONNECTED: return look_around(t, RECOVERY_CONNECTED, why);
	case DUE_TIMER: return look_around(t, RECOVERY_TIMER, why);
	case DUE_ALARM: return remind_ring(t, a, why);
	case DUE_ASKED: return want(t, a->incident, RECOVERY_ASKED, why);
	case DUE_SWEEP: return redact_sweep(t, why);
	}
	return true;
}

/* app_rate_limited: for a minute Slack leaves out what it had for us. It is a hole; the watch after it has it read. */
bool handle_limited(struct turn *t, const struct event *ev, struct fail *why)
{
	enum { A_MINUTE_MS = 60000 };

	(void)ev;
	return store_watch_end_all(t->store, "rate limited", A_MINUTE_MS, why);
}

bool turn_read_channel(struct turn *t, int64_t incident, struct fail *why)
{
	return want(t, incident, RECOVERY_JOINED, why);
}

bool turn_lose_channel(struct turn *t, int64_t incident, struct fail *why)
{
	return recovery_lose(t->store, t->arena, incident, "not_in_channel", why);
}

/* What stands on the page. What we said ourselves is no entry. */
static bool write_messages(struct turn *t, const struct answer *got, struct recovery_page *p,
	const struct sighting *how, struct fail *why)
{
	struct us us = { 0 };
	enum news news;

	if (!store_workspace_us(t->store, t->arena, &us.user, &us.bot, why))
		return false;
	t->self = us.user; /* an answer does not say it, as an event does */
	for (int i = 0; i < got->message_count; i++) {
		struct message m = got->messages[i];

		m.channel = p->reading.channel;
		if (m.ts == NULL || record_is_ours(&us, &m))
			continue;
		if (!record_message(t, got->incident, &m, how, &news, why))
			return false;
		got->messages[i].known = news == NEWS_NONE && !m.tombstone;
		p->found += news == NEWS_ALL;
		p->untold |= news == NEWS_ALL && recovery_should_be_told(p, m.ts);
	}
	return true;
}

static bool write_gone(struct turn *t, const struct answer *got, struct recovery_page *p,
	const struct sighting *how, struct fail *why)
{
	for (int i = 0; i < p->gone.count; i++) {
		struct message was = { .channel = p->reading.channel, .ts = p->gone.list[i] };

		if (!record_deletion(t, got->incident, &was, how, why))
			return false;
	}
	p->found += p->gone.count;
	return true;
}

static bool write_down(
	struct turn *t, const struct answer *got, struct recovery_page *p, struct fail *why)
{
	const struct sighting how = {
		.provenance = "recovered", .at_us = p->said_us, .asked_at = p->asked_at
	};

	return write_messages(t, got, p, &how, why) && write_gone(t, got, p, &how, why);
}

/* The answers to conversations.history and conversations.replies of a reading. */
bool handle_page_read(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *got = &ev->as.answer;
	struct recovery_page p;
	struct call *next;

	if (!recovery_page_open(t->store, t->arena, got, t->house->drop_deleted, &p, why))
		return false;
	if (p.stale)
		return true;
	if (!write_down(t, got, &p, why) ||
		!recovery_page_close(t->store, t->arena, got, &p, t->now_us, &next, why))
		return false;
	if (next != NULL)
		turn_say(t, next);
	return true;
}
