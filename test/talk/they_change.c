/* What becomes of messages: edits, deletions, files, reactions, pins, and the channel's own life. */
#include <string.h>

#include "they.h"

/* The words of a line before its text: name=value, of which each may be left out. */
struct details {
	const char *at, *ts, *was, *by, *thread, *subtype, *file, *bot, *edited, *block, *was_block;
};

static bool take(struct stage *s, const char **rest, const char *name, const char **value)
{
	size_t len = strlen(name);

	if (strncmp(*rest, name, len) != 0 || (*rest)[len] != '=')
		return false;
	*value = stage_word(s, rest) + len + 1;
	return true;
}

static struct details details_of(struct stage *s, const char **rest)
{
	struct details d = { 0 };

	while (take(s, rest, "at", &d.at) || take(s, rest, "ts", &d.ts) ||
		take(s, rest, "was", &d.was) || take(s, rest, "by", &d.by) ||
		take(s, rest, "thread", &d.thread) || take(s, rest, "subtype", &d.subtype) ||
		take(s, rest, "file", &d.file) || take(s, rest, "bot", &d.bot) ||
		take(s, rest, "edited", &d.edited) || take(s, rest, "block", &d.block) ||
		take(s, rest, "was_block", &d.was_block))
		;
	return d;
}

static const char *moment(struct stage *s, const char *given)
{
	const char *none = "";

	return given != NULL ? given : they_ts(s, &none);
}

static void put_some(cJSON *object, const char *name, const char *value)
{
	if (value != NULL)
		they_put(object, name, value);
}

static cJSON *message(const char *user, const char *ts, const char *text)
{
	cJSON *m = cJSON_CreateObject();

	they_put(m, "type", "message");
	put_some(m, "user", user);
	they_put(m, "ts", ts);
	they_put(m, "text", text);
	return m;
}

void they_put_file(struct stage *s, cJSON *m, const char *file)
{
	const char *comma = file != NULL ? strchr(file, ',') : NULL;
	cJSON *f;

	if (comma == NULL)
		return;
	f = cJSON_CreateObject();
	they_put(f, "id", arena_printf(s->arena, "%.*s", (int)(comma - file), file));
	they_put(f, "name", comma + 1);
	they_put(f, "permalink",
		arena_printf(s->arena, "https://acme.slack.com/files/%s", comma + 1));
	cJSON_AddItemToArray(cJSON_AddArrayToObject(m, "files"), f);
}

/* block="what stands in it", of a message that has one. Slack gives it another id each time. */
static void put_block(struct stage *s, cJSON *m, const char *words)
{
	cJSON *block, *text;

	if (words == NULL)
		return;
	block = cJSON_CreateObject();
	they_put(block, "type", "section");
	they_put(block, "block_id", arena_printf(s->arena, "b%d", s->count));
	text = cJSON_AddObjectToObject(block, "text");
	they_put(text, "type", "mrkdwn");
	they_put(text, "text", words);
	cJSON_AddItemToArray(cJSON_AddArrayToObject(m, "blocks"), block);
}

/* C1 U1 ts=1.5 thread=1.2 subtype=thread_broadcast bot=B1 file=F1,trace.png text */
void they_post(struct stage *s, const char *rest)
{
	const char *channel = stage_word(s, &rest), *user = stage_word(s, &rest);
	struct details d = details_of(s, &rest);
	const char *ts = moment(s, d.ts);
	cJSON *m = message(strcmp(user, "-") != 0 ? user : NULL, ts, stage_text(s, rest));

	they_put(m, "channel", channel);
	they_put(m, "event_ts", d.at != NULL ? d.at : ts);
	put_some(m, "thread_ts", d.thread);
	put_some(m, "subtype", d.subtype);
	put_some(m, "bot_id", d.bot);
	if (d.bot != NULL)
		they_put(m, "username", d.by != NULL ? d.by : d.bot);
	they_put_file(s, m, d.file);
	put_block(s, m, d.block);
	they_play(s, m);
}

static cJSON *change(const char *channel, const char *subtype, const char *at)
{
	cJSON *event = cJSON_CreateObject();

	they_put(event, "type", "message");
	they_put(event, "subtype", subtype);
	cJSON_AddTrueToObject(event, "hidden");
	they_put(event, "channel", channel);
	they_put(event, "ts", at);
	they_put(event, "event_ts", at);
	return event;
}

/* C1 U1 1.5 at=2.0 was="what it said" edited=1.9 what it says now: an edit by a person, in whole seconds */
void they_edit(struct stage *s, const char *rest)
{
	const char *channel = stage_word(s, &rest), *user = stage_word(s, &rest);
	const char *ts = stage_word(s, &rest);
	struct details d = details_of(s, &rest);
	const char *at = moment(s, d.at);
	cJSON *event = change(channel, "message_changed", at), *now, *edited, *was;

	now = message(user, ts, stage_text(s, rest));
	edited = cJSON_AddObjectToObject(now, "edited");
	they_put(edited, "user", user);
	they_put(edited, "ts", arena_printf(s->arena, "%.*s.000000", (int)strcspn(at, "."), at));
	cJSON_AddItemToObject(event, "message", now);
	if (d.was != NULL) {
		was = message(user, ts, stage_text(s, d.was));
		if (d.edited != NULL)
			they_put(cJSON_AddObjectToObject(was, "edited"), "ts", d.edited);
		cJSON_AddItemToObject(event, "previous_message", was);
	}
	they_play(s, event);
}

/* C1 U1 1.5 at=2.0 was="what it said" what it says now: no person edits: a bot's update, an unfurled link */
void they_update(struct stage *s, const char *rest)
{
	const char *channel = stage_word(s, &rest), *user = stage_word(s, &rest);
	const char *ts = stage_word(s, &rest);
	struct details d = details_of(s, &rest);
	cJSON *event = change(channel, "message_changed", moment(s, d.at)), *now, *was;

	now = message(user, ts, stage_text(s, rest));
	put_block(s, now, d.block);
	cJSON_AddItemToObject(event, "message", now);
	if (d.was != NULL) {
		was = message(user, ts, stage_text(s, d.was));
		put_block(s, was, d.was_block);
		cJSON_AddItemToObject(event, "previous_message", was);
	}
	they_play(s, event);
}

/* C1 U1 1.5 at=2.0 was="what it said" */
void they_delete(struct stage *s, const char *rest)
{
	const char *channel = stage_word(s, &rest), *user = stage_word(s, &rest);
	const char *ts = stage_word(s, &rest);
	struct details d = details_of(s, &rest);
	cJSON *event = change(channel, "message_deleted", moment(s, d.at));

	they_put(event, "deleted_ts", ts);
	if (d.was != NULL)
		cJSON_AddItemToObject(
			event, "previous_message", message(user, ts, stage_text(s, d.was)));
	they_play(s, event);
}

/* The same, of a message that has replies: a stone stays in its place. */
void they_bury(struct stage *s, const char *rest)
{
	const char *channel = stage_word(s, &rest), *user = stage_word(s, &rest);
	const char *ts = stage_word(s, &rest);
	struct details d = details_of(s, &rest);
	cJSON *event = change(channel, "message_changed", moment(s, d.at)), *stone;

	stone = message("USLACKBOT", ts, "This message was deleted.");
	they_put(stone, "subtype", "tombstone");
	they_put(stone, "thread_ts", ts);
	cJSON_AddItemToObject(event, "message", stone);
	if (d.was != NULL)
		cJSON_AddItemToObject(
			event, "previous_message", message(user, ts, stage_text(s, d.was)));
	they_play(s, event);
}

static void react(struct stage *s, const char *rest, const char *type)
{
	const char *channel = stage_word(s, &rest), *user = stage_word(s, &rest);
	const char *ts = stage_word(s, &rest), *name = stage_word(s, &rest);
	struct details d = details_of(s, &rest);
	cJSON *event = cJSON_CreateObject(), *item;

	if (name == NULL)
		stage_wrong(s, rest, "CHANNEL USER TS NAME");
	they_put(event, "type", type);
	they_put(event, "user", user);
	they_put(event, "reaction", name);
	put_some(event, "item_user", d.by);
	they_put(event, "event_ts", moment(s, d.at));
	item = cJSON_AddObjectToObject(event, "item");
	they_put(item, "type", "message");
	they_put(item, "channel", channel);
	they_put(item, "ts", ts);
	they_play(s, event);
}

/* C1 U1 1.5 tada at=2.0 by=U2: U2 wrote what U1 reacts to */
void they_react(struct stage *s, const char *rest)
{
	react(s, rest, "reaction_added");
}

void they_unreact(struct stage *s, const char *rest)
{
	react(s, rest, "reaction_removed");
}

static void pin(struct stage *s, const char *rest, const char *type)
{
	const char *channel = stage_word(s, &rest), *user = stage_word(s, &rest);
	const char *ts = stage_word(s, &rest);
	struct details d = details_of(s, &rest);
	cJSON *event = cJSON_CreateObject(), *item;

	if (ts == NULL)
		stage_wrong(s, rest, "CHANNEL USER TS text");
	they_put(event, "type", type);
	they_put(event, "user", user);
	they_put(event, "channel_id", channel);
	they_put(event, "event_ts", moment(s, d.at));
	item = cJSON_AddObjectToObject(event, "item");
	they_put(item, "type", "message");
	they_put(item, "channel", channel);
	cJSON_AddItemToObject(
		item, "message", message(d.by != NULL ? d.by : user, ts, stage_text(s, rest)));
	they_play(s, event);
}

/* C1 U1 1.5 by=U2 what it says */
void they_pin(struct stage *s, const char *rest)
{
	pin(s, rest, "pin_added");
}

void they_unpin(struct stage *s, const char *rest)
{
	pin(s, rest, "pin_removed");
}

/* member_joined_channel channel=C1 user=U1: any event, by its members; "event" is its type */
void they_send(struct stage *s, const char *rest)
{
	cJSON *event = cJSON_CreateObject();
	const char *type = stage_word(s, &rest), *pair;
	bool timed = false;

	they_put(event, "type", type);
	while ((pair = stage_word(s, &rest)) != NULL) {
		stage_set(s, event, pair);
		timed = timed || strncmp(pair, "event_ts=", 9) == 0;
	}
	if (!timed)
		they_put(event, "event_ts", moment(s, NULL));
	they_play(s, event);
}
