#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "block_rules.h"
#include "call.h"

enum { PATH_LONGEST = 256, FIELD_LONGEST = 2000 };

struct look {
	struct call *c;
	size_t wrongs;
	cJSON *block_ids;
	cJSON *action_ids; /* of the block that is looked at */
	bool inputs;
};

struct path {
	char text[PATH_LONGEST];
};

static struct path under(const struct path *p, const char *name)
{
	struct path to;

	if (snprintf(to.text, sizeof(to.text), "%s/%s", p->text, name) < 0)
		abort();
	return to;
}

static struct path nth(const struct path *p, int i)
{
	struct path to;

	if (snprintf(to.text, sizeof(to.text), "%s/%d", p->text, i) < 0)
		abort();
	return to;
}

static void wrong(struct look *l, const struct path *p, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void wrong(struct look *l, const struct path *p, const char *fmt, ...)
{
	char words[160];
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(words, sizeof(words), fmt, ap);
	va_end(ap);
	if (len < 0)
		abort();
	call_complain(l->c, "[ERROR] %s [json-pointer:%s]", words, p->text);
	l->wrongs++;
}

static void look_length(struct look *l, const struct path *p, const char *text, size_t most)
{
	if (most > 0 && tree_units(text) > most)
		wrong(l, p, "must be less than %zu characters", most + 1);
}

static void look_words(
	struct look *l, const struct path *p, const cJSON *object, size_t most, bool plain)
{
	const char *type = tree_text(object, "type"), *text = tree_text(object, "text");
	bool is_plain = type != NULL && strcmp(type, "plain_text") == 0;
	struct path at = under(p, "type");
	const cJSON *item;

	if (type == NULL || (!is_plain && (plain || strcmp(type, "mrkdwn") != 0))) {
		wrong(l, &at, "unsupported type: %s", type != NULL ? type : "none");
		return;
	}
	at = under(p, "text");
	if (text == NULL)
		wrong(l, p, "missing required field: text");
	else if (*text == '\0')
		wrong(l, &at, "must be more than 0 characters");
	else
		look_length(l, &at, text, most);
	cJSON_ArrayForEach(item, object) if (strcmp(item->string, "type") != 0 &&
		strcmp(item->string, "text") != 0 &&
		(strcmp(item->string, is_plain ? "emoji" : "verbatim") != 0 || !cJSON_IsBool(item)))
		wrong(l, p, "invalid additional property: %s", item->string);
}

static void look_object(struct look *l, const struct path *p, const cJSON *object, const char *of);

static void note_id(struct look *l, const struct path *p, cJSON *ids, const char *id)
{
	if (id == NULL)
		return;
	if (tree_has(ids, id))
		wrong(l, p, "`%s` already exists: must be unique", id);
	else
		cJSON_AddItemToArray(ids, cJSON_CreateString(id));
}

/* static selects need a choice of either kind; the table cannot say so. */
static void look_choice(
	struct look *l, const struct path *p, const cJSON *element, const char *type)
{
	bool has = cJSON_GetObjectItemCaseSensitive(element, "options") != NULL;
	bool grouped = cJSON_GetObjectItemCaseSensitive(element, "option_groups") != NULL;

	if (strstr(type, "static_select") != NULL && has == grouped)
		wrong(l, p, "must have either options or option_groups");
}

static void look_element(
	struct look *l, const struct path *p, const cJSON *element, const char *place)
{
	const char *type = tree_text(element, "type");
	struct path at = under(p, "type");

	if (type != NULL && strcmp(place, "context") == 0 &&
		(strcmp(type, "mrkdwn") == 0 || strcmp(type, "plain_text") == 0)) {
		look_words(l, p, element, FIELD_LONGEST, false);
		return;
	}
	if (type == NULL || !block_kind_fits(type, place)) {
		wrong(l, &at, "unsupported type: %s", type != NULL ? type : "none");
		return;
	}
	look_object(l, p, element, type);
	look_choice(l, p, element, type);
	at = under(p, "action_id");
	note_id(l, &at, l->action_ids, tree_text(element, "action_id"));
}

static void look_block(struct look *l, const struct path *p, const cJSON *block, const char *place)
{
	const char *type = tree_text(block, "type");
	struct path at = under(p, "type");

	if (type == NULL || !block_kind_fits(type, place)) {
		wrong(l, &at, "unsupported type: %s", type != NULL ? type : "none");
		return;
	}
	l->inputs = l->inputs || strcmp(type, "input") == 0;
	cJSON_Delete(l->action_ids);
	l->action_ids = cJSON_CreateArray();
	look_object(l, p, block, type);
	if (strcmp(type, "section") == 0 &&
		cJSON_GetObjectItemCaseSensitive(block, "text") == NULL &&
		cJSON_GetObjectItemCaseSensitive(block, "fields") == NULL)
		wrong(l, p, "missing required field: text");
	at = under(p, "block_id");
	note_id(l, &at, l->block_ids, tree_text(block, "block_id"));
}

static void look_item(
	struct look *l, const struct path *p, const cJSON *item, const struct block_rule *r)
{
	switch (r->kind) {
	case RULE_FIELDS: look_words(l, p, item, FIELD_LONGEST, false); break;
	case RULE_PARTS: look_object(l, p, item, r->part); break;
	case RULE_ELEMENTS: look_element(l, p, item, r->part); break;
	case RULE_BLOCKS: look_block(l, p, item, r->part); break;
	default: abort();
	}
}

static void look_list(
	struct look *l, const struct path *p, const cJSON *list, const struct block_rule *r)
{
	const cJSON *item;
	int i = 0;

	if (!cJSON_IsArray(list)) {
		wrong(l, p, "must provide an array");
		return;
	}
	if (list->child == NULL && r->kind != RULE_BLOCKS)
		wrong(l, p, "no fewer than 1 items allowed");
	if ((size_t)cJSON_GetArraySize(list) > r->most)
		wrong(l, p, "no more than %zu items allowed", r->most);
	cJSON_ArrayForEach(item, list)
	{
		struct path at = nth(p, i++);

		look_item(l, &at, item, r);
	}
}

static void look_number(struct look *l, const struct path *p, const cJSON *value, size_t most)
{
	if (!cJSON_IsNumber(value))
		wrong(l, p, "must provide a number");
	else if (most > 0 && value->valuedouble > (double)most)
		wrong(l, p, "must be less than %zu", most + 1);
}

static void look_value(
	struct look *l, const struct path *p, const cJSON *value, const struct block_rule *r)
{
	switch (r->kind) {
	case RULE_ANY: break;
	case RULE_TEXT:
		if (cJSON_IsString(value))
			look_length(l, p, value->valuestring, r->most);
		else
			wrong(l, p, "must provide a string");
		break;
	case RULE_YES:
		if (!cJSON_IsBool(value))
			wrong(l, p, "must provide a boolean");
		break;
	case RULE_NUMBER: look_number(l, p, value, r->most); break;
	case RULE_PLAIN: look_words(l, p, value, r->most, true); break;
	case RULE_WORDS: look_words(l, p, value, r->most, false); break;
	case RULE_PART: look_object(l, p, value, r->part); break;
	case RULE_ELEMENT: look_element(l, p, value, r->part); break;
	default: look_list(l, p, value, r); break;
	}
}

static void look_object(struct look *l, const struct path *p, const cJSON *object, const char *of)
{
	const struct block_rule *r = NULL;
	const cJSON *item;

	if (!cJSON_IsObject(object)) {
		wrong(l, p, "must provide an object");
		return;
	}
	cJSON_ArrayForEach(item, object)
	{
		struct path at = under(p, item->string);

		if (strcmp(item->string, "type") == 0)
			continue;
		r = block_rule_find(of, item->string);
		if (r == NULL)
			wrong(l, p, "invalid additional property: %s", item->string);
		else if (!cJSON_IsNull(item) || r->must)
			look_value(l, &at, item, r);
	}
	r = NULL;
	while ((r = block_rule_next(of, r)) != NULL)
		if (r->must && cJSON_GetObjectItemCaseSensitive(object, r->name) == NULL)
			wrong(l, p, "missing required field: %s", r->name);
}

static void look_done(struct look *l)
{
	cJSON_Delete(l->block_ids);
	cJSON_Delete(l->action_ids);
}

bool blocks_right(struct call *c, const cJSON *blocks, const char *at, size_t most)
{
	const struct block_rule rule = { .kind = RULE_BLOCKS, .most = most, .part = "message" };
	struct look l = { .c = c, .block_ids = cJSON_CreateArray() };
	struct path p = { "" };

	if (snprintf(p.text, sizeof(p.text), "%s", at) < 0)
		abort();
	look_list(&l, &p, blocks, &rule);
	look_done(&l);
	return l.wrongs == 0;
}

bool view_right(struct call *c, const cJSON *view, const char *type)
{
	const char *given = tree_text(view, "type");
	const struct path top = { "/view" };
	struct look l = { .c = c, .block_ids = cJSON_CreateArray() };

	if (given == NULL || strcmp(given, type) != 0) {
		struct path p = under(&top, "type");

		wrong(&l, &p, "unsupported type: %s", given != NULL ? given : "none");
	} else {
		look_object(&l, &top, view, type);
		if (l.inputs && strcmp(type, "modal") == 0 &&
			!cJSON_IsObject(cJSON_GetObjectItemCaseSensitive(view, "submit")))
			wrong(&l, &top,
				"missing required field: submit, as there is an input block");
	}
	look_done(&l);
	return l.wrongs == 0;
}

static void name_element(struct world *w, cJSON *element)
{
	char id[ID_ROOM];
	const char *type = tree_text(element, "type");

	if (type == NULL || strcmp(type, "image") == 0 || strcmp(type, "mrkdwn") == 0 ||
		strcmp(type, "plain_text") == 0 || tree_text(element, "action_id") != NULL)
		return;
	tree_set_text(element, "action_id", world_id(w, 'a', id));
}

void blocks_name(struct world *w, cJSON *blocks)
{
	cJSON *block, *element;
	char id[ID_ROOM];

	cJSON_ArrayForEach(block, blocks)
	{
		if (tree_text(block, "block_id") == NULL)
			tree_set_text(block, "block_id", world_id(w, 'b', id));
		name_element(w, cJSON_GetObjectItemCaseSensitive(block, "accessory"));
		name_element(w, cJSON_GetObjectItemCaseSensitive(block, "element"));
		if (tree_text(block, "type") == NULL ||
			strcmp(tree_text(block, "type"), "actions") != 0)
			continue;
		cJSON_ArrayForEach(element, cJSON_GetObjectItemCaseSensitive(block, "elements"))
			name_element(w, element);
	}
}
