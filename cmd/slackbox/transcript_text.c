#include <stdlib.h>
#include <string.h>

#include "transcript.h"

/* --- Slack's markup ------------------------------------------------------------------------------ */

static void add_entity(struct buf *out, const char **at)
{
	static const struct {
		const char *name, *is;
	} ENTITIES[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" } };

	for (size_t i = 0; i < sizeof ENTITIES / sizeof ENTITIES[0]; i++) {
		size_t len = strlen(ENTITIES[i].name);

		if (strncmp(*at, ENTITIES[i].name, len) == 0) {
			buf_add(out, ENTITIES[i].is);
			*at += len;
			return;
		}
	}
	buf_add_bytes(out, (*at)++, 1);
}

static void add_name(const struct world *w, struct buf *out, char sigil, const char *id)
{
	const cJSON *who = sigil == '@' ? world_user(w, id) : world_channel(w, id);
	const char *name = tree_text(who, "real_name");

	if (name == NULL)
		name = tree_text(who, "name");
	buf_printf(out, "%c%s", sigil, name != NULL ? name : id);
}

/* What stands between < and >. */
static void add_token(const struct world *w, struct buf *out, char *token)
{
	char *label = strchr(token, '|');

	if (label != NULL)
		*label++ = '\0';
	if (token[0] == '@' || token[0] == '#')
		add_name(w, out, token[0], token + 1);
	else if (label != NULL && *label != '\0')
		buf_add(out, label);
	else if (token[0] == '!')
		buf_printf(out, "@%s", token + 1);
	else
		buf_add(out, token);
}

static void add_markup(const struct world *w, struct buf *out, const char *text)
{
	while (text != NULL && *text != '\0') {
		const char *end = *text == '<' ? strchr(text, '>') : NULL;
		char *token;

		if (*text == '&') {
			add_entity(out, &text);
		} else if (end == NULL) {
			buf_add_bytes(out, text++, 1);
		} else {
			token = strndup(text + 1, (size_t)(end - text - 1));
			if (token == NULL)
				abort();
			add_token(w, out, token);
			free(token);
			text = end + 1;
		}
	}
}

/* --- blocks -------------------------------------------------------------------------------------- */

static const cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static void add_line(struct buf *out)
{
	if (out->len > 0 && out->text[out->len - 1] != '\n')
		buf_add(out, "\n");
}

static void add_texts(const struct world *w, struct buf *out, const cJSON *list)
{
	const cJSON *item;
	const char *gap = "";

	cJSON_ArrayForEach(item, list)
	{
		const cJSON *label = member(item, "text");
		const char *text =
			cJSON_IsObject(label) ? tree_text(label, "text") : tree_text(item, "text");
		bool pressed = tree_text(item, "action_id") != NULL;

		if (text == NULL)
			text = tree_text(member(item, "placeholder"), "text");
		if (text == NULL)
			continue;
		buf_add(out, gap);
		buf_add(out, pressed ? "[" : "");
		add_markup(w, out, text);
		buf_add(out, pressed ? "]" : "");
		gap = pressed ? " " : "  |  ";
	}
}

static void add_block(const struct world *w, struct buf *out, const cJSON *block)
{
	const char *type = tree_text(block, "type");

	add_line(out);
	if (type == NULL || strcmp(type, "divider") == 0)
		return;
	if (strcmp(type, "input") == 0)
		add_markup(w, out, tree_text(member(block, "label"), "text"));
	else
		add_markup(w, out, tree_text(member(block, "text"), "text"));
	if (member(block, "fields") != NULL) {
		add_line(out);
		add_texts(w, out, member(block, "fields"));
	}
	if (member(block, "accessory") != NULL) {
		cJSON *list = cJSON_CreateArray();

		cJSON_AddItemReferenceToArray(
			list, cJSON_GetObjectItemCaseSensitive(block, "accessory"));
		buf_add(out, " ");
		add_texts(w, out, list);
		cJSON_Delete(list);
	}
	add_texts(w, out, member(block, "elements"));
}

static bool typed_by_people(const cJSON *blocks)
{
	const char *type = tree_text(blocks != NULL ? blocks->child : NULL, "type");

	return type == NULL || strcmp(type, "rich_text") == 0;
}

void transcript_text(const struct world *w, const cJSON *message, struct buf *out)
{
	const cJSON *blocks = member(message, "blocks"), *block;
	const cJSON *attachment;

	if (typed_by_people(blocks)) {
		add_markup(w, out, tree_text(message, "text"));
	} else {
		cJSON_ArrayForEach(block, blocks)
		{
			add_block(w, out, block);
		}
	}
	cJSON_ArrayForEach(attachment, member(message, "attachments"))
	{
		add_line(out);
		transcript_text(w, attachment, out);
	}
	while (out->len > 0 && out->text[out->len - 1] == '\n')
		out->text[--out->len] = '\0';
}
