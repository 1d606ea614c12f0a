#include "section.h"

#include <string.h>
#include <strings.h>

enum { WORDS_IN_ONE = 2 + VALUES_IN_A_LIST };

bool section_is_list(
	struct reading *r, const struct node *n, const char *path, const char *what, int most)
{
	if (n->kind == NODE_LIST && n->count >= 1 && n->count <= most)
		return true;
	return mistake_add(r->mistakes, n->place, "%s must be a list of 1 to %d %s, not %s", path,
		most, what,
		n->kind == NODE_LIST ? arena_printf(r->arena, "%d", n->count)
				     : tree_describe(r->arena, n));
}

/* A label may be what the id is. Everything else that is said twice could mean two levels. */
static bool are_the_same(const struct word *a, const struct word *b)
{
	if (strcasecmp(a->node->text, b->node->text) != 0)
		return false;
	return a->one != b->one || strcmp(a->what, "id") != 0 || strcmp(b->what, "label") != 0;
}

void words_take(struct reading *r, struct words *words, const struct node *n, const char *what,
	const struct node *one)
{
	struct word new = { n, what, one };

	if (n == NULL || n->kind != NODE_TEXT || n->text[0] == '\0')
		return;
	for (int i = 0; i < words->count; i++) {
		if (!are_the_same(&words->list[i], &new))
			continue;
		(void)mistake_add(r->mistakes, n->place, "%s: %s %s is already used on line %d",
			words->path, what, tree_describe(r->arena, n),
			words->list[i].node->place.line);
		return;
	}
	words->list[words->count++] = new;
}

void section_check_words(struct reading *r, const struct node *list, const char *path)
{
	struct words words = { .path = path };

	words.list =
		arena_zeroed(r->arena, sizeof(struct word) * WORDS_IN_ONE * (size_t)list->count);
	for (const struct node *one = list->first; one != NULL; one = one->next) {
		const struct node *aliases = tree_member(one, "aliases");

		words_take(r, &words, tree_member(one, "id"), "id", one);
		words_take(r, &words, tree_member(one, "label"), "label", one);
		if (aliases == NULL || aliases->count > VALUES_IN_A_LIST)
			continue;
		for (const struct node *n = aliases->first; n != NULL; n = n->next)
			words_take(r, &words, n, "alias", one);
	}
}
