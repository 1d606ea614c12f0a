#include "text.h"

#include <string.h>

#include "builder.h"
#include "json.h"

static bool said_by_blocks(struct builder *b, const struct cJSON *rich)
{
	read_blocks(b, json_at(rich, "blocks", NULL));
	return b->said;
}

const struct text *text_read(struct arena *arena, const char *mrkdwn, const char *rich)
{
	struct text *text = arena_zeroed(arena, sizeof(*text));
	struct cJSON *tree = rich != NULL ? json_tree(rich, strlen(rich)) : NULL;
	struct builder b = { .arena = arena, .text = text, .room = TEXT_ROOM };

	if (!said_by_blocks(&b, tree)) {
		buf_done(&b.words);
		buf_done(&b.scratch);
		*text = (struct text){ 0 };
		b = (struct builder){ .arena = arena, .text = text, .room = TEXT_ROOM };
		read_mrkdwn(&b, mrkdwn);
	}
	read_attachments(&b, json_at(tree, "attachments", NULL));
	build_end(&b);
	json_tree_free(tree);
	return text;
}

static bool words_same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool runs_same(const struct run *a, const struct run *b)
{
	for (; a != NULL && b != NULL; a = a->next, b = b->next)
		if (a->kind != b->kind || a->styles != b->styles ||
			!words_same(a->words, b->words) || !words_same(a->target, b->target))
			return false;
	return a == b;
}

static const struct block *skip_unfurled(const struct block *b)
{
	while (b != NULL && b->unfurl)
		b = b->next;
	return b;
}

bool text_same(const struct text *x, const struct text *y)
{
	const struct block *a = skip_unfurled(x->blocks), *b = skip_unfurled(y->blocks);

	for (; a != NULL && b != NULL; a = skip_unfurled(a->next), b = skip_unfurled(b->next))
		if (a->kind != b->kind || a->quoted != b->quoted || a->indent != b->indent ||
			a->number != b->number || !runs_same(a->runs, b->runs))
			return false;
	return a == b;
}

bool text_unchanged(const struct written *x, const struct written *y)
{
	struct arena *arena;
	bool same;

	if (!words_same(x->mrkdwn, y->mrkdwn))
		return false;
	if (x->rich == NULL || y->rich == NULL || strcmp(x->rich, y->rich) == 0)
		return true;
	arena = arena_new();
	same = text_same(
		text_read(arena, x->mrkdwn, x->rich), text_read(arena, y->mrkdwn, y->rich));
	arena_free(arena);
	return same;
}

static size_t mentions_of(const struct text *text, enum text_mention what, const char **ids)
{
	static const enum run_kind KINDS[] = {
		[MENTION_PERSON] = RUN_PERSON,
		[MENTION_GROUP] = RUN_GROUP,
		[MENTION_CHANNEL] = RUN_CHANNEL,
	};
	size_t count = 0;

	for (const struct block *b = text->blocks; b != NULL; b = b->next) {
		for (const struct run *r = b->runs; r != NULL; r = r->next) {
			if (r->kind != KINDS[what] || r->target == NULL || r->target[0] == '\0')
				continue;
			if (ids != NULL)
				ids[count] = r->target;
			count++;
		}
	}
	return count;
}

const char *const *text_mentioned(
	struct arena *arena, const struct text *text, enum text_mention what)
{
	const char **ids = arena_zeroed(arena, (mentions_of(text, what, NULL) + 1) * sizeof(*ids));

	(void)mentions_of(text, what, ids); /* as many as it has room for */
	return ids;
}
