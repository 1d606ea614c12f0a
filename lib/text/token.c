#include "token.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* clang-format off */
static const struct { const char *written; size_t len; char meant; } ENTITIES[] = {
	{ "&amp;", 5, '&' },
	{ "&lt;",  4, '<' },
	{ "&gt;",  4, '>' },
};
/* clang-format on */

size_t entity_at(const char *at, const char *end, char *meant)
{
	for (size_t i = 0; i < COUNT(ENTITIES); i++) {
		size_t len = ENTITIES[i].len;

		if ((size_t)(end - at) >= len && memcmp(at, ENTITIES[i].written, len) == 0) {
			*meant = ENTITIES[i].meant;
			return len;
		}
	}
	return 0;
}

void add_unescaped(struct buf *to, const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end) {
		char c = *text;
		size_t entity = entity_at(text, end, &c);

		buf_add_bytes(to, &c, 1);
		text += entity > 0 ? entity : 1;
	}
}

bool token_read(const char *at, const char *end, struct token *out)
{
	const char *close = at + 1, *bar;
	struct token t = { .id = at + 1 };

	if (at >= end || *at != '<')
		return false;
	while (close < end && *close != '>' && *close != '<')
		close++;
	if (close == end || *close == '<' || close == at + 1)
		return false;
	if (strchr("@#!", *t.id) != NULL)
		t.kind = *t.id++;
	bar = memchr(t.id, '|', (size_t)(close - t.id));
	t.id_len = (size_t)((bar != NULL ? bar : close) - t.id);
	if (bar != NULL) {
		t.label = bar + 1;
		t.label_len = (size_t)(close - t.label);
	}
	t.len = (size_t)(close - at) + 1;
	*out = t;
	return true;
}

static const char *known_name(const struct token *t, const struct text_names *names)
{
	struct buf id = { 0 };
	const char *name;

	if (names == NULL || names->person == NULL)
		return NULL;
	buf_add_bytes(&id, t->id, t->id_len);
	name = names->person(names->ctx, id.text);
	buf_done(&id);
	return name != NULL && *name != '\0' ? name : NULL;
}

static bool begins(const struct token *t, const char *word)
{
	return t->id_len >= strlen(word) && memcmp(t->id, word, strlen(word)) == 0;
}

static bool is_broadcast(const struct token *t)
{
	static const char *const BROADCASTS[] = { "here", "channel", "everyone" };

	for (size_t i = 0; i < COUNT(BROADCASTS); i++) {
		if (t->id_len == strlen(BROADCASTS[i]) && begins(t, BROADCASTS[i]))
			return true;
	}
	return false;
}

/* The label, or else the id from the given place on. The mark is not doubled. */
static void show_marked(struct buf *to, const struct token *t, const char *mark, size_t from)
{
	bool labelled = t->label != NULL && t->label_len > 0;

	if (mark[0] != '\0' && (!labelled || t->label[0] != mark[0]))
		buf_add(to, mark);
	if (labelled)
		add_unescaped(to, t->label, t->label_len);
	else
		add_unescaped(to, t->id + from, t->id_len - from);
}

static void show_person(struct buf *to, const struct token *t, const struct text_names *names)
{
	const char *name = known_name(t, names);

	if (name == NULL) {
		show_marked(to, t, "@", 0);
		return;
	}
	buf_add(to, name[0] == '@' ? "" : "@");
	buf_add(to, name);
}

void token_show(struct buf *to, const struct token *t, const struct text_names *names)
{
	static const char TEAM[] = "subteam^";

	if (t->kind == '@') {
		show_person(to, t, names);
	} else if (t->kind == '#' && t->label != NULL && t->label_len == 0) {
		buf_add(to, "private channel");
	} else if (t->kind == '#') {
		show_marked(to, t, "#", 0);
	} else if (t->kind == '!' && is_broadcast(t)) {
		buf_add(to, "@");
		buf_add_bytes(to, t->id, t->id_len);
	} else if (t->kind == '!' && begins(t, TEAM)) {
		show_marked(to, t, "@", strlen(TEAM));
	} else {
		show_marked(to, t, "", 0);
	}
}
