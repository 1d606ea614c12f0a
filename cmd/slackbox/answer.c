#include "answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clock.h"

enum { USES = 5, GOOD_FOR_MS = 30 * 60 * 1000 };

void answer_url(struct box *box, const char *kind, const char *user, const char *channel,
	const char *ts, char *out, size_t room)
{
	cJSON *url = cJSON_CreateObject();
	char path[96] = { 0 }, id[16] = { 0 }, secret[32] = { 0 };

	box_random_text(box, id, 12);
	box_random_text(box, secret, 24);
	if (snprintf(path, sizeof path, "/%s/%s/%s/%s", kind, TEAM_ID, id, secret) < 0)
		abort();
	tree_set_text(url, "user", user);
	tree_set_text(url, "channel", channel);
	if (ts != NULL)
		tree_set_text(url, "ts", ts);
	tree_set_int(url, "uses", USES);
	tree_set_int(url, "good_until", clock_ms() + box_scaled(box, GOOD_FOR_MS));
	tree_set(box->urls, path, url);
	if (snprintf(out, room, "https://127.0.0.1:%u%s", server_port(box->server), path) >=
		(int)room)
		abort();
}

/* Posted by the app without being a member, as answers are. */
static void answer_post(
	struct box *box, const char *channel, const cJSON *message, const char *thread)
{
	struct channel *ch = channel_find(box->world, channel);
	const cJSON *blocks = cJSON_GetObjectItemCaseSensitive(message, "blocks");
	const char *text = tree_text(message, "text");
	char *kept = posted_text(text != NULL ? text : "");
	cJSON *posted = message_by(BOT_USER, NULL, kept);

	free(kept);
	world_time(box->world, box_wall_ms());
	tree_set_text(posted, "bot_id", BOT_ID);
	tree_set_text(posted, "app_id", APP_ID);
	if (blocks != NULL)
		tree_set(posted, "blocks", cJSON_Duplicate(blocks, true));
	if (thread != NULL)
		tree_set_text(posted, "thread_ts", thread);
	if (ch != NULL)
		(void)message_post(box->world, ch, posted);
	else
		cJSON_Delete(posted);
}

static void answer_show(
	struct box *box, const char *user, const char *channel, const cJSON *message)
{
	const char *type = tree_text(message, "response_type");

	if (type != NULL && strcmp(type, "in_channel") == 0)
		answer_post(box, channel, message, tree_text(message, "thread_ts"));
	else
		world_show_to(box->world, user, channel, message);
}

static void answer_replace(struct box *box, struct channel *ch, cJSON *old, const cJSON *message)
{
	cJSON *before = cJSON_Duplicate(old, true);
	const cJSON *blocks = cJSON_GetObjectItemCaseSensitive(message, "blocks");
	const char *text = tree_text(message, "text");
	char *kept = posted_text(text != NULL ? text : "");

	world_time(box->world, box_wall_ms());
	tree_set_text(old, "text", kept);
	tree_drop(old, "blocks");
	if (blocks != NULL)
		tree_set(old, "blocks", cJSON_Duplicate(blocks, true));
	message_changed(box->world, ch, old, before);
	free(kept);
}

/* true: the answer was about the message that was pressed on, and is done. */
static bool answer_original(struct box *box, const cJSON *url, const cJSON *message)
{
	const char *ts = tree_text(url, "ts");
	struct channel *ch = channel_find(box->world, tree_text(url, "channel"));
	cJSON *old = ch != NULL && ts != NULL ? message_find(ch, ts) : NULL;

	if (old == NULL)
		return false;
	if (tree_yes(message, "delete_original")) {
		message_delete(box->world, ch, ts);
		return true;
	}
	if (!tree_yes(message, "replace_original"))
		return false;
	answer_replace(box, ch, old, message);
	return true;
}

static const char *answer_refusal(const cJSON *url)
{
	const cJSON *until = cJSON_GetObjectItemCaseSensitive(url, "good_until");
	const cJSON *uses = cJSON_GetObjectItemCaseSensitive(url, "uses");

	if (url == NULL || (int64_t)cJSON_GetNumberValue(until) < clock_ms())
		return "expired_url";
	return cJSON_GetNumberValue(uses) < 1 ? "used_url" : NULL;
}

/* It is taken all the same, as Slack takes it: but who sends this gives a secret away, or is not understood elsewhere. */
static void answer_look(struct box *box, const struct request *r, const cJSON *message)
{
	const char *type = request_header(r, "Content-Type");

	if (request_header(r, "Authorization") != NULL || tree_text(message, "token") != NULL)
		world_finding(box->world, "a token was sent to a response_url");
	if (type == NULL || strncasecmp(type, "application/json", 16) != 0)
		world_finding(
			box->world, "what was sent to a response_url does not say that it is JSON");
	if (tree_text(message, "text") == NULL &&
		cJSON_GetObjectItemCaseSensitive(message, "blocks") == NULL)
		world_finding(box->world, "nothing was said at a response_url");
}

void answer_request(struct box *box, struct request *r)
{
	cJSON *url = cJSON_GetObjectItemCaseSensitive(box->urls, request_path(r));
	const char *refusal = answer_refusal(url);
	cJSON *message = cJSON_Parse(request_body(r));

	if (refusal == NULL && !cJSON_IsObject(message)) {
		request_answer(r, 400, "text/plain", "invalid_payload");
	} else if (refusal != NULL) {
		world_finding(box->world, "a response_url was used in vain: %s", refusal);
		request_answer(r, 404, "text/plain", refusal);
	} else {
		answer_look(box, r, message);
		tree_set_int(url, "uses",
			(int64_t)cJSON_GetNumberValue(
				cJSON_GetObjectItemCaseSensitive(url, "uses")) -
				1);
		if (!answer_original(box, url, message))
			answer_show(
				box, tree_text(url, "user"), tree_text(url, "channel"), message);
		request_answer(r, 200, "text/plain", "ok");
	}
	cJSON_Delete(message);
}

static void answer_say(struct box *box, const char *user, const char *channel, const char *text)
{
	cJSON *message = cJSON_CreateString(text);

	world_show_to(box->world, user, channel, message);
	cJSON_Delete(message);
}

void answer_ack(struct box *box, const char *user, const char *channel, const char *what,
	const cJSON *payload)
{
	bool empty = !cJSON_IsObject(payload) || payload->child == NULL;
	const char *wrong;

	if (strcmp(what, "view_submission") == 0) {
		wrong = world_view_answer(box->world, user, empty ? NULL : payload, box_wall_ms());
		if (wrong != NULL) {
			world_finding(box->world, "the answer to a view_submission: %s", wrong);
			answer_say(
				box, user, channel, "We had some trouble connecting. Try again?");
		}
	} else if (what[0] == '/' && !empty) {
		answer_show(box, user, channel, payload);
	} else if (!empty && strcmp(what, "block_suggestion") != 0) {
		world_finding(box->world, "an ack of %s with a payload", what);
	}
}

void answer_failed(
	struct box *box, const char *user, const char *channel, const char *what, const char *error)
{
	char text[160];

	if (what[0] != '/')
		error = "We had some trouble connecting. Try again?";
	if (snprintf(text, sizeof text,
		    what[0] == '/' ? "%s failed with the error \"%s\"" : "%s: %s", what, error) < 0)
		abort();
	answer_say(box, user, channel, text);
}
