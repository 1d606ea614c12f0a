#include "block_rules.h"

#include <string.h>

/* clang-format off */
#define EVERY_BLOCK(of)   { of, "block_id", RULE_TEXT, false, 255, NULL }
#define EVERY_ELEMENT(of) { of, "action_id", RULE_TEXT, false, 255, NULL }
#define ASKS(of)          { of, "confirm", RULE_PART, false, 0, "confirm" }
#define FOCUS(of)         { of, "focus_on_load", RULE_YES, false, 0, NULL }
#define HOLDS(of)         { of, "placeholder", RULE_PLAIN, false, 150, NULL }
#define SELECT(of)        EVERY_ELEMENT(of), ASKS(of), FOCUS(of), HOLDS(of)
#define URL_OF_CHOICE(of) { of, "response_url_enabled", RULE_YES, false, 0, NULL }
#define MOST_CHOSEN(of)   { of, "max_selected_items", RULE_NUMBER, false, 0, NULL }

static const struct block_rule RULES[] = {
	{ "modal", "title", RULE_PLAIN, true, 24, NULL },
	{ "modal", "blocks", RULE_BLOCKS, true, 100, "modal" },
	{ "modal", "close", RULE_PLAIN, false, 24, NULL },
	{ "modal", "submit", RULE_PLAIN, false, 24, NULL },
	{ "modal", "private_metadata", RULE_TEXT, false, 3000, NULL },
	{ "modal", "callback_id", RULE_TEXT, false, 255, NULL },
	{ "modal", "external_id", RULE_TEXT, false, 255, NULL },
	{ "modal", "clear_on_close", RULE_YES, false, 0, NULL },
	{ "modal", "notify_on_close", RULE_YES, false, 0, NULL },
	{ "modal", "submit_disabled", RULE_YES, false, 0, NULL },
	{ "home", "blocks", RULE_BLOCKS, true, 100, "home" },
	{ "home", "private_metadata", RULE_TEXT, false, 3000, NULL },
	{ "home", "callback_id", RULE_TEXT, false, 255, NULL },
	{ "home", "external_id", RULE_TEXT, false, 255, NULL },

	EVERY_BLOCK("section"),
	{ "section", "text", RULE_WORDS, false, 3000, NULL },
	{ "section", "fields", RULE_FIELDS, false, 10, NULL },
	{ "section", "accessory", RULE_ELEMENT, false, 0, "section" },
	{ "section", "expand", RULE_YES, false, 0, NULL },
	EVERY_BLOCK("header"),
	{ "header", "text", RULE_PLAIN, true, 150, NULL },
	{ "header", "level", RULE_NUMBER, false, 0, NULL },
	EVERY_BLOCK("divider"),
	EVERY_BLOCK("context"),
	{ "context", "elements", RULE_ELEMENTS, true, 10, "context" },
	EVERY_BLOCK("actions"),
	{ "actions", "elements", RULE_ELEMENTS, true, 25, "actions" },
	EVERY_BLOCK("input"),
	{ "input", "label", RULE_PLAIN, true, 2000, NULL },
	{ "input", "element", RULE_ELEMENT, true, 0, "input" },
	{ "input", "hint", RULE_PLAIN, false, 2000, NULL },
	{ "input", "optional", RULE_YES, false, 0, NULL },
	{ "input", "dispatch_action", RULE_YES, false, 0, NULL },
	EVERY_BLOCK("image"),
	{ "image", "image_url", RULE_TEXT, false, 3000, NULL },
	{ "image", "slack_file", RULE_ANY, false, 0, NULL },
	{ "image", "alt_text", RULE_TEXT, true, 2000, NULL },
	{ "image", "title", RULE_PLAIN, false, 2000, NULL },
	EVERY_BLOCK("markdown"),
	{ "markdown", "text", RULE_TEXT, true, 12000, NULL },
	EVERY_BLOCK("rich_text"),
	{ "rich_text", "elements", RULE_ANY, true, 0, NULL },
	EVERY_BLOCK("table"),
	{ "table", "rows", RULE_ANY, true, 100, NULL },
	{ "table", "column_settings", RULE_ANY, false, 20, NULL },
	EVERY_BLOCK("video"),
	{ "video", "alt_text", RULE_TEXT, true, 2000, NULL },
	{ "video", "title", RULE_PLAIN, true, 200, NULL },
	{ "video", "thumbnail_url", RULE_TEXT, true, 3000, NULL },
	{ "video", "video_url", RULE_TEXT, true, 3000, NULL },
	{ "video", "author_name", RULE_TEXT, false, 50, NULL },
	{ "video", "description", RULE_PLAIN, false, 200, NULL },
	{ "video", "title_url", RULE_TEXT, false, 3000, NULL },
	{ "video", "provider_name", RULE_TEXT, false, 50, NULL },
	{ "video", "provider_icon_url", RULE_TEXT, false, 3000, NULL },

	EVERY_ELEMENT("button"), ASKS("button"),
	{ "button", "text", RULE_PLAIN, true, 75, NULL },
	{ "button", "value", RULE_TEXT, false, 2000, NULL },
	{ "button", "url", RULE_TEXT, false, 3000, NULL },
	{ "button", "style", RULE_TEXT, false, 10, NULL },
	{ "button", "accessibility_label", RULE_TEXT, false, 75, NULL },
	SELECT("static_select"),
	{ "static_select", "options", RULE_PARTS, false, 100, "option" },
	{ "static_select", "option_groups", RULE_PARTS, false, 100, "option_group" },
	{ "static_select", "initial_option", RULE_PART, false, 0, "option" },
	SELECT("multi_static_select"), MOST_CHOSEN("multi_static_select"),
	{ "multi_static_select", "options", RULE_PARTS, false, 100, "option" },
	{ "multi_static_select", "option_groups", RULE_PARTS, false, 100, "option_group" },
	{ "multi_static_select", "initial_options", RULE_PARTS, false, 100, "option" },
	SELECT("external_select"),
	{ "external_select", "initial_option", RULE_PART, false, 0, "option" },
	{ "external_select", "min_query_length", RULE_NUMBER, false, 0, NULL },
	SELECT("multi_external_select"), MOST_CHOSEN("multi_external_select"),
	{ "multi_external_select", "initial_options", RULE_PARTS, false, 100, "option" },
	{ "multi_external_select", "min_query_length", RULE_NUMBER, false, 0, NULL },
	SELECT("users_select"),
	{ "users_select", "initial_user", RULE_TEXT, false, 32, NULL },
	SELECT("multi_users_select"), MOST_CHOSEN("multi_users_select"),
	{ "multi_users_select", "initial_users", RULE_ANY, false, 0, NULL },
	SELECT("conversations_select"), URL_OF_CHOICE("conversations_select"),
	{ "conversations_select", "initial_conversation", RULE_TEXT, false, 32, NULL },
	{ "conversations_select", "default_to_current_conversation", RULE_YES, false, 0, NULL },
	{ "conversations_select", "filter", RULE_ANY, false, 0, NULL },
	SELECT("multi_conversations_select"), MOST_CHOSEN("multi_conversations_select"),
	{ "multi_conversations_select", "initial_conversations", RULE_ANY, false, 0, NULL },
	{ "multi_conversations_select", "default_to_current_conversation", RULE_YES, false, 0, NULL },
	{ "multi_conversations_select", "filter", RULE_ANY, false, 0, NULL },
	SELECT("channels_select"), URL_OF_CHOICE("channels_select"),
	{ "channels_select", "initial_channel", RULE_TEXT, false, 32, NULL },
	SELECT("multi_channels_select"), MOST_CHOSEN("multi_channels_select"),
	{ "multi_channels_select", "initial_channels", RULE_ANY, false, 0, NULL },
	EVERY_ELEMENT("overflow"), ASKS("overflow"),
	{ "overflow", "options", RULE_PARTS, true, 5, "option" },
	EVERY_ELEMENT("checkboxes"), ASKS("checkboxes"), FOCUS("checkboxes"),
	{ "checkboxes", "options", RULE_PARTS, true, 10, "option" },
	{ "checkboxes", "initial_options", RULE_PARTS, false, 10, "option" },
	EVERY_ELEMENT("radio_buttons"), ASKS("radio_buttons"), FOCUS("radio_buttons"),
	{ "radio_buttons", "options", RULE_PARTS, true, 10, "option" },
	{ "radio_buttons", "initial_option", RULE_PART, false, 0, "option" },
	SELECT("datepicker"),
	{ "datepicker", "initial_date", RULE_TEXT, false, 10, NULL },
	SELECT("timepicker"),
	{ "timepicker", "initial_time", RULE_TEXT, false, 5, NULL },
	{ "timepicker", "timezone", RULE_TEXT, false, 100, NULL },
	EVERY_ELEMENT("datetimepicker"), ASKS("datetimepicker"), FOCUS("datetimepicker"),
	{ "datetimepicker", "initial_date_time", RULE_NUMBER, false, 0, NULL },
	EVERY_ELEMENT("plain_text_input"), FOCUS("plain_text_input"), HOLDS("plain_text_input"),
	{ "plain_text_input", "initial_value", RULE_TEXT, false, 3000, NULL },
	{ "plain_text_input", "multiline", RULE_YES, false, 0, NULL },
	{ "plain_text_input", "min_length", RULE_NUMBER, false, 3000, NULL },
	{ "plain_text_input", "max_length", RULE_NUMBER, false, 3000, NULL },
	{ "plain_text_input", "dispatch_action_config", RULE_ANY, false, 0, NULL },
	EVERY_ELEMENT("email_text_input"), FOCUS("email_text_input"), HOLDS("email_text_input"),
	{ "email_text_input", "initial_value", RULE_TEXT, false, 3000, NULL },
	{ "email_text_input", "dispatch_action_config", RULE_ANY, false, 0, NULL },
	EVERY_ELEMENT("url_text_input"), FOCUS("url_text_input"), HOLDS("url_text_input"),
	{ "url_text_input", "initial_value", RULE_TEXT, false, 3000, NULL },
	{ "url_text_input", "dispatch_action_config", RULE_ANY, false, 0, NULL },
	EVERY_ELEMENT("number_input"), FOCUS("number_input"), HOLDS("number_input"),
	{ "number_input", "is_decimal_allowed", RULE_YES, true, 0, NULL },
	{ "number_input", "initial_value", RULE_TEXT, false, 100, NULL },
	{ "number_input", "min_value", RULE_TEXT, false, 100, NULL },
	{ "number_input", "max_value", RULE_TEXT, false, 100, NULL },
	{ "number_input", "dispatch_action_config", RULE_ANY, false, 0, NULL },
	EVERY_ELEMENT("rich_text_input"), FOCUS("rich_text_input"), HOLDS("rich_text_input"),
	{ "rich_text_input", "initial_value", RULE_ANY, false, 0, NULL },
	{ "rich_text_input", "dispatch_action_config", RULE_ANY, false, 0, NULL },

	{ "option", "text", RULE_WORDS, true, 75, NULL },
	{ "option", "value", RULE_TEXT, true, 150, NULL },
	{ "option", "description", RULE_WORDS, false, 75, NULL },
	{ "option", "url", RULE_TEXT, false, 3000, NULL },
	{ "option_group", "label", RULE_PLAIN, true, 75, NULL },
	{ "option_group", "options", RULE_PARTS, true, 100, "option" },
	{ "confirm", "title", RULE_PLAIN, true, 100, NULL },
	{ "confirm", "text", RULE_WORDS, true, 300, NULL },
	{ "confirm", "confirm", RULE_PLAIN, true, 30, NULL },
	{ "confirm", "deny", RULE_PLAIN, true, 30, NULL },
	{ "confirm", "style", RULE_TEXT, false, 10, NULL },
};

static const struct {
	const char *type, *places;
} KINDS[] = {
	{ "section",   "message modal home" },
	{ "header",    "message modal home" },
	{ "divider",   "message modal home" },
	{ "context",   "message modal home" },
	{ "actions",   "message modal home" },
	{ "input",     "message modal home" },
	{ "image",     "message modal home section context" },
	{ "video",     "message modal home" },
	{ "rich_text", "message modal home" },
	{ "markdown",  "message" },
	{ "table",     "message" },
	{ "button",                     "section actions" },
	{ "overflow",                   "section actions" },
	{ "static_select",              "section actions input" },
	{ "external_select",            "section actions input" },
	{ "users_select",               "section actions input" },
	{ "conversations_select",       "section actions input" },
	{ "channels_select",            "section actions input" },
	{ "multi_static_select",        "section actions input" },
	{ "multi_external_select",      "section actions input" },
	{ "multi_users_select",         "section actions input" },
	{ "multi_conversations_select", "section actions input" },
	{ "multi_channels_select",      "section actions input" },
	{ "checkboxes",                 "section actions input" },
	{ "radio_buttons",              "section actions input" },
	{ "datepicker",                 "section actions input" },
	{ "timepicker",                 "section actions input" },
	{ "datetimepicker",             "actions input" },
	{ "plain_text_input",           "input" },
	{ "email_text_input",           "input" },
	{ "url_text_input",             "input" },
	{ "number_input",               "input" },
	{ "rich_text_input",            "input actions" },
};
/* clang-format on */

enum { N_RULES = sizeof(RULES) / sizeof(RULES[0]) };

const struct block_rule *block_rule_next(const char *of, const struct block_rule *after)
{
	for (size_t i = after == NULL ? 0 : (size_t)(after - RULES) + 1; i < N_RULES; i++)
		if (strcmp(RULES[i].of, of) == 0)
			return &RULES[i];
	return NULL;
}

const struct block_rule *block_rule_find(const char *of, const char *name)
{
	const struct block_rule *r = NULL;

	while ((r = block_rule_next(of, r)) != NULL)
		if (strcmp(r->name, name) == 0)
			return r;
	return NULL;
}

bool block_kind_fits(const char *type, const char *place)
{
	size_t len = strlen(place);

	for (size_t i = 0; i < sizeof(KINDS) / sizeof(KINDS[0]); i++) {
		const char *at = KINDS[i].places;

		if (strcmp(KINDS[i].type, type) != 0)
			continue;
		while (*at != '\0') {
			size_t n = strcspn(at, " ");

			if (n == len && memcmp(at, place, len) == 0)
				return true;
			at += n + strspn(at + n, " ");
		}
	}
	return false;
}
