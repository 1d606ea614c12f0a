#include <cjson/cJSON.h>
#include <string.h>

#include "buf.h"
#include "decode.h"

/* clang-format off */
static const struct json_field SLASH[] = {
	{ "command",      json_str, offsetof(struct slash, command),      JSON_MUST },
	{ "user_id",      json_str, offsetof(struct slash, user),         JSON_MUST },
	{ "channel_id",   json_str, offsetof(struct slash, channel),      JSON_MUST },
	{ "trigger_id",   json_str, offsetof(struct slash, trigger),      JSON_MUST },
	{ "text",         may_str,  offsetof(struct slash, text),         JSON_MAY },
	{ "channel_name", may_str,  offsetof(struct slash, channel_name), JSON_MAY },
	{ "response_url", may_str,  offsetof(struct slash, respond),      JSON_MAY },
};

static const struct json_field PRESS[] = {
	{ "trigger_id",   may_str, offsetof(struct press, trigger), JSON_MAY },
	{ "response_url", may_str, offsetof(struct press, respond), JSON_MAY },
};
static const struct json_field PRESS_USER[] = {
	{ "id", json_str, offsetof(struct press, user), JSON_MUST },
};
static const struct json_field PRESS_ACTION[] = {
	{ "action_id", json_str, offsetof(struct press, action), JSON_MUST },
	{ "block_id",  may_str,  offsetof(struct press, block),  JSON_MAY },
};

static const struct json_field SUBMIT[] = {
	{ "trigger_id", may_str, offsetof(struct submit, trigger), JSON_MAY },
};
static const struct json_field SUBMIT_USER[] = {
	{ "id", json_str, offsetof(struct submit, user), JSON_MUST },
};
static const struct json_field SUBMIT_VIEW[] = {
	{ "id",               json_str, offsetof(struct submit, view),     JSON_MUST },
	{ "callback_id",      json_str, offsetof(struct submit, callback), JSON_MUST },
	{ "private_metadata", may_str,  offsetof(struct submit, metadata), JSON_MAY },
	{ "hash",             may_str,  offsetof(struct submit, hash),     JSON_MAY },
};

/* Where the elements keep what was chosen: one text, or a list of texts or of options. */
static const char *const CHOSEN_ONE[] = {
	"value", "selected_user", "selected_channel", "selected_conversation", "selected_date", "selected_time",
};
static const char *const CHOSEN_MANY[] = {
	"selected_options", "selected_users", "selected_channels", "selected_conversations",
};
/* clang-format on */

bool read_slash(struct event *ev, const struct cJSON *payload, struct fail *why)
{
	return json_read(payload, "slash_commands", SLASH, COUNT(SLASH), &ev->as.slash, why);
}

static const char *chosen_many(struct arena *arena, const struct cJSON *list)
{
	struct buf words = { 0 };
	const cJSON *item;
	const char *copy;

	if (!cJSON_IsArray(list))
		return NULL;
	cJSON_ArrayForEach(item, list)
	{
		const char *word = either(text_of(item), text_of(json_at(item, "value", NULL)));

		if (word != NULL)
			buf_printf(&words, "%s%s", words.len > 0 ? " " : "", word);
	}
	copy = arena_copy(arena, words.text);
	buf_done(&words);
	return copy;
}

/* What an element holds, as text; NULL when nothing was typed or chosen. */
static const char *value_of(struct arena *arena, const struct cJSON *element)
{
	const char *value = text_of(json_at(element, "selected_option", "value", NULL));
	int64_t time;

	for (size_t i = 0; value == NULL && i < COUNT(CHOSEN_ONE); i++)
		value = either(text_of(json_at(element, CHOSEN_ONE[i], NULL)), NULL);
	for (size_t i = 0; value == NULL && i < COUNT(CHOSEN_MANY); i++)
		value = chosen_many(arena, json_at(element, CHOSEN_MANY[i], NULL));
	if (value == NULL && json_int(json_at(element, "selected_date_time", NULL), &time))
		value = arena_printf(arena, "%lld", (long long)time);
	return value;
}

bool read_press(struct event *ev, const struct cJSON *payload, struct fail *why)
{
	const cJSON *action = cJSON_GetArrayItem(json_at(payload, "actions", NULL), 0);
	const cJSON *user = json_at(payload, "user", NULL);
	const cJSON *container = json_at(payload, "container", NULL);
	struct press *p = &ev->as.press;

	if (!json_read(payload, ev->type, PRESS, COUNT(PRESS), p, why) ||
		!json_read(user, "user", PRESS_USER, COUNT(PRESS_USER), p, why) ||
		!json_read(action, "actions[0]", PRESS_ACTION, COUNT(PRESS_ACTION), p, why))
		return false;
	p->value = value_of(ev->arena, action);
	p->channel = either(text_of(json_at(payload, "channel", "id", NULL)),
		text_of(json_at(container, "channel_id", NULL)));
	p->channel = p->channel != NULL ? p->channel : p->user;
	p->message_ts = either(text_of(json_at(container, "message_ts", NULL)),
		text_of(json_at(payload, "message", "ts", NULL)));
	p->view = either(text_of(json_at(container, "view_id", NULL)),
		text_of(json_at(payload, "view", "id", NULL)));
	return true;
}

static void read_fields(struct event *ev, const struct cJSON *values)
{
	struct submit *s = &ev->as.submit;
	struct field *fields;
	const cJSON *block;
	int count = 0;

	if (!cJSON_IsObject(values) || cJSON_GetArraySize(values) == 0)
		return;
	fields = arena_zeroed(ev->arena, (size_t)cJSON_GetArraySize(values) * sizeof(*fields));
	cJSON_ArrayForEach(block, values)
	{
		fields[count++] = (struct field){
			.block = block->string,
			.value = value_of(ev->arena, block->child),
			.as_shown = block->child == NULL,
		};
	}
	s->fields = fields;
	s->count = count;
}

bool read_submit(struct event *ev, const struct cJSON *payload, struct fail *why)
{
	const cJSON *user = json_at(payload, "user", NULL);
	const cJSON *view = json_at(payload, "view", NULL);
	struct submit *s = &ev->as.submit;

	if (!json_read(payload, ev->type, SUBMIT, COUNT(SUBMIT), s, why) ||
		!json_read(user, "user", SUBMIT_USER, COUNT(SUBMIT_USER), s, why) ||
		!json_read(view, "view", SUBMIT_VIEW, COUNT(SUBMIT_VIEW), s, why))
		return false;
	read_fields(ev, json_at(view, "state", "values", NULL));
	return true;
}

/* Of the tab with the messages there is nothing to do. */
bool read_home(struct event *ev, const struct cJSON *event, struct fail *why)
{
	struct home_opened *h = &ev->as.home;

	if (!is_word(text_of(json_at(event, "tab", NULL)), "home")) {
		ev->kind = EVENT_OTHER;
		return true;
	}
	h->user = word_of(json_at(event, "user", NULL));
	h->mark = word_of(json_at(event, "view", "private_metadata", NULL));
	return h->user != NULL || lacks(ev, "user", why);
}
