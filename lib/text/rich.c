#include "rich.h"

#include <stdlib.h>
#include <string.h>

#include "clean.h"
#include "token.h"

enum { DEEPEST = 8 };

const char *member_text(const struct cJSON *object, const char *name)
{
	const char *text = NULL;

	(void)json_str(json_at(object, name, NULL), &text); /* else it stays NULL */
	return text;
}

static int number_at(const struct cJSON *object, const char *name)
{
	int64_t number = 0;

	(void)json_int(json_at(object, name, NULL), &number); /* else it stays 0 */
	return number < 0 ? 0 : number > 100000 ? 100000 : (int)number;
}

static bool is_type_of(const struct cJSON *object, const char *member, const char *type)
{
	const char *given = member_text(object, member);

	return given != NULL && strcmp(given, type) == 0;
}

bool type_is(const struct cJSON *object, const char *type)
{
	return is_type_of(object, "type", type);
}

static unsigned styles_of(const struct cJSON *element)
{
	static const char *const NAMES[STYLES] = { "bold", "italic", "strike", "code" };
	unsigned styles = 0;

	for (unsigned i = 0; i < STYLES; i++) {
		bool has = false;

		(void)json_bool(json_at(element, "style", NAMES[i], NULL), &has); /* else not */
		styles |= has ? 1u << i : 0;
	}
	return styles;
}

/* "1f44d-1f3fe". NULL: it is not of this form. */
static const char *characters_of(struct arena *a, const char *hex)
{
	struct buf shown = { 0 };
	const char *kept = NULL;

	while (hex != NULL && *hex != '\0') {
		char *end;
		unsigned long c = strtoul(hex, &end, 16);

		if (end == hex || c > 0x10ffff || (*end != '-' && *end != '\0'))
			break;
		character_add(&shown, (uint32_t)c);
		hex = *end == '-' ? end + 1 : end;
	}
	if (hex != NULL && *hex == '\0')
		kept = arena_copy(a, shown.text);
	buf_done(&shown);
	return kept;
}

static void put_emoji(struct builder *b, const struct cJSON *e, unsigned styles)
{
	const char *name = member_text(e, "name");
	int tone = number_at(e, "skin_tone");

	if (name == NULL)
		return;
	if (tone > 0)
		name = arena_printf(b->arena, "%s::skin-tone-%d", name, tone);
	build_run(b, RUN_EMOJI, styles, name, characters_of(b->arena, member_text(e, "unicode")));
}

static void put_date(struct builder *b, const struct cJSON *e, unsigned styles)
{
	int64_t seconds = 0;

	(void)json_int(json_at(e, "timestamp", NULL), &seconds); /* else it stays 0 */
	build_date(b, styles, seconds, member_text(e, "fallback"), member_text(e, "url"));
}

static void put_link(struct builder *b, const struct cJSON *e, unsigned styles)
{
	const char *address = member_text(e, "url"), *label = member_text(e, "text");

	if (address != NULL)
		build_run(b, RUN_LINK, styles, address, label);
	else
		build_text(b, styles, label);
}

static void put_broadcast(struct builder *b, const struct cJSON *e, unsigned styles)
{
	const char *range = member_text(e, "range");

	if (range != NULL)
		build_run(b, RUN_BROADCAST, styles, NULL, arena_printf(b->arena, "@%s", range));
}

/* Elements that are one id. */
static bool put_mention(struct builder *b, const struct cJSON *e, unsigned styles)
{
	/* clang-format off */
	static const struct { const char *type, *member; enum run_kind kind; } MENTIONS[] = {
		{ "user",      "user_id",      RUN_PERSON },
		{ "usergroup", "usergroup_id", RUN_GROUP },
		{ "team",      "team_id",      RUN_GROUP },
		{ "channel",   "channel_id",   RUN_CHANNEL },
	};
	/* clang-format on */

	for (size_t i = 0; i < sizeof(MENTIONS) / sizeof(MENTIONS[0]); i++) {
		const char *id = member_text(e, MENTIONS[i].member);

		if (!type_is(e, MENTIONS[i].type) || id == NULL)
			continue;
		build_run(b, MENTIONS[i].kind, styles, id, NULL);
		return true;
	}
	return false;
}

/* Whatever has words shows them, also what nobody has heard of yet. */
static void put_unknown(struct builder *b, const struct cJSON *e, unsigned styles)
{
	static const char *const WORDS[] = { "text", "fallback", "alt_text", "value", "name" };

	for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++) {
		if (member_text(e, WORDS[i]) == NULL)
			continue;
		build_text(b, styles, member_text(e, WORDS[i]));
		return;
	}
}

static void put_inline(struct builder *b, const struct cJSON *e, int depth)
{
	unsigned styles = b->block->kind == BLOCK_CODE ? 0 : styles_of(e);
	const struct cJSON *inner = json_first(json_at(e, "elements", NULL));

	if (put_mention(b, e, styles))
		return;
	if (type_is(e, "emoji"))
		put_emoji(b, e, styles);
	else if (type_is(e, "link"))
		put_link(b, e, styles);
	else if (type_is(e, "date"))
		put_date(b, e, styles);
	else if (type_is(e, "broadcast"))
		put_broadcast(b, e, styles);
	else if (inner == NULL)
		put_unknown(b, e, styles);
	for (; inner != NULL && depth < DEEPEST; inner = json_next(inner))
		put_inline(b, inner, depth + 1);
}

void read_elements(struct builder *b, const struct cJSON *part)
{
	const struct cJSON *e = json_first(json_at(part, "elements", NULL));

	if (e == NULL)
		put_unknown(b, part, 0);
	for (; e != NULL && !b->cut; e = json_next(e))
		put_inline(b, e, 0);
}

static void put_list(struct builder *b, const struct cJSON *list)
{
	const struct cJSON *item = json_first(json_at(list, "elements", NULL));
	int number = is_type_of(list, "style", "ordered") ? number_at(list, "offset") + 1 : -1;

	for (; item != NULL && !b->cut; item = json_next(item)) {
		build_item(b, number_at(list, "indent"), number);
		read_elements(b, item);
		number += number > 0;
	}
}

static void put_part(struct builder *b, const struct cJSON *part)
{
	bool is_quote = type_is(part, "rich_text_quote");

	if (type_is(part, "rich_text_list")) {
		put_list(b, part);
		return;
	}
	b->quoted += is_quote;
	build_block(b, type_is(part, "rich_text_preformatted") ? BLOCK_CODE : BLOCK_PARAGRAPH);
	read_elements(b, part);
	b->quoted -= is_quote;
}

void read_rich_text(struct builder *b, const struct cJSON *block)
{
	const struct cJSON *part = json_first(json_at(block, "elements", NULL));

	for (; part != NULL && !b->cut; part = json_next(part))
		put_part(b, part);
}
