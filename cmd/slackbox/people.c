#include "people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "delivery.h"
#include "element.h"

static const char *text_or(const char *text, const char *otherwise)
{
	return text != NULL ? text : otherwise;
}

static void add_trigger(struct box *box, cJSON *payload, const char *user)
{
	char trigger[64];

	world_trigger_new(box->world, user, box_wall_ms(), trigger);
	tree_set_text(payload, "trigger_id", trigger);
}

static void add_action_ts(cJSON *to, const char *name)
{
	int64_t ms = box_wall_ms();
	char ts[40];

	if (snprintf(ts, sizeof ts, "%lld.%06lld", (long long)(ms / 1000),
		    (long long)(ms % 1000) * 1000) < 0)
		abort();
	tree_set_text(to, name, ts);
}

/* What all interactive payloads have. */
static cJSON *payload_new(struct box *box, const char *type, const char *user)
{
	cJSON *payload = cJSON_CreateObject(), *who = cJSON_CreateObject(),
	      *team = cJSON_CreateObject();
	const char *name = text_or(tree_text(world_user(box->world, user), "name"), "someone");

	tree_set_text(payload, "type", type);
	tree_set_text(who, "id", user);
	tree_set_text(who, "username", name);
	tree_set_text(who, "name", name);
	tree_set_text(who, "team_id", TEAM_ID);
	tree_set(payload, "user", who);
	tree_set_text(payload, "api_app_id", APP_ID);
	tree_set_text(payload, "token", "verification-token");
	tree_set_text(team, "id", TEAM_ID);
	tree_set_text(team, "domain", "slackbox");
	tree_set(payload, "team", team);
	tree_set_text(payload, "enterprise", NULL);
	tree_set_yes(payload, "is_enterprise_install", false);
	return payload;
}

const char *people_command(struct box *box, const cJSON *what)
{
	const char *user = world_user_id(box->world, tree_text(what, "user"));
	const char *channel = world_channel_id(box->world, tree_text(what, "channel"));
	const char *command = text_or(tree_text(what, "command"), "/incident");
	struct envelope_about about = {
		.kind = ENVELOPE_COMMAND, .user = user, .channel = channel, .what = command
	};
	cJSON *payload, *blocks = NULL;
	char url[192], *text;
	struct channel *ch;

	if (user == NULL || channel == NULL)
		return user == NULL ? "user_not_found" : "channel_not_found";
	ch = channel_find(box->world, channel);
	payload = cJSON_CreateObject();
	text = typed_text(box->world, text_or(tree_text(what, "text"), ""), &blocks);
	answer_url(box, "commands", user, channel, NULL, url, sizeof url);
	tree_set_text(payload, "token", "verification-token");
	tree_set_text(payload, "team_id", TEAM_ID);
	tree_set_text(payload, "team_domain", "slackbox");
	tree_set_text(payload, "channel_id", channel);
	tree_set_text(payload, "channel_name",
		channel_kind(ch) == CHANNEL_PUBLIC       ? tree_text(ch->about, "name")
			: channel_kind(ch) == CHANNEL_IM ? "directmessage"
							 : "privategroup");
	tree_set_text(payload, "user_id", user);
	tree_set_text(payload, "user_name", tree_text(world_user(box->world, user), "name"));
	tree_set_text(payload, "command", command);
	tree_set_text(payload, "text", text);
	tree_set_text(payload, "api_app_id", APP_ID);
	tree_set_text(payload, "is_enterprise_install", "false");
	tree_set_text(payload, "response_url", url);
	add_trigger(box, payload, user);
	free(text);
	cJSON_Delete(blocks);
	delivery_send(box, &about, payload);
	return NULL;
}

/* --- pressing ---------------------------------------------------------------------------------- */

struct press {
	const char *user, *channel, *action_id, *value;
	const cJSON *message, *view; /* one of them */
	bool ephemeral;
	const cJSON *element, *block;
};

static bool press_try(struct press *p, const cJSON *holder)
{
	const cJSON *blocks = cJSON_GetObjectItemCaseSensitive(holder, "blocks");

	p->element = element_find(blocks, p->action_id, p->value, &p->block);
	if (p->element == NULL) /* a value may name an option of a select instead */
		p->element = element_find(blocks, p->action_id, NULL, &p->block);
	if (p->element == NULL) {
		const cJSON *attachment;

		cJSON_ArrayForEach(
			attachment, cJSON_GetObjectItemCaseSensitive(holder, "attachments"))
		{
			blocks = cJSON_GetObjectItemCaseSensitive(attachment, "blocks");
			p->element = p->element != NULL
				? p->element
				: element_find(blocks, p->action_id, p->value, &p->block);
		}
	}
	return p->element != NULL;
}

static bool press_in_channel(struct press *p, const struct channel *ch, const char *ts)
{
	for (size_t i = ch->n_messages; i-- > 0;) {
		const char *own = tree_text(ch->messages[i], "ts");

		if (ts != NULL && (own == NULL || strcmp(own, ts) != 0))
			continue;
		if (press_try(p, ch->messages[i])) {
			p->message = ch->messages[i];
			return true;
		}
	}
	return false;
}

/* The newest that only this person sees. */
static bool press_in_seen(struct press *p, const struct world *w)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(w->seen, p->user);

	for (int i = cJSON_GetArraySize(list); i-- > 0;) {
		const cJSON *message = cJSON_GetArrayItem(list, i);

		if (press_try(p, message)) {
			p->message = message;
			p->ephemeral = true;
			return true;
		}
	}
	return false;
}

static bool press_find(struct box *box, struct press *p, const cJSON *what)
{
	const struct channel *ch = p->channel != NULL ? channel_find(box->world, p->channel) : NULL;
	const char *ts = tree_text(what, "ts");

	if (ts != NULL && strcmp(ts, "last") == 0)
		ts = NULL;
	if (ch != NULL && press_in_channel(p, ch, ts))
		return true;
	if (ch != NULL && press_in_seen(p, box->world))
		return true;
	p->view = world_view_of(box->world, p->user);
	if (p->view != NULL && press_try(p, p->view))
		return true;
	p->view = world_home_of(box->world, p->user);
	return p->view != NULL && press_try(p, p->view);
}

static cJSON *press_action(const struct press *p)
{
	cJSON *value = p->value != NULL ? cJSON_CreateString(p->value) : NULL;
	cJSON *action = element_state(p->element, value);
	const cJSON *text = cJSON_GetObjectItemCaseSensitive(p->element, "text");
	const char *own = tree_text(p->element, "value");

	cJSON_Delete(value);
	if (action == NULL) { /* a button, or an option that is not there */
		const char *type = tree_text(p->element, "type");

		if (type == NULL || strcmp(type, "button") != 0)
			return NULL;
		action = cJSON_CreateObject();
		tree_set_text(action, "type", "button");
		if (text != NULL)
			tree_set(action, "text", cJSON_Duplicate(text, true));
		if (own != NULL)
			tree_set_text(action, "value", own);
	}
	tree_set_text(action, "action_id", p->action_id);
	tree_set_text(action, "block_id", text_or(tree_text(p->block, "block_id"), "b0"));
	add_action_ts(action, "action_ts");
	return action;
}

static void press_add_message(struct box *box, const struct press *p, cJSON *payload)
{
	cJSON *container = cJSON_CreateObject(), *channel = cJSON_CreateObject();
	const char *ts = tree_text(p->message, "ts"), *thread = tree_text(p->message, "thread_ts");
	char url[192];

	tree_set_text(container, "type", "message");
	tree_set_text(container, "message_ts", ts);
	tree_set_text(container, "channel_id", p->channel);
	tree_set_yes(container, "is_ephemeral", p->ephemeral);
	if (thread != NULL)
		tree_set_text(container, "thread_ts", thread);
	tree_set(payload, "container", container);
	tree_set_text(channel, "id", p->channel);
	tree_set_text(channel, "name", tree_text(world_channel(box->world, p->channel), "name"));
	tree_set(payload, "channel", channel);
	if (!p->ephemeral)
		tree_set(payload, "message", cJSON_Duplicate(p->message, true));
	answer_url(box, "actions", p->user, p->channel, p->ephemeral ? NULL : ts, url, sizeof url);
	tree_set_text(payload, "response_url", url);
	tree_set(payload, "state", cJSON_Parse("{\"values\":{}}"));
}

static void press_add_view(const struct press *p, cJSON *payload)
{
	cJSON *container = cJSON_CreateObject();

	tree_set_text(container, "type", "view");
	tree_set_text(container, "view_id", tree_text(p->view, "id"));
	tree_set(payload, "container", container);
	tree_set(payload, "view", cJSON_Duplicate(p->view, true));
}

const char *people_press(struct box *box, const cJSON *what)
{
	struct press p = { .user = world_user_id(box->world, tree_text(what, "user")),
		.channel = world_channel_id(box->world, tree_text(what, "channel")),
		.action_id = tree_text(what, "action_id"),
		.value = tree_text(what, "value") };
	struct envelope_about about = { .kind = ENVELOPE_INTERACTIVE,
		.user = p.user,
		.channel = p.channel,
		.what = "block_actions" };
	cJSON *payload, *action;

	if (p.user == NULL || p.action_id == NULL)
		return p.user == NULL ? "user_not_found" : "no_action_id";
	if (!press_find(box, &p, what))
		return "action_not_found";
	action = press_action(&p);
	if (action == NULL)
		return "option_not_found";
	payload = payload_new(box, "block_actions", p.user);
	if (p.message != NULL)
		press_add_message(box, &p, payload);
	else
		press_add_view(&p, payload);
	add_trigger(box, payload, p.user);
	cJSON_AddItemToArray(cJSON_AddArrayToObject(payload, "actions"), action);
	delivery_send(box, &about, payload);
	return NULL;
}

/* --- views ------------------------------------------------------------------------------------- */

/* The state of one input block; NULL: the value is not possible. */
static cJSON *submit_block(const cJSON *block, const cJSON *element, const cJSON *values)
{
	const char *block_id = tree_text(block, "block_id"),
		   *action_id = tree_text(element, "action_id");
	const cJSON *of_block = cJSON_GetObjectItemCaseSensitive(values, text_or(block_id, ""));
	const cJSON *value = of_block;

	if (cJSON_IsObject(of_block))
		value = cJSON_GetObjectItemCaseSensitive(of_block, text_or(action_id, ""));
	if (value == NULL)
		value = cJSON_GetObjectItemCaseSensitive(values, text_or(action_id, ""));
	return element_state(element, value);
}

static const char *submit_values(const cJSON *view, const cJSON *given, cJSON *values)
{
	const cJSON *block, *element;

	cJSON_ArrayForEach(block, cJSON_GetObjectItemCaseSensitive(view, "blocks"))
	{
		const char *type = text_or(tree_text(block, "type"), "");
		cJSON *state;

		element = cJSON_GetObjectItemCaseSensitive(block, "element");
		if (strcmp(type, "input") != 0 || element == NULL)
			continue;
		state = submit_block(block, element, given);
		if (state == NULL)
			return "option_not_found";
		tree_set(cJSON_AddObjectToObject(values, text_or(tree_text(block, "block_id"), "")),
			text_or(tree_text(element, "action_id"), ""), state);
		if (!tree_yes(block, "optional") && !element_filled(state))
			return "required_input_is_empty";
	}
	return NULL;
}

const char *people_submit(struct box *box, const cJSON *what)
{
	const char *user = world_user_id(box->world, tree_text(what, "user")), *wrong;
	const cJSON *open = user != NULL ? world_view_of(box->world, user) : NULL;
	struct envelope_about about = {
		.kind = ENVELOPE_INTERACTIVE, .user = user, .what = "view_submission"
	};
	cJSON *view, *state, *payload;

	if (open == NULL)
		return user == NULL ? "user_not_found" : "no_view_is_open";
	view = cJSON_Duplicate(open, true);
	state = cJSON_CreateObject();
	wrong = submit_values(open, cJSON_GetObjectItemCaseSensitive(what, "values"),
		cJSON_AddObjectToObject(state, "values"));
	tree_set(view, "state", state);
	if (wrong != NULL) {
		cJSON_Delete(view);
		return wrong;
	}
	payload = payload_new(box, "view_submission", user);
	tree_set(payload, "view", view);
	cJSON_AddArrayToObject(payload, "response_urls");
	add_trigger(box, payload, user);
	delivery_send(box, &about, payload);
	return NULL;
}

const char *people_close_view(struct box *box, const cJSON *what)
{
	const char *user = world_user_id(box->world, tree_text(what, "user"));
	const cJSON *open = user != NULL ? world_view_of(box->world, user) : NULL;
	struct envelope_about about = {
		.kind = ENVELOPE_INTERACTIVE, .user = user, .what = "view_closed"
	};
	cJSON *payload;

	if (open == NULL)
		return user == NULL ? "user_not_found" : "no_view_is_open";
	if (tree_yes(open, "notify_on_close")) {
		payload = payload_new(box, "view_closed", user);
		tree_set(payload, "view", cJSON_Duplicate(open, true));
		tree_set_yes(payload, "is_cleared", false);
		delivery_send(box, &about, payload);
	}
	world_view_close(box->world, user);
	return NULL;
}

static const char *shortcut_add_message(
	struct box *box, const cJSON *what, cJSON *payload, const char *user)
{
	const char *channel = world_channel_id(box->world, tree_text(what, "channel"));
	const char *ts = tree_text(what, "ts");
	const cJSON *message = channel != NULL ? world_message(box->world, channel, ts) : NULL;
	cJSON *where = cJSON_CreateObject();
	char url[192];

	tree_set(payload, "channel", where);
	if (message == NULL)
		return "message_not_found";
	tree_set_text(where, "id", channel);
	tree_set_text(where, "name", tree_text(world_channel(box->world, channel), "name"));
	tree_set_text(payload, "message_ts", ts);
	tree_set(payload, "message", cJSON_Duplicate(message, true));
	answer_url(box, "actions", user, channel, ts, url, sizeof url);
	tree_set_text(payload, "response_url", url);
	return NULL;
}

const char *people_shortcut(struct box *box, const cJSON *what)
{
	const char *user = world_user_id(box->world, tree_text(what, "user")), *wrong = NULL;
	const char *type = tree_text(what, "ts") != NULL ? "message_action" : "shortcut";
	struct envelope_about about = { .kind = ENVELOPE_INTERACTIVE, .user = user, .what = type };
	cJSON *payload;

	if (user == NULL)
		return "user_not_found";
	payload = payload_new(box, type, user);
	tree_set_text(payload, "callback_id", tree_text(what, "callback_id"));
	add_action_ts(payload, "action_ts");
	add_trigger(box, payload, user);
	if (tree_text(what, "ts") != NULL)
		wrong = shortcut_add_message(box, what, payload, user);
	if (wrong != NULL) {
		cJSON_Delete(payload);
		return wrong;
	}
	delivery_send(box, &about, payload);
	return NULL;
}
