/* What is said to the daemon: frames as Slack writes them, and Slack's answers. */
#include "they.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "desk.h"

static const char US[] = "UBOT", OUR_APP[] = "A1", TEAM[] = THEIR_TEAM;
static const int64_t SECOND_US = 1000000;

static bool go_on(void *ctx, struct fail *why)
{
	(void)ctx;
	(void)why;
	return true;
}

static void run(struct stage *s, struct item *it)
{
	struct desk_needs needs = { .store = s->store, .house = &s->house, .between = go_on };
	struct items items = { 0 };
	struct tally tally = { 0 };
	struct fail why = { 0 };

	items_put(&items, it);
	if (!desk_run(&needs, &items, &tally, &why))
		stage_wrong(s, why.text, "a database");
	if (tally.failed > 0)
		stage_wrong(s, "a failure: see the log above", "none");
	s->reply = arena_copy(s->arena, it->payload);
	items_done(&items);
}

static struct item *item_new(struct stage *s)
{
	struct item *it = calloc(1, sizeof(*it));

	if (it == NULL)
		abort();
	s->now_us += SECOND_US;
	it->ev.received_us = s->now_us;
	return it;
}

/* 2: that long passes before the next command has its turn. After 3 Slack has given it up. */
void it_takes_seconds(struct stage *s, const char *rest)
{
	s->wait_s = (int)strtol(rest, NULL, 10);
}

static void run_frame(struct stage *s)
{
	struct item *it = item_new(s);
	char *text = cJSON_PrintUnformatted(s->last_frame);
	struct fail why;

	if (!event_read(text, strlen(text), &it->ev, &why))
		stage_wrong(s, why.text, "a good frame");
	it->ev.received_us = s->now_us;
	it->hurry_us = s->wait_s >= 2; /* the year 1970 */
	it->too_late_us = s->wait_s >= 3;
	s->wait_s = 0;
	free(text);
	run(s, it);
}

void they_deliver(struct stage *s, const char *type, cJSON *payload)
{
	cJSON_Delete(s->last_frame);
	s->last_frame = cJSON_CreateObject();
	s->answer = NULL;
	cJSON_AddStringToObject(s->last_frame, "type", type);
	cJSON_AddStringToObject(
		s->last_frame, "envelope_id", arena_printf(s->arena, "envelope-%d", s->count++));
	cJSON_AddItemToObject(s->last_frame, "payload", payload);
	run_frame(s);
}

const char *they_id(struct stage *s, const char *what)
{
	return arena_printf(s->arena, "%s%d", what, s->count);
}

void they_put(cJSON *object, const char *name, const char *value)
{
	cJSON_AddStringToObject(object, name, value);
}

/* C1 U1 /incident declare payments are down */
void they_type(struct stage *s, const char *rest)
{
	cJSON *p = cJSON_CreateObject();
	const char *channel = stage_word(s, &rest), *user = stage_word(s, &rest);
	const char *command = stage_word(s, &rest);

	if (command == NULL)
		stage_wrong(s, rest, "CHANNEL USER /command text");
	they_put(p, "team_id", TEAM);
	they_put(p, "api_app_id", OUR_APP);
	they_put(p, "command", command);
	they_put(p, "text", stage_text(s, rest));
	they_put(p, "user_id", user);
	they_put(p, "channel_id", channel);
	they_put(p, "trigger_id", they_id(s, "trigger"));
	they_put(p, "response_url",
		arena_printf(s->arena, "https://hooks.slack.com/commands/T1/%d", s->count));
	they_deliver(s, "slash_commands", p);
}

const char *they_ts(struct stage *s, const char **rest)
{
	if (strncmp(*rest, "ts=", 3) == 0)
		return stage_word(s, rest) + 3;
	return arena_printf(s->arena, "%" PRId64 ".%06d", s->now_us / SECOND_US, s->count);
}

void they_play(struct stage *s, cJSON *event)
{
	cJSON *p = cJSON_CreateObject();
	cJSON *bot = cJSON_CreateObject();

	they_put(p, "type", "event_callback");
	they_put(p, "team_id", TEAM);
	they_put(p, "api_app_id", OUR_APP);
	they_put(p, "event_id", they_id(s, "Ev"));
	they_put(bot, "user_id", US);
	cJSON_AddItemToArray(cJSON_AddArrayToObject(p, "authorizations"), bot);
	cJSON_AddItemToObject(p, "event", event);
	they_deliver(s, "events_api", p);
}

void they_limit(struct stage *s)
{
	cJSON *p = cJSON_CreateObject();

	they_put(p, "type", "app_rate_limited");
	they_put(p, "team_id", TEAM);
	they_put(p, "api_app_id", OUR_APP);
	cJSON_AddNumberToObject(
		p, "minute_rate_limited", (double)(s->now_us / SECOND_US / 60 * 60));
	they_deliver(s, "events_api", p);
}

struct spoken {
	const char *type, *channel, *user, *ts, *thread, *edited, *text;
};

static void speak(struct stage *s, const struct spoken *said)
{
	cJSON *event = cJSON_CreateObject();

	they_put(event, "type", said->type);
	they_put(event, "channel", said->channel);
	they_put(event, "channel_type", "channel");
	they_put(event, "user", said->user);
	they_put(event, "ts", said->ts);
	they_put(event, "event_ts", said->ts);
	they_put(event, "text", said->text);
	if (said->thread != NULL)
		they_put(event, "thread_ts", said->thread);
	if (said->edited != NULL)
		they_put(cJSON_AddObjectToObject(event, "edited"), "ts", said->edited);
	they_play(s, event);
}

static struct spoken spoken_of(struct stage *s, const char **rest)
{
	struct spoken said = { .type = "message" };

	said.channel = stage_word(s, rest);
	said.user = stage_word(s, rest);
	if (said.user == NULL)
		stage_wrong(s, "", "CHANNEL USER text");
	return said;
}

/* C1 U1 rolling back now */
void they_say(struct stage *s, const char *rest)
{
	struct spoken said = spoken_of(s, &rest);

	said.ts = they_ts(s, &rest);
	said.text = stage_text(s, rest);
	speak(s, &said);
}

/* C1 U1 <ts of the parent> that was it */
void they_reply(struct stage *s, const char *rest)
{
	struct spoken said = spoken_of(s, &rest);

	said.thread = stage_word(s, &rest);
	said.ts = they_ts(s, &rest);
	said.text = stage_text(s, rest);
	speak(s, &said);
}

/* C1 U1 severity P1. Slack sends it twice: as a message, and as a mention. */
void they_mention(struct stage *s, const char *rest)
{
	struct spoken said = spoken_of(s, &rest);

	if (strncmp(rest, "thread=", 7) == 0)
		said.thread = stage_word(s, &rest) + 7;
	said.ts = they_ts(s, &rest);
	said.text = arena_printf(s->arena, "<@%s> %s", US, stage_text(s, rest));
	speak(s, &said);
	said.type = "app_mention";
	speak(s, &said);
}

/* C1 U1 thank you, <@UBOT>: our name somewhere in it; edited=1.5: it is there since then */
void they_name_us(struct stage *s, const char *rest)
{
	struct spoken said = spoken_of(s, &rest);

	if (strncmp(rest, "edited=", 7) == 0)
		said.edited = stage_word(s, &rest) + 7;
	said.ts = they_ts(s, &rest);
	said.text = stage_text(s, rest);
	said.type = "app_mention";
	speak(s, &said);
}

/* what: a member of the person that is true, or NULL */
static void person_changes(struct stage *s, const char *rest, const char *what)
{
	const char *user = stage_word(s, &rest);
	cJSON *event = cJSON_CreateObject(), *person;

	they_put(event, "type", "user_change");
	person = cJSON_AddObjectToObject(event, "user");
	they_put(person, "id", user);
	they_put(person, "team_id", TEAM);
	they_put(person, "name", "handle");
	they_put(cJSON_AddObjectToObject(person, "profile"), "display_name", rest);
	if (what != NULL)
		cJSON_AddBoolToObject(person, what, true);
	they_play(s, event);
}

/* U1 Ann Jones */
void they_are_called(struct stage *s, const char *rest)
{
	person_changes(s, rest, NULL);
}

/* U9 Deploy Bot */
void it_is_a_bot(struct stage *s, const char *rest)
{
	person_changes(s, rest, "is_bot");
}

/* U8 Old Joe */
void they_have_left(struct stage *s, const char *rest)
{
	person_changes(s, rest, "deleted");
}

/* U7 Gus */
void they_are_a_guest(struct stage *s, const char *rest)
{
	person_changes(s, rest, "is_restricted");
}

/* UBOT: as Slack's answer to auth.test said */
void we_are(struct stage *s, const char *rest)
{
	struct fail why;

	if (!store_begin(s->store, &why) ||
		!store_workspace_put(
			s->store, &(struct workspace){ .team = TEAM, .self = rest }, &why) ||
		!store_commit(s->store, &why))
		stage_wrong(s, why.text, "a database");
}

static void run_answer(struct stage *s)
{
	struct item *it = item_new(s);

	it->is_answer = true;
	it->reply.id = s->row;
	it->reply.attempt = (int)strtol(
		stage_ask(s, "select attempts from outbox where id = $1", s->row), NULL, 10);
	it->reply.status = s->status;
	it->reply.body = strdup(s->answer);
	it->reply.look = s->is_look;
	it->reply.may_be_done = s->status != 200;
	run(s, it);
}

void they_answer(struct stage *s, int status, cJSON *body)
{
	char *text = cJSON_PrintUnformatted(body);

	if (s->row == 0)
		stage_wrong(s, "no call", "a call to answer: `we call METHOD` comes first");
	s->answer = arena_copy(s->arena, text);
	s->status = status;
	free(text);
	cJSON_Delete(body);
	run_answer(s);
}

/* channel.id=C9 ts=1.2 */
void slack_answers_ok(struct stage *s, const char *rest)
{
	cJSON *body = cJSON_CreateObject();
	const char *pair;

	cJSON_AddBoolToObject(body, "ok", true);
	while ((pair = stage_word(s, &rest)) != NULL)
		stage_set(s, body, pair);
	they_answer(s, 200, body);
}

/* name_taken */
void slack_answers_error(struct stage *s, const char *rest)
{
	cJSON *body = cJSON_CreateObject();

	cJSON_AddBoolToObject(body, "ok", false);
	they_put(body, "error", stage_word(s, &rest));
	they_answer(s, 200, body);
}

/* 503: the call waits, and is made again */
void slack_answers_status(struct stage *s, const char *rest)
{
	they_answer(s, (int)strtol(rest, NULL, 10), cJSON_CreateObject());
	(void)stage_ask(s,
		"update outbox set taken_until = '-infinity', not_before = now()"
		" where id = $1::bigint returning id",
		s->row);
	s->row--;
}

/* A plain yes to a call, with what that method's answer has. */
static cJSON *yes_to(struct stage *s)
{
	cJSON *asked = cJSON_Parse(s->row_body), *body = cJSON_CreateObject(), *made;
	const char *user = cJSON_GetStringValue(cJSON_GetObjectItem(asked, "user"));
	const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(asked, "name"));

	cJSON_AddBoolToObject(body, "ok", true);
	they_put(body, "ts", arena_printf(s->arena, "900.%06" PRId64, s->row));
	if (strcmp(s->row_method, "conversations.create") == 0) {
		made = cJSON_AddObjectToObject(body, "channel");
		they_put(made, "id", arena_printf(s->arena, "CI%.3s", name + strlen("inc-")));
		they_put(made, "name", name);
	}
	if (strcmp(s->row_method, "users.info") == 0) {
		made = cJSON_AddObjectToObject(body, "user");
		they_put(made, "id", user);
		they_put(made, "team_id", TEAM);
		they_put(made, "real_name", arena_printf(s->arena, "Person %s", user));
	}
	cJSON_Delete(asked);
	return body;
}

/* Every call that waits is answered with yes, and those that follow from it. */
void slack_does_the_rest(struct stage *s, const char *rest)
{
	enum { MOST = 500 };
	static const char OLDEST[] =
		"select min(id) from outbox where state = 'waiting' and $1 = 0";
	const char *id;
	int done = 0;

	(void)rest;
	while ((id = stage_ask(s, OLDEST, 0)) != NULL) {
		if (++done > MOST)
			stage_wrong(s, "calls without end", "an end");
		s->row = strtoll(id, NULL, 10);
		s->row_method = stage_ask(s, "select method from outbox where id = $1", s->row);
		s->row_body = stage_ask(s, "select body from outbox where id = $1", s->row);
		they_answer(s, 200, yes_to(s));
	}
}

static const char *fingerprint(const struct stage *s)
{
	return stage_ask(s,
		"select md5(string_agg(line, '|' order by line)) from ("
		" select 'incident' || i::text from incident i"
		" union all select 'entry' || e::text from entry e"
		" union all select 'action' || a::text from action a"
		" union all select 'person' || p::text from person p"
		" union all select 'revision' || r::text from revision r"
		" union all select 'reaction' || r::text from reaction r"
		" union all select 'file' || f::text from file f"
		" union all select 'alarm' || a::text from alarm a"
		" union all select 'inbox' || n::text from inbox n"
		" union all select 'outbox' || o::text from outbox o) as t(line) where $1 = 0",
		0);
}

/* The last thing comes once more, as Slack repeats it. Nothing may change, and we answer as before. */
void again(struct stage *s, const char *rest)
{
	const char *before = fingerprint(s), *reply = s->reply;
	const char *envelope = arena_printf(s->arena, "envelope-%d", s->count++);

	(void)rest;
	if (s->answer != NULL) {
		run_answer(s);
	} else {
		cJSON_ReplaceItemInObject(
			s->last_frame, "envelope_id", cJSON_CreateString(envelope));
		cJSON_DeleteItemFromObject(s->last_frame, "retry_attempt");
		cJSON_AddNumberToObject(s->last_frame, "retry_attempt", 1);
		run_frame(s);
		if ((reply == NULL) != (s->reply == NULL) ||
			(reply != NULL && strcmp(reply, s->reply) != 0))
			stage_wrong(s, s->reply, reply != NULL ? reply : "no payload");
	}
	if (strcmp(before, fingerprint(s)) != 0)
		stage_wrong(s, "a change", "none: this came before");
}
