#include <stddef.h>

#include "keyword.h"
#include "section.h"

enum { MOST_REPLIES = 50 };

#define AT(member) offsetof(struct keyword_reply, member)

/* clang-format off */
static const struct key REPLY_KEYS[] = {
	{ "words",     value_words,     AT(words),     KEY_MUST, NULL },
	{ "reply",     value_paragraph, AT(reply),     KEY_MUST, NULL },
	{ "cool_down", value_duration,  AT(cool_down), KEY_MAY,  "1h" },
};
/* clang-format on */

static const struct schema REPLY_SCHEMA = { REPLY_KEYS,
	sizeof(REPLY_KEYS) / sizeof(REPLY_KEYS[0]) };

/* A word has one answer. */
static void check_words(struct reading *r, const struct node *list, const char *path)
{
	struct words words = { .path = path };
	int i = 0;

	words.list = arena_zeroed(
		r->arena, sizeof(struct word) * VALUES_IN_A_LIST * (size_t)list->count);
	for (const struct node *one = list->first; one != NULL; one = one->next, i++) {
		const struct node *said = tree_member(one, "words");

		if (said == NULL || said->kind != NODE_LIST || said->count > VALUES_IN_A_LIST)
			continue;
		if (said->count == 0)
			(void)mistake_add(r->mistakes, said->place,
				"%s[%d].words must have at least one word", path, i);
		for (const struct node *n = said->first; n != NULL; n = n->next)
			words_take(r, &words, n, "word", one);
	}
}

void read_keyword_replies(struct reading *r, const struct node *n, const char *path, void *to)
{
	struct keyword_replies *replies = to;
	struct keyword_reply *list;

	if (!section_is_list(r, n, path, "replies", MOST_REPLIES))
		return;
	list = arena_zeroed(r->arena, sizeof(*list) * (size_t)n->count);
	*replies = (struct keyword_replies){ list, 0 };
	for (const struct node *one = n->first; one != NULL; one = one->next) {
		schema_defaults(&REPLY_SCHEMA, &list[replies->count]);
		schema_read(r, one, &REPLY_SCHEMA,
			arena_printf(r->arena, "%s[%d]", path, replies->count),
			&list[replies->count]);
		replies->count++;
	}
	check_words(r, n, path);
}
