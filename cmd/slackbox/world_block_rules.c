#include <string.h>

#include "block_rules.h"

/* clang-format off */
#define EVERY_BLOCK(of)   { of, "block_id", RULE_TEXT, 255, false, NULL }
#define EVERY_ELEMENT(of) { of, "action_id", RULE_TEXT, 255, false, NULL }
#define ASKS(of)          { of, "confirm", RULE_PART, 0, false, "confirm" }
#define FOCUS(of)         { of, "focus_on_load", RULE_YES, 0, false, NULL }
#define HOLDS(of)         { of, "placeholder", RULE_PLAIN, 150, false, NULL }
#define SELECT(of)        EVERY_ELEMENT(of), ASKS(of), FOCUS(of), HOLDS(of)
#define URL_OF_CHOICE(of) { of, "response_url_enabled", RULE_YES, 0, false, NULL }
#define MOST_CHOSEN(of)   { of, "max_selected_items", RULE_NUMBER, 0, false, NULL }

static const struct block_rule RULES[] = {
	{ "modal", "title", RULE_PLAIN, 24, true, NULL },
	{ "modal", "blocks", RULE_BLOCKS, 100, true, "modal" },
	{ "modal", "close", RULE_PLAIN, 24, false, NULL },
	{ "modal", "submit", RULE_PLAIN, 24, false, NULL },
	{ "modal", "private_metadata", RULE_TEXT, 3000, false, NULL },
	{ "modal", "callback_id", RULE_TEXT, 255, false, NULL },
	{ "modal", "external_id", RULE_TEXT, 255, false, NULL },
	{ "modal", "clear_on_close", RULE_YES, 0, false, NULL },
	{ "modal", "notify_on_close", RULE_YES, 0, false, NULL },
	{ "modal", "submit_disabled", RULE_YES, 0, false, NULL },
	{ "home", "blocks", RULE_BLOCKS, 100, true, "home" },
	{ "home", "private_metadata", RULE_TEXT, 3000, false, NULL },
	{ "home", "callback_id", RULE_TEXT, 255, false, NULL },
	{ "home", "external_id", RULE_TEXT, 255, false, NULL },

	EVERY_BLOCK("section"),
	{ "section", "text", RULE_WORDS, 3000, false, NULL },
	{ "section", "fields", RULE_FIELDS, 10, false, NULL },
	{ "section", "accessory", RULE_ELEMENT, 0, false, "section" },
	{ "section", "expand", RULE_YES, 0, false, NULL },
	EVERY_BLOCK("header"),
	{ "header", "text", RULE_PLAIN, 150, true, NULL },
	{ "header", "level", RULE_NUMBER, 0, false, NULL },
	EVERY_BLOCK("divider"),
	EVERY_BLOCK("context"),
	{ "context", "elements", RULE_ELEMENTS, 10, true, "context" },
	EVERY_BLOCK("actions"),
	{ "actions", "elements", RULE_ELEMENTS, 25, true, "actions" },
	EVERY_BLOCK("input"),
	{ "input", "label", RULE_PLAIN, 2000, true, NULL },
	{ "input", "element", RULE_ELEMENT, 0, true, "input" },
	{ "input", "hint", RULE_PLAIN, 2000, false, NULL },
	{ "input", "optional", RULE_YES, 0, false, NULL },
	{ "input", "dispatch_action", RULE_YES, 0, false, NULL },
	EVERY_BLOCK("image"),
	{ "image", "image_url", RULE_TEXT, 3000, false, NULL },
	{ "image", "slack_file", RULE_ANY, 0, false, NULL },
	{ "image", "alt_text", RULE_TEXT, 2000, true, NULL },
	{ "image", "title", RULE_PLAIN, 2000, false, NULL },
	EVERY_BLOCK("markdown"),
	{ "markdown", "text", RULE_TEXT, 12000, true, NULL },
	EVERY_BLOCK("rich_text"),
	{ "rich_text", "elements", RULE_ANY, 0, true, NULL },
	EVERY_BLOCK("table"),
	{ "table", "rows", RULE_ANY, 100, true, NULL },
	{ "table", "column_settings", RULE_ANY, 20, false, NULL },
	EVERY_BLOCK("video"),
	{ "video", "alt_text", RULE_TEXT, 2000, true, NULL },
	{ "video", "title", RULE_PLAIN, 200, true, NULL },
	{ "video", "thumbnail_url", RULE_TEXT, 3000, true, NULL },
	{ "video", "video_url", RULE_TEXT, 3000, true, NULL },
	{ "video", "author_name", RULE_TEXT, 50, false, NULL },
	{ "video", "description", RULE_PLAIN, 200, false, NULL },
	{ "video", "title_url", RULE_TEXT, 3000, false, NULL },
	{ "video", "provider_name", RULE_TEXT, 50, false, NULL },
	{ "video", "provider_icon_url", RULE_TEXT, 3000, false, NULL },

	EVERY_ELEMENT("button"), ASKS("button"),
	{ "button", "text", RULE_PLAIN, 75, true, NULL },
	{ "button", "value", RULE_TEXT, 2000, false, NULL },
	{ "button", "url", RULE_TEXT, 3000, false, NULL },
	{ "button", "style", RULE_TEXT, 10, false, NULL },
	{ "button", "accessibility_label", RULE_TEXT, 75, false, NULL },
	SELECT("static_select"),
	{ "static_select", "options", RULE_PARTS, 100, false, "option" },
	{ "static_select", "option_groups", RULE_PARTS, 100, false, "option_group" },
	{ "static_select", "initial_option", RULE_PART, 0, false, "option" },
	SELECT("multi_static_select"), MOST_CHOSEN("multi_static_select"),
	{ "multi_static_select", "options", RULE_PARTS, 100, false, "option" },
	{ "multi_static_select", "option_groups", RULE_PARTS, 100, false, "option_group" },
	{ "multi_static_select", "initial_options", RULE_PARTS, 100, false, "option" },
	SELECT("external_select"),
	{ "external_select", "initial_option", RULE_PART, 0, false, "option" },
	{ "external_select", "min_query_length", RULE_NUMBER, 0, false, NULL },
	SELECT("multi_external_select"), MOST_CHOSEN("multi_external_select"),
	{ "multi_external_select", "initial_options", RULE_PARTS, 100, false, "option" },
	{ "multi_external_select", "min_query_length", RULE_NUMBER, 0, false, NULL },
	SELECT("users_select"),
	{ "users_select", "initial_user", RULE_TEXT, 32, false, NULL },
	SELECT("multi_users_select"), MOST_CHOSEN("multi_users_select"),
	{ "multi_users_select", "initial_users", RULE_ANY, 0, false, NULL },
	SELECT("conversations_select"), URL_OF_CHOICE("conversations_select"),
	{ "conversations_select", "initial_conversation", RULE_TEXT, 32, false, NULL },
	{ "conversations_select", "default_to_current_conversation", RULE_YES, 0, false, NULL },
	{ "conversations_select", "filter", RULE_ANY, 0, false, NULL },
	SELECT("multi_conversations_select"), MOST_CHOSEN("multi_conversations_select"),
	{ "multi_conversations_select", "initial_conversations", RULE_ANY, 0, false, NULL },
	{ "multi_conversations_select", "default_to_current_conversation", RULE_YES, 0, false, NULL },
	{ "multi_conversations_select", "filter", RULE_ANY, 0, false, NULL },
	SELECT("channels_select"), URL_OF_CHOICE("channels_select"),
	{ "channels_select", "initial_channel", RULE_TEXT, 32, false, NULL },
	SELECT("multi_channels_select"), MOST_CHOSEN("multi_channels_select"),
	{ "multi_channels_select", "initial_channels", RULE_ANY, 0, false, NULL },
	EVERY_ELEMENT("overflow"), ASKS("overflow"),
	{ "overflow", "options", RULE_PARTS, 5, true, "option" },
	EVERY_ELEMENT("checkboxes"), ASKS("checkboxes"), FOCUS("checkboxes"),
	{ "checkboxes", "options", RULE_PARTS, 10, true, "option" },
	{ "checkboxes", "initial_options", RULE_PARTS, 10, false, "option" },
	EVERY_ELEMENT("radio_buttons"), ASKS("radio_buttons"), FOCUS("radio_buttons"),
	{ "radio_buttons", "options", RULE_PARTS, 10, true, "option" },
	{ "radio_buttons", "initial_option", RULE_PART, 0, false, "option" },
	SELECT("datepicker"),
	{ "datepicker", "initial_date", RULE_TEXT, 10, false, NULL },
	SELECT("timepicker"),
	{ "timepicker", "initial_time", RULE_TEXT, 5, false, NULL },
	{ "timepicker", "timezone", RULE_TEXT, 100, false, NULL },
	EVERY_ELEMENT("datetimepicker"), ASKS("datetimepicker"), FOCUS("datetimepicker"),
	{ "datetimepicker", "initial_date_time", RULE_NUMBER, 0, false, NULL },
	EVERY_ELEMENT("plain_text_input"), FOCUS("plain_text_input"), HOLDS("plain_text_input"),
	{ "plain_text_input", "initial_value", RULE_TEXT, 3000, false, NULL },
	{ "plain_text_input", "multiline", RULE_YES, 0, false, NULL },
	{ "plain_text_input", "min_length", RULE_NUMBER, 3000, false, NULL },
	{ "plain_text_input", "max_length", RULE_NUMBER, 3000, false, NULL },
	{ "plain_text_input", "dispatch_action_config", RULE_ANY, 0, false, NULL },
	EVERY_ELEMENT("email_text_input"), FOCUS("email_text_input"), HOLDS("email_text_input"),
	{ "email_text_input", "initial_value", RULE_TEXT, 3000, false, NULL },
	{ "email_text_input", "dispatch_action_config", RULE_ANY, 0, false, NULL },
	EVERY_ELEMENT("url_text_input"), FOCUS("url_text_input"), HOLDS("url_text_input"),
	{ "url_text_input", "initial_value", RULE_TEXT, 3000, false, NULL },
	{ "url_text_input", "dispatch_action_config", RULE_ANY, 0, false, NULL },
	EVERY_ELEMENT("number_input"), FOCUS("number_input"), HOLDS("number_input"),
	{ "number_input", "is_decimal_allowed", RULE_YES, 0, true, NULL },
	{ "number_input", "initial_value", RULE_TEXT, 100, false, NULL },
	{ "number_input", "min_value", RULE_TEXT, 100, false, NULL },
	{ "number_input", "max_value", RULE_TEXT, 100, false, NULL },
	{ "number_input", "dispatch_action_config", RULE_ANY, 0, false, NULL },
	EVERY_ELEMENT("rich_text_input"), FOCUS("rich_text_input"), HOLDS("rich_text_input"),
	{ "rich_text_input", "initial_value", RULE_ANY, 0, false, NULL },
	{ "rich_text_input", "dispatch_action_config", RULE_ANY, 0, false, NULL },

	{ "option", "text", RULE_WORDS, 75, true, NULL },
	{ "option", "value", RULE_TEXT, 150, true, NULL },
	{ "option", "description", RULE_WORDS, 75, false, NULL },
	{ "option", "url", RULE_TEXT, 3000, false, NULL },
	{ "option_group", "label", RULE_PLAIN, 75, true, NULL },
	{ "option_group", "options", RULE_PARTS, 100, true, "option" },
	{ "confirm", "title", RULE_PLAIN, 100, true, NULL },
	{ "confirm", "text", RULE_WORDS, 300, true, NULL },
	{ "confirm", "confirm", RULE_PLAIN, 30, true, NULL },
	{ "confirm", "deny", RULE_PLAIN, 30, true, NULL },
	{ "confirm", "style", RULE_TEXT, 10, false, NULL },
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
