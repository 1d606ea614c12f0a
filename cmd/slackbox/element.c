#include "element.h"

#include <string.h>

#include "workspace.h"

/* How each kind of element tells what was chosen, and where the app may have filled it in. */
enum shape { SHAPE_TEXT, SHAPE_NUMBER, SHAPE_OPTION, SHAPE_OPTIONS, SHAPE_LIST };

struct element_kind {
	const char *type, *member, *initial;
	enum shape shape;
};

/* clang-format off */
static const struct element_kind KINDS[] = {
	{ "plain_text_input",           "value",                  "initial_value",         SHAPE_TEXT },
	{ "email_text_input",           "value",                  "initial_value",         SHAPE_TEXT },
	{ "url_text_input",             "value",                  "initial_value",         SHAPE_TEXT },
	{ "number_input",               "value",                  "initial_value",         SHAPE_TEXT },
	{ "static_select",              "selected_option",        "initial_option",        SHAPE_OPTION },
	{ "external_select",            "selected_option",        "initial_option",        SHAPE_OPTION },
	{ "radio_buttons",              "selected_option",        "initial_option",        SHAPE_OPTION },
	{ "overflow",                   "selected_option",        "initial_option",        SHAPE_OPTION },
	{ "checkboxes",                 "selected_options",       "initial_options",       SHAPE_OPTIONS },
	{ "multi_static_select",        "selected_options",       "initial_options",       SHAPE_OPTIONS },
	{ "users_select",               "selected_user",          "initial_user",          SHAPE_TEXT },
	{ "multi_users_select",         "selected_users",         "initial_users",         SHAPE_LIST },
	{ "channels_select",            "selected_channel",       "initial_channel",       SHAPE_TEXT },
	{ "multi_channels_select",      "selected_channels",      "initial_channels",      SHAPE_LIST },
	{ "conversations_select",       "selected_conversation",  "initial_conversation",  SHAPE_TEXT },
	{ "multi_conversations_select", "selected_conversations", "initial_conversations", SHAPE_LIST },
	{ "datepicker",                 "selected_date",          "initial_date",          SHAPE_TEXT },
	{ "timepicker",                 "selected_time",          "initial_time",          SHAPE_TEXT },
	{ "datetimepicker",             "selected_date_time",     "initial_date_time",     SHAPE_NUMBER },
};
/* clang-format on */

static const struct element_kind *kind_of(const cJSON *element)
{
	const char *type = tree_text(element, "type");

	for (size_t i = 0; type != NULL && i < sizeof KINDS / sizeof KINDS[0]; i++) {
		if (strcmp(KINDS[i].type, type) == 0)
			return &KINDS[i];
	}
	return NULL;
}

static const cJSON *find_in(const cJSON *tree, const char *action_id, const char *value)
{
	const char *id = cJSON_IsObject(tree) ? tree_text(tree, "action_id") : NULL;
	const char *own = id != NULL ? tree_text(tree, "value") : NULL;
	const cJSON *found = NULL, *child;

	if (id != NULL && strcmp(id, action_id) == 0 &&
		(value == NULL || own == NULL || strcmp(own, value) == 0))
		return tree;
	cJSON_ArrayForEach(child, tree)
	{
		found = found != NULL ? found : find_in(child, action_id, value);
	}
	return found;
}

const cJSON *element_find(
	const cJSON *blocks, const char *action_id, const char *value, const cJSON **block_out)
{
	const cJSON *block, *found;

	cJSON_ArrayForEach(block, blocks)
	{
		found = find_in(block, action_id, value);
		if (found != NULL) {
			*block_out = block;
			return found;
		}
	}
	return NULL;
}

static const cJSON *option_in(const cJSON *options, const char *text)
{
	const cJSON *option;

	cJSON_ArrayForEach(option, options)
	{
		const char *value = tree_text(option, "value");
		const char *label =
			tree_text(cJSON_GetObjectItemCaseSensitive(option, "text"), "text");

		if ((value != NULL && strcmp(value, text) == 0) ||
			(label != NULL && strcmp(label, text) == 0))
			return option;
	}
	return NULL;
}

static const cJSON *option_find(const cJSON *element, const cJSON *text)
{
	const cJSON *group, *found = NULL;

	if (!cJSON_IsString(text))
		return NULL;
	found = option_in(cJSON_GetObjectItemCaseSensitive(element, "options"), text->valuestring);
	cJSON_ArrayForEach(group, cJSON_GetObjectItemCaseSensitive(element, "option_groups"))
	{
		const cJSON *options = cJSON_GetObjectItemCaseSensitive(group, "options");

		found = found != NULL ? found : option_in(options, text->valuestring);
	}
	return found;
}

static cJSON *chosen_options(const cJSON *element, const cJSON *texts)
{
	cJSON *list = cJSON_CreateArray();
	const cJSON *text, *option;

	cJSON_ArrayForEach(text, texts)
	{
		option = option_find(element, text);
		if (option == NULL) {
			cJSON_Delete(list);
			return NULL;
		}
		cJSON_AddItemToArray(list, cJSON_Duplicate(option, true));
	}
	return list;
}

static cJSON *chosen(const struct element_kind *kind, const cJSON *element, const cJSON *value)
{
	const cJSON *option;
	cJSON *list;

	switch (kind->shape) {
	case SHAPE_OPTION:
		option = option_find(element, value);
		return option != NULL ? cJSON_Duplicate(option, true) : NULL;
	case SHAPE_OPTIONS:
		if (cJSON_IsArray(value))
			return chosen_options(element, value);
		list = cJSON_CreateArray();
		option = option_find(element, value);
		cJSON_AddItemToArray(list, cJSON_Duplicate(option, true)); /* NULL adds nothing */
		return list;
	case SHAPE_LIST:
		if (cJSON_IsArray(value))
			return cJSON_Duplicate(value, true);
		list = cJSON_CreateArray();
		cJSON_AddItemToArray(list, cJSON_Duplicate(value, true));
		return list;
	default: return cJSON_Duplicate(value, true);
	}
}

cJSON *element_state(const cJSON *element, const cJSON *value)
{
	const struct element_kind *kind = kind_of(element);
	const cJSON *initial;
	cJSON *state, *item;

	if (kind == NULL)
		return NULL;
	initial = cJSON_GetObjectItemCaseSensitive(element, kind->initial);
	if (value != NULL)
		item = chosen(kind, element, value);
	else if (initial != NULL)
		item = cJSON_Duplicate(initial, true);
	else
		item = kind->shape == SHAPE_OPTIONS || kind->shape == SHAPE_LIST
			? cJSON_CreateArray()
			: cJSON_CreateNull();
	if (item == NULL)
		return NULL;
	state = cJSON_CreateObject();
	tree_set_text(state, "type", kind->type);
	tree_set(state, kind->member, item);
	return state;
}

bool element_filled(const cJSON *state)
{
	const struct element_kind *kind = kind_of(state);
	const cJSON *item =
		kind != NULL ? cJSON_GetObjectItemCaseSensitive(state, kind->member) : NULL;

	if (item == NULL)
		return false;
	if (cJSON_IsArray(item))
		return cJSON_GetArraySize(item) > 0;
	if (cJSON_IsString(item))
		return item->valuestring[0] != '\0';
	return !cJSON_IsNull(item);
}
