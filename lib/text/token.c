#include "token.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

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
	if (t.kind == 0 && memchr(t.id, ':', t.id_len) == NULL)
		return false;
	t.len = (size_t)(close - at) + 1;
	*out = t;
	return true;
}

/* A part of a token with its entities undone, in the arena. NULL stays NULL. */
static const char *part(struct arena *a, const char *text, size_t len)
{
	struct buf b = { 0 };
	const char *kept;

	if (text == NULL)
		return NULL;
	buf_add(&b, "");
	add_unescaped(&b, text, len);
	kept = arena_copy(a, b.text);
	buf_done(&b);
	return kept;
}

static void date_words(struct buf *to, int64_t seconds)
{
	time_t at = (time_t)seconds;
	struct tm tm = { 0 };
	char words[64];

	if (gmtime_r(&at, &tm) == NULL || tm.tm_year > 8099 || tm.tm_year < -1900 ||
		strftime(words, sizeof(words), "%Y-%m-%d %H:%M UTC", &tm) == 0)
		buf_printf(to, "%lld", (long long)seconds);
	else
		buf_add(to, words);
}

void build_date(
	struct builder *b, unsigned styles, int64_t seconds, const char *words, const char *address)
{
	struct buf shown = { 0 };

	if (words != NULL && *words != '\0')
		buf_add(&shown, words);
	else
		date_words(&shown, seconds);
	if (address != NULL && *address != '\0')
		build_run(b, RUN_LINK, styles, address, shown.text);
	else
		build_text(b, styles, shown.text);
	buf_done(&shown);
}

/* SECONDS^FORMAT^ADDRESS, of which the address may be absent. */
static void read_date(struct builder *b, const char *date, const char *label, unsigned styles)
{
	const char *format = strchr(date, '^');
	const char *address = format != NULL ? strchr(format + 1, '^') : NULL;

	build_date(b, styles, strtoll(date, NULL, 10), label, address != NULL ? address + 1 : NULL);
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static bool is_broadcast(const char *id)
{
	return strcmp(id, "here") == 0 || strcmp(id, "channel") == 0 || strcmp(id, "everyone") == 0;
}

static void build_command(struct builder *b, const char *id, const char *label, unsigned styles)
{
	static const char TEAM[] = "subteam^", DATE[] = "date^";

	if (is_broadcast(id))
		build_run(b, RUN_BROADCAST, styles, NULL, arena_printf(b->arena, "@%s", id));
	else if (begins(id, TEAM))
		build_run(b, RUN_GROUP, styles, id + strlen(TEAM), label);
	else if (begins(id, DATE))
		read_date(b, id + strlen(DATE), label, styles);
	else
		build_text(b, styles, label != NULL && *label != '\0' ? label : id);
}

void token_build(struct builder *b, const struct token *t, unsigned styles)
{
	const char *id = part(b->arena, t->id, t->id_len);
	const char *label = part(b->arena, t->label, t->label_len);

	switch (t->kind) {
	case '@': build_run(b, RUN_PERSON, styles, id, label); return;
	case '#': build_run(b, RUN_CHANNEL, styles, id, label); return;
	case '!': build_command(b, id, label, styles); return;
	default: build_run(b, RUN_LINK, styles, id, label);
	}
}
