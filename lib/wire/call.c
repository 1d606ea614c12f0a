#include "call.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <string.h>

#include "call_private.h"
#include "clock.h"
#include "json.h"

struct call *call_new(struct arena *a, const char *method, const char *lane, const char *purpose)
{
	struct call *c = arena_zeroed(a, sizeof(*c));

	c->method = method;
	c->lane = lane == NULL ? method : arena_printf(a, "%s %s", method, lane);
	c->purpose = purpose;
	return c;
}

void call_open(struct body *b)
{
	*b = (struct body){ 0 };
	b->out.to = &b->buf;
	json_open(&b->out, NULL, '{');
}

struct call *call_close(struct arena *a, struct call *c, struct body *b)
{
	json_close(&b->out);
	c->body = arena_copy(a, b->buf.text);
	buf_done(&b->buf);
	return c;
}

const char *call_nobody(struct arena *a, const char *mrkdwn)
{
	struct buf b = { 0 };
	const char *at = mrkdwn, *text;

	for (const char *special; (special = strstr(at, "<!")) != NULL;) {
		const char *id = special + 2, *end = id + strcspn(id, ">");
		const char *bar = memchr(id, '|', (size_t)(end - id));

		buf_add_bytes(&b, at, (size_t)(special - at));
		buf_add(&b, bar != NULL ? "" : "@");
		id = bar != NULL ? bar + 1 : id;
		buf_add_bytes(&b, id, (size_t)(end - id));
		at = end + (*end == '>');
	}
	buf_add(&b, at);
	text = arena_copy(a, b.text != NULL ? b.text : "");
	buf_done(&b);
	return text;
}

const char *shown_moment(struct arena *a, int64_t us)
{
	char text[CLOCK_RFC3339_ROOM];

	clock_rfc3339(text, us);
	return arena_printf(a, "<!date^%" PRId64 "^{date_short_pretty} {time}|%.10s %.5s UTC>",
		us / 1000000, text, text + 11);
}

static struct call *post(struct arena *a, const char *channel, const char *thread, const char *text)
{
	struct call *c = call_new(a, "chat.postMessage", channel, "posted");
	struct body b;

	call_open(&b);
	json_put_text(&b.out, "channel", channel);
	json_put_text(&b.out, "text", text);
	if (thread != NULL)
		json_put_text(&b.out, "thread_ts", thread);
	json_put_bool(&b.out, "unfurl_links", false);
	json_put_bool(&b.out, "unfurl_media", false);
	return call_close(a, c, &b);
}

struct call *call_post(struct arena *a, const char *channel, const char *thread, const char *text)
{
	return post(a, channel, thread, call_nobody(a, text));
}

struct call *call_update(
	struct arena *a, const char *channel, const char *thread, const char *text, int64_t due_at)
{
	text = call_nobody(a, text);
	if (due_at != 0)
		text = arena_printf(a, "%s\n_Next update by %s._", text, shown_moment(a, due_at));
	return post(a, channel, thread, text);
}

struct call *call_whisper(struct arena *a, const char *channel, const char *thread,
	const char *user, const char *text)
{
	struct call *c = call_new(a, "chat.postEphemeral", channel, "told");
	struct body b;

	call_open(&b);
	json_put_text(&b.out, "channel", channel);
	json_put_text(&b.out, "user", user);
	json_put_text(&b.out, "text", text);
	if (thread != NULL)
		json_put_text(&b.out, "thread_ts", thread);
	return call_close(a, c, &b);
}

struct call *call_respond(struct arena *a, const char *url, const char *user, const char *text)
{
	struct call *c = call_new(a, "response_url", user, "told");
	struct body b;

	c->not_after_ms = CALL_URL_MS;
	call_open(&b);
	json_put_text(&b.out, "response_url", url);
	json_put_text(&b.out, "response_type", "ephemeral");
	json_put_bool(&b.out, "replace_original", false);
	json_put_text(&b.out, "text", text);
	return call_close(a, c, &b);
}

struct call *call_react(struct arena *a, const char *channel, const char *ts, const char *emoji)
{
	struct call *c = call_new(a, "reactions.add", channel, "reacted");
	struct body b;

	call_open(&b);
	json_put_text(&b.out, "channel", channel);
	json_put_text(&b.out, "timestamp", ts);
	json_put_text(&b.out, "name", emoji);
	return call_close(a, c, &b);
}

static struct call *about(struct call *c, const struct incident *i, const char *argument)
{
	c->incident = i->id;
	c->version = i->version;
	c->argument = argument;
	return c;
}

static const char *lane_of(struct arena *a, const struct incident *i)
{
	return arena_printf(a, "%" PRId64, i->id);
}

struct call *call_create_channel(struct arena *a, const struct incident *i, const char *name)
{
	/* A lane of its own: no incident waits for another's channel. */
	struct call *c = call_new(a, "conversations.create", lane_of(a, i), "channel_made");
	struct body b;

	call_open(&b);
	json_put_text(&b.out, "name", name);
	json_put_bool(&b.out, "is_private", i->private);
	return call_close(a, about(c, i, arena_copy(a, name)), &b);
}

struct call *call_rename_channel(struct arena *a, const struct incident *i, const char *name)
{
	struct call *c = call_new(a, "conversations.rename", i->channel, "renamed");
	struct body b;

	call_open(&b);
	json_put_text(&b.out, "channel", i->channel);
	json_put_text(&b.out, "name", name);
	return call_close(a, about(c, i, arena_copy(a, name)), &b);
}

struct call *call_find_channel(
	struct arena *a, const struct incident *i, const char *name, const char *cursor)
{
	struct call *c = call_new(a, "users.conversations", lane_of(a, i), "channel_looked_for");
	struct body b;

	call_open(&b);
	json_put_text(&b.out, "types", "public_channel,private_channel");
	json_put_text(&b.out, "exclude_archived", "true");
	json_put_int(&b.out, "limit", 200);
	if (cursor != NULL)
		json_put_text(&b.out, "cursor", cursor);
	return call_close(a, about(c, i, arena_copy(a, name)), &b);
}

struct call *call_join(struct arena *a, const char *channel)
{
	struct call *c = call_new(a, "conversations.join", channel, "joined");
	struct body b;

	c->argument = arena_copy(a, channel);
	call_open(&b);
	json_put_text(&b.out, "channel", channel);
	return call_close(a, c, &b);
}

struct call *call_invite(struct arena *a, const struct incident *i, const char *users)
{
	struct call *c = call_new(a, "conversations.invite", i->channel, "invited");
	struct body b;

	call_open(&b);
	json_put_text(&b.out, "channel", i->channel);
	json_put_text(&b.out, "users", users);
	/* Without it one who cannot be invited keeps all others out. */
	if (strchr(users, ',') != NULL)
		json_put_bool(&b.out, "force", true);
	return call_close(a, about(c, i, arena_copy(a, users)), &b);
}

struct call *call_bring_in(struct arena *a, const struct incident *i, const char *user)
{
	struct call *c = call_invite(a, i, user);

	c->purpose = "join_answered";
	return c;
}

struct call *call_come_back(struct arena *a, const struct incident *i)
{
	struct call *c = call_join(a, i->channel);

	c->purpose = "came_back";
	return about(c, i, NULL);
}

struct call *call_unarchive(struct arena *a, const struct incident *i)
{
	struct call *c = call_new(a, "conversations.unarchive", i->channel, "unarchived");
	struct body b;

	call_open(&b);
	json_put_text(&b.out, "channel", i->channel);
	return call_close(a, about(c, i, NULL), &b);
}

struct call *call_group_members(struct arena *a, const struct incident *i, const char *group)
{
	struct call *c = call_new(a, "usergroups.users.list", group, "group_known");
	struct body b;

	call_open(&b);
	json_put_text(&b.out, "usergroup", group);
	return call_close(a, about(c, i, arena_copy(a, group)), &b);
}

struct call *call_pin(struct arena *a, const struct incident *i, const char *ts)
{
	struct call *c = call_new(a, "pins.add", i->channel, "pinned");
	struct body b;

	call_open(&b);
	json_put_text(&b.out, "channel", i->channel);
	json_put_text(&b.out, "timestamp", ts);
	return call_close(a, about(c, i, NULL), &b);
}

struct call *call_who_is(struct arena *a, const char *user)
{
	bool bot = *user == 'B';
	struct call *c = call_new(a, bot ? "bots.info" : "users.info", user, "person_known");
	struct body b;

	c->argument = arena_copy(a, user);
	call_open(&b);
	json_put_text(&b.out, bot ? "bot" : "user", user);
	return call_close(a, c, &b);
}

struct call *call_who_asks(struct arena *a, const char *user, const char *key)
{
	struct call *c = call_who_is(a, user);

	c->purpose = "asker_known";
	c->argument = arena_copy(a, key);
	return c;
}

struct call *call_groups(struct arena *a)
{
	struct call *c = call_new(a, "usergroups.list", NULL, "groups_known");
	struct body b;

	c->replaces = "groups"; /* to be asked once is enough */
	call_open(&b);
	json_put_bool(&b.out, "include_disabled", true);
	return call_close(a, c, &b);
}

struct call *call_emoji(struct arena *a)
{
	struct call *c = call_new(a, "emoji.list", NULL, "emoji_known");
	struct body b;

	c->replaces = "emoji"; /* of many changes, one question asks for all */
	call_open(&b);
	return call_close(a, c, &b);
}

struct call *call_which_channel(struct arena *a, const char *channel)
{
	struct call *c = call_new(a, "conversations.info", channel, "channel_known");
	struct body b;

	c->argument = arena_copy(a, channel);
	call_open(&b);
	json_put_text(&b.out, "channel", channel);
	return call_close(a, c, &b);
}

struct call *call_look_at_channel(struct arena *a, const struct incident *i)
{
	struct call *c = call_which_channel(a, i->channel);

	c->purpose = "channel_looked_at";
	return about(c, i, NULL);
}

struct call *call_channel_to_take(struct arena *a, const char *channel)
{
	struct call *c = call_which_channel(a, channel);

	c->purpose = "channel_to_take";
	return c;
}

struct call *call_place(struct arena *a, const char *channel, const char *refused)
{
	struct call *c = call_new(a, "conversations.info", channel, "place_known");
	struct body b;

	c->argument = arena_printf(a, "%s %s", channel, refused);
	call_open(&b);
	json_put_text(&b.out, "channel", channel);
	return call_close(a, c, &b);
}

struct call *call_which_file(struct arena *a, const char *file)
{
	struct call *c = call_new(a, "files.info", file, "file_known");
	struct body b;

	call_open(&b);
	json_put_text(&b.out, "file", file);
	return call_close(a, c, &b);
}

struct call *call_who_leads(struct arena *a, const struct incident *i, const char *user)
{
	struct call *c = call_who_is(a, user);

	c->purpose = "lead_known";
	c->incident = i->id;
	c->version = i->version;
	return c;
}

struct call *call_who_am_i(struct arena *a, const char *desk)
{
	struct call *c = call_new(a, "auth.test", desk, "workspace_known");
	struct body b;

	c->argument = arena_copy(a, desk);
	call_open(&b);
	return call_close(a, c, &b);
}

const char *call_body_with_row(struct arena *a, const char *method, const char *body, int64_t row)
{
	size_t len = strlen(body);

	if (strcmp(method, "chat.postMessage") != 0 || len < 2)
		return body;
	return arena_printf(a,
		"%.*s,\"metadata\":{\"event_type\":\"incidentd\",\"event_payload\":{\"row\":\"%lld\"}}}",
		(int)(len - 1), body, (long long)row);
}

enum { LOOK_PAGE = 200 };

/* Clocks differ: a minute before the first try is early enough. */
static const int64_t LOOK_BACK_US = 60 * 1000000LL;

const char *call_look(struct arena *a, const char *post_body, int64_t first_sent_us,
	const char *cursor, const char **method)
{
	cJSON *post = cJSON_Parse(post_body);
	const char *channel = NULL, *thread = NULL;
	int64_t oldest = first_sent_us - LOOK_BACK_US;
	struct body b;
	struct call c = { 0 };

	*method = NULL;
	if (json_str(json_at(post, "channel", NULL), &channel)) {
		*method = json_str(json_at(post, "thread_ts", NULL), &thread)
			? "conversations.replies"
			: "conversations.history";
		call_open(&b);
		json_put_text(&b.out, "channel", channel);
		if (thread != NULL)
			json_put_text(&b.out, "ts", thread);
		json_put_text(&b.out, "oldest",
			arena_printf(
				a, "%" PRId64 ".%06" PRId64, oldest / 1000000, oldest % 1000000));
		json_put_bool(&b.out, "include_all_metadata", true);
		json_put_int(&b.out, "limit", LOOK_PAGE);
		if (cursor != NULL)
			json_put_text(&b.out, "cursor", cursor);
		(void)call_close(a, &c, &b); /* fills c.body */
	}
	cJSON_Delete(post);
	return c.body;
}
