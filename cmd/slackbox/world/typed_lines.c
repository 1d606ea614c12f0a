#include <stdlib.h>
#include <string.h>

#include "typed.h"

/* The lines of a message: each is of a kind, and lines of one kind that follow each other stand together. */

enum line_kind { LINE_PLAIN, LINE_QUOTE, LINE_BULLET, LINE_NUMBER, LINE_CODE, LINE_NONE };

struct lines {
	struct typing typing;
	cJSON *containers; /* rich_text_section, rich_text_list … */
	cJSON *inner;      /* of the last one */
	enum line_kind kind;
};

static const char FENCE[] = "```";

static enum line_kind line_kind(const char *line, size_t len, size_t *mark_out)
{
	size_t digits = strspn(line, "0123456789");

	*mark_out = 0;
	if (strncmp(line, FENCE, 3) == 0 && strstr(line + 3, FENCE) != NULL)
		return LINE_CODE;
	if (len > 1 && strncmp(line, "> ", 2) == 0)
		*mark_out = 2;
	if (*mark_out > 0)
		return LINE_QUOTE;
	if (len > 2 && strncmp(line, "- ", 2) == 0)
		*mark_out = 2;
	if (*mark_out > 0)
		return LINE_BULLET;
	if (digits == 0 || digits > 3 || strncmp(line + digits, ". ", 2) != 0)
		return LINE_PLAIN;
	*mark_out = digits + 2;
	return LINE_NUMBER;
}

static cJSON *container_new(cJSON *in, const char *type)
{
	cJSON *container = cJSON_CreateObject();

	tree_set_text(container, "type", type);
	cJSON_AddItemToArray(in, container);
	return cJSON_AddArrayToObject(container, "elements");
}

/* Where the elements of a line of this kind go. */
static void lines_enter(struct lines *l, enum line_kind kind)
{
	static const char *const TYPES[] = { [LINE_PLAIN] = "rich_text_section",
		[LINE_QUOTE] = "rich_text_quote",
		[LINE_BULLET] = "rich_text_list",
		[LINE_NUMBER] = "rich_text_list",
		[LINE_CODE] = "rich_text_preformatted" };
	bool list = kind == LINE_BULLET || kind == LINE_NUMBER, more = kind == l->kind;
	cJSON *newest;

	if (!more || list)
		typing_flush(&l->typing);
	if (!more) {
		l->inner = container_new(l->containers, TYPES[kind]);
		newest = cJSON_GetArrayItem(l->containers, cJSON_GetArraySize(l->containers) - 1);
		if (list) {
			tree_set_text(newest, "style", kind == LINE_BULLET ? "bullet" : "ordered");
			tree_set_int(newest, "indent", 0);
		}
	}
	l->kind = kind;
	l->typing.elements = list ? container_new(l->inner, "rich_text_section") : l->inner;
	if (more && !list)
		buf_add(&l->typing.plain, "\n");
}

/* Returns how much was taken, without the newline behind it. */
static size_t lines_take(struct lines *l, const char *at)
{
	size_t len = strcspn(at, "\n"), mark;
	enum line_kind kind = line_kind(at, len, &mark);

	lines_enter(l, kind);
	if (kind == LINE_CODE) {
		len = (size_t)(strstr(at + 3, FENCE) - at);
		buf_add(&l->typing.text, FENCE);
		typing_raw(&l->typing, at + 3, len - 3);
		buf_add(&l->typing.text, FENCE);
		l->kind = LINE_NONE;
		return len + 3;
	}
	if (kind == LINE_QUOTE)
		buf_add(&l->typing.text, "&gt; ");
	else if (kind == LINE_BULLET)
		buf_add(&l->typing.text, "\xE2\x80\xA2 ");
	else
		buf_add_bytes(&l->typing.text, at, mark);
	typing_line(&l->typing, at + mark, len - mark);
	return len;
}

char *typed_text(const struct world *w, const char *typed, cJSON **blocks_out)
{
	cJSON *blocks = cJSON_CreateArray(), *block = cJSON_CreateObject();
	struct lines l = { .typing = { .w = w }, .kind = LINE_NONE };

	tree_set_text(block, "type", "rich_text");
	tree_set_text(block, "block_id", "typed");
	l.containers = cJSON_AddArrayToObject(block, "elements");
	cJSON_AddItemToArray(blocks, block);
	while (*typed != '\0') {
		typed += lines_take(&l, typed);
		if (*typed == '\n') {
			buf_add(&l.typing.text, "\n");
			typed++;
		}
	}
	typing_flush(&l.typing);
	*blocks_out = blocks;
	buf_done(&l.typing.plain);
	return buf_taken(&l.typing.text);
}
