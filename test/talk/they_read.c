/* Readings of a channel's history: what begins them, and what Slack shows. */
#include <stdlib.h>
#include <string.h>

#include "dispatch.h"
#include "redact.h"
#include "store_sweep.h"
#include "they.h"

static void fall_due(struct stage *s, const struct due *due)
{
	struct event ev = {
		.kind = EVENT_DUE,
		.type = "due",
		.received_us = s->now_us,
		.as.due = *due,
	};
	struct fail why;
	const char *reply;
	bool refused;

	if (!store_begin(s->store, &why) ||
		!dispatch_turn(&s->house, s->store, s->arena, &ev, &reply, &refused, &why) ||
		!store_commit(s->store, &why))
		stage_wrong(s, why.text, "a reading");
}

/* N: as `incidentctl recover N` does it */
void channel_is_read(struct stage *s, const char *rest)
{
	fall_due(s, &(struct due){ .what = DUE_ASKED, .incident = strtoll(rest, NULL, 10) });
}

/* Another connection to Slack, after some time without one. */
void connection_is_back(struct stage *s, const char *rest)
{
	(void)rest;
	fall_due(s, &(struct due){ .what = DUE_CONNECTED });
}

/* 1 3: entry 3 of incident 1, as `incidentctl redact` does it */
void it_is_redacted(struct stage *s, const char *rest)
{
	const char *incident = stage_word(s, &rest), *entry = stage_word(s, &rest);
	const struct redact_order order = {
		.incident = strtoll(incident, NULL, 10),
		.which.entry = entry != NULL ? strtoll(entry, NULL, 10) : 0,
		.how = { .at = s->now_us, .by = "root", .why = "it was a mistake" },
		.provenance = "note",
	};
	struct redact_tally tally;
	struct fail why;

	if (!store_begin(s->store, &why) ||
		!redact_entry(s->store, s->arena, &order, &tally, &why) ||
		!store_commit(s->store, &why))
		stage_wrong(s, why.text, "a redaction");
}

/* To the end: copies of what is gone are looked for in all that came and was said. */
void copies_are_swept(struct stage *s, const char *rest)
{
	bool waiting = true;
	struct fail why;

	(void)rest;
	while (waiting) {
		fall_due(s, &(struct due){ .what = DUE_SWEEP });
		if (!store_sweeps_waiting(s->store, &waiting, &why))
			stage_wrong(s, why.text, "sweeps");
	}
}

/* Somebody was listening all the time since all channels were read, an hour ago; then the timer runs. */
void time_has_come(struct stage *s, const char *rest)
{
	(void)rest;
	(void)stage_ask(s,
		"insert into watch (process, began_at, seen_at)"
		" select 'talk', now() - interval '1 day', now() where $1 = 0 returning process",
		0);
	(void)stage_ask(s,
		"update recovery set complete_at = now() - interval '1 hour' where $1 = 0 returning incident",
		0);
	fall_due(s, &(struct due){ .what = DUE_TIMER });
}

/* 1774519250: when the last complete reading of every channel began */
void all_was_read(struct stage *s, const char *rest)
{
	(void)stage_ask(s,
		"update recovery set complete_at = to_timestamp($1::bigint) returning incident",
		strtoll(rest, NULL, 10));
}

/* Slack tells no more of a file that is gone. */
static void put_gone_file(cJSON *message, const char *id)
{
	cJSON *file = cJSON_CreateObject();

	they_put(file, "id", id);
	they_put(file, "mode", "tombstone");
	cJSON_AddItemToArray(cJSON_AddArrayToObject(message, "files"), file);
}

/* What stands behind a sign, up to the next one; *rest is that. */
static const char *part(struct stage *s, const char **rest)
{
	const char *begin = *rest + 1;
	size_t len = strcspn(begin, "@+/^");

	*rest = begin + len;
	return arena_printf(s->arena, "%.*s", (int)len, begin);
}

/* eyes,U3: one person's reaction; or a file that is gone */
static void put_more(struct stage *s, cJSON *message, const char *given)
{
	const char *comma = strchr(given, ',');
	cJSON *all = cJSON_GetObjectItem(message, "reactions"), *one;

	if (comma == NULL) {
		put_gone_file(message, given);
		return;
	}
	one = cJSON_CreateObject();
	if (all == NULL)
		all = cJSON_AddArrayToObject(message, "reactions");
	they_put(one, "name", arena_printf(s->arena, "%.*s", (int)(comma - given), given));
	cJSON_AddNumberToObject(one, "count", 1);
	cJSON_AddItemToArray(cJSON_AddArrayToObject(one, "users"), cJSON_CreateString(comma + 1));
	cJSON_AddItemToArray(all, one);
}

/*
 * TS of a message, TS@EDITED+eyes,U3 edited and with a reaction, TS+FILE with a file that is gone, TS/3 with three replies,
 * TS/3~LAST with the last of them, TS^PARENT for a reply
 */
static void put_place(struct stage *s, cJSON *message, const char *place)
{
	size_t len = strcspn(place, "@+/^");
	const char *behind = place + len;

	they_put(message, "ts", arena_printf(s->arena, "%.*s", (int)len, place));
	if (*behind == '@')
		they_put(cJSON_AddObjectToObject(message, "edited"), "ts", part(s, &behind));
	while (*behind == '+')
		put_more(s, message, part(s, &behind));
	if (*behind == '^')
		they_put(message, "thread_ts", behind + 1);
	if (*behind == '/') {
		they_put(message, "thread_ts", arena_printf(s->arena, "%.*s", (int)len, place));
		cJSON_AddNumberToObject(message, "reply_count", strtod(behind + 1, NULL));
		if (strchr(behind, '~') != NULL)
			they_put(message, "latest_reply", strchr(behind, '~') + 1);
	}
}

enum end { MORE, LAST, HIDDEN };

static void show(struct stage *s, const char *rest, enum end end)
{
	bool more = end == MORE;
	cJSON *body = cJSON_CreateObject(), *meta;
	cJSON *messages = cJSON_AddArrayToObject(body, "messages");
	const char *place;

	cJSON_AddBoolToObject(body, "ok", true);
	cJSON_AddBoolToObject(body, "has_more", more);
	cJSON_AddBoolToObject(body, "is_limited", end == HIDDEN);
	while ((place = stage_word(s, &rest)) != NULL) {
		cJSON *message = cJSON_CreateObject();

		they_put(message, "type", "message");
		put_place(s, message, place);
		they_put(message, "user", stage_word(s, &rest));
		they_put(message, "text", stage_word(s, &rest));
		cJSON_AddItemToArray(messages, message);
	}
	meta = cJSON_AddObjectToObject(body, "response_metadata");
	they_put(meta, "next_cursor", more ? "bmV4dA==" : "");
	they_answer(s, 200, body);
}

/* TS WHO "TEXT" ...: a page behind which there is another */
void slack_shows_a_page(struct stage *s, const char *rest)
{
	show(s, rest, MORE);
}

void slack_shows_the_last_page(struct stage *s, const char *rest)
{
	show(s, rest, LAST);
}

/* Older ones are there, and the workspace has not paid for seeing them. */
void slack_shows_what_is_not_hidden(struct stage *s, const char *rest)
{
	show(s, rest, HIDDEN);
}
