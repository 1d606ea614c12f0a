#include "scrub_form.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "decode.h"

static const char BLANKS[] = " \t\r\n";

struct form_work {
	struct arena *arena;
	bool changed;
};

static void drop(struct form_work *w, cJSON *object, const char *name)
{
	cJSON_DeleteItemFromObjectCaseSensitive(object, name);
	w->changed = true;
}

/* A form that names its field in its metadata, "7 C1 title=...", takes one without an element for what it showed there. */
static bool is_marked(struct form_work *w, const cJSON *view, const char *field)
{
	const char *metadata = text_of(json_at(view, "private_metadata", NULL));

	return metadata != NULL && field != NULL &&
		strstr(metadata, arena_printf(w->arena, " %s=", field)) != NULL;
}

static bool is_as_shown(const char *value, const char *shown)
{
	while (*value != '\0' || *shown != '\0') {
		value += strspn(value, BLANKS);
		shown += strspn(shown, BLANKS);
		if (*value != *shown)
			return false;
		value += *value != '\0';
		shown += *shown != '\0';
	}
	return true;
}

static void empty_shown(struct form_work *w, const cJSON *view)
{
	const cJSON *values = json_at(view, "state", "values", NULL), *block;

	cJSON_ArrayForEach(block, json_at(view, "blocks", NULL))
	{
		const char *field = text_of(json_at(block, "block_id", NULL)), *value;
		cJSON *element = cJSON_GetObjectItemCaseSensitive(block, "element");
		const char *shown = text_of(json_at(element, "initial_value", NULL));
		cJSON *sent;

		if (shown == NULL || !is_marked(w, view, field))
			continue;
		sent = cJSON_GetObjectItemCaseSensitive(values, field);
		value = sent != NULL ? text_of(json_at(sent->child, "value", NULL)) : NULL;
		if (value != NULL && is_as_shown(value, shown))
			cJSON_Delete(cJSON_DetachItemViaPointer(sent, sent->child));
		drop(w, element, "initial_value");
	}
}

/* What we show around a form's fields: other incidents, who has which role. */
static void empty_around(struct form_work *w, const cJSON *blocks)
{
	cJSON *block = blocks != NULL ? blocks->child : NULL, *next;

	for (; block != NULL; block = next) {
		next = block->next;
		if (json_at(block, "element", NULL) != NULL)
			continue;
		cJSON_Delete(cJSON_DetachItemViaPointer((cJSON *)blocks, block));
		w->changed = true;
	}
}

/* Of a form that is not sent, and of the home tab, nothing is of use but whose it is. */
static void unshow(struct form_work *w, cJSON *payload)
{
	cJSON *view = cJSON_GetObjectItemCaseSensitive(payload, "view");

	if (is_word(text_of(json_at(payload, "type", NULL)), "view_submission")) {
		empty_shown(w, view);
		empty_around(w, json_at(view, "blocks", NULL));
		return;
	}
	if (view == NULL)
		view = (cJSON *)json_at(payload, "event", "view", NULL);
	if (json_at(view, "blocks", NULL) != NULL)
		drop(w, view, "blocks");
	if (json_at(view, "state", NULL) != NULL)
		drop(w, view, "state");
}

bool scrub_unshow(struct arena *a, struct cJSON *payload)
{
	struct form_work w = { .arena = a };

	if (payload != NULL)
		unshow(&w, payload);
	return w.changed;
}
