#include "redact_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "incident.h"
#include "text.h"
#include "verb_form.h"

static const char BLOT[] = "[redacted]";
static const char WAS[] = ", was ", READS[] = " reads now: ";

static bool is_kind(const struct redact_line *l, const char *kind)
{
	return strcmp(l->kind, kind) == 0;
}

static void add(struct buf *list, const char *text, size_t len)
{
	if (list->len > 0)
		buf_add(list, "\1");
	buf_add_bytes(list, text, len);
}

/* Signs alone stand in everything. */
static bool says_something(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (isalnum((unsigned char)text[i]) || (unsigned char)text[i] >= 0x80)
			return memchr(text, '\1', len) == NULL &&
				(len != strlen(BLOT) || strncmp(text, BLOT, len) != 0);
	return false;
}

void redact_words_text(struct redact_words *w, const char *text)
{
	if (text != NULL && says_something(text, strlen(text)))
		add(&w->texts, text, strlen(text));
}

void redact_words_name(struct redact_words *w, const char *name)
{
	char bare[81];

	incident_channel_name(w->incident, "", 1, bare);
	if (*name != '\0' && strchr(name, '\1') == NULL && strcmp(name, bare) != 0)
		add(&w->names, name, strlen(name));
}

static void add_part(struct redact_words *w, const char *text, size_t len)
{
	if (says_something(text, len))
		add(&w->texts, text, len);
}

/* The channel is called by what the title says. */
static void add_title(struct redact_words *w, const char *text, size_t len)
{
	struct buf title = { 0 }, plain = { 0 };
	char name[81];

	add_part(w, text, len);
	buf_add_bytes(&title, text, len);
	buf_add(&title, "");
	text_typed(&plain, title.text, NULL);
	incident_channel_name(w->incident, plain.text != NULL ? plain.text : "", 1, name);
	redact_words_name(w, name);
	buf_done(&title);
	buf_done(&plain);
}

/* A title may have ", was " in it itself: any beginning may be the title. */
static void add_titles(struct redact_words *w, const char *text)
{
	for (const char *at = strstr(text, WAS); at != NULL; at = strstr(at + 1, WAS))
		add_title(w, text, (size_t)(at - text));
}

static void add_quoted(struct redact_words *w, const char *text)
{
	const char *begin = strchr(text, '"');

	while (begin != NULL) {
		size_t len = strcspn(begin + 1, "\"");

		if (begin[1 + len] == '\0')
			return;
		if (len > 0)
			add(&w->names, begin + 1, len);
		begin = strchr(begin + 2 + len, '"');
	}
}

const char *redact_action_text(const struct redact_line *l)
{
	const char *at = strstr(l->text, ": ");

	return at != NULL ? at + strlen(": ") : NULL;
}

bool redact_action_changed(const struct redact_line *l)
{
	size_t number = strspn(l->text, "0123456789");

	return number > 0 && strncmp(l->text + number, READS, strlen(READS)) == 0;
}

/* Either text may have ", was " in it itself. */
static void add_changed(struct redact_words *w, const char *text)
{
	for (const char *at = strstr(text, WAS); at != NULL; at = strstr(at + 1, WAS)) {
		add_part(w, text, (size_t)(at - text));
		redact_words_text(w, at + strlen(WAS));
	}
}

static const char *behind(const char *text, const char *what)
{
	const char *at = strstr(text, what);

	return at != NULL ? at + strlen(what) : NULL;
}

/* Nobody has written these: they are chosen, or told by Slack. */
static bool is_chosen(const struct redact_line *l)
{
	return is_kind(l, "severity") || is_kind(l, "status") || is_kind(l, "lead") ||
		is_kind(l, "started");
}

/* What a message said is found by where it was said; we repeat what a line says. */
static void words_of_message(struct redact_words *w, const struct redact_line *l)
{
	if (is_kind(l, "topic") || is_kind(l, "purpose"))
		redact_words_text(w, behind(l->text, ": "));
	if (is_kind(l, "renamed"))
		add_quoted(w, l->text);
}

void redact_words_of(struct redact_words *w, const struct redact_line *l)
{
	const char *level;

	if (l->ts != NULL) {
		words_of_message(w, l);
		return;
	}
	if (is_chosen(l) || strcmp(l->text, VERB_FORM_EMPTY) == 0)
		return;
	redact_words_text(w, l->text);
	if (is_kind(l, "title"))
		add_titles(w, l->text);
	if (is_kind(l, "action"))
		redact_words_text(w, redact_action_text(l));
	if (is_kind(l, "action") && redact_action_changed(l))
		add_changed(w, redact_action_text(l));
	if (is_kind(l, "rename"))
		redact_words_name(w, l->text);
	level = is_kind(l, "declared") ? strrchr(l->text, '(') : NULL;
	if (level != NULL && level > l->text)
		add_title(w, l->text, (size_t)(level - l->text - 1));
}

bool redact_words_have(const struct redact_words *w, const char *text)
{
	size_t len = text != NULL ? strlen(text) : 0;

	for (const char *at = w->texts.text; len > 0 && at != NULL && *at != '\0';) {
		size_t one = strcspn(at, "\1");

		if (one == len && strncmp(at, text, len) == 0)
			return true;
		at += one + (at[one] != '\0');
	}
	return false;
}

void redact_words_done(struct redact_words *w)
{
	buf_done(&w->texts);
	buf_done(&w->names);
}

static int by_length(const void *a, const void *b)
{
	size_t x = strlen(*(const char *const *)a), y = strlen(*(const char *const *)b);

	return (x < y) - (x > y);
}

static size_t count_of(const char *joined)
{
	size_t n = 1;

	for (const char *at = joined; *at != '\0'; at++)
		n += *at == '\1';
	return n;
}

enum { WAYS = 3 };

/* In a form it was typed without Slack's entities, and what we post calls nobody. */
static int add_ways(struct arena *a, const char **list, const char *text)
{
	const char *nobody = call_nobody(a, text);
	struct buf typed = { 0 };
	int n = 0;

	list[n++] = text;
	if (strcmp(nobody, text) != 0)
		list[n++] = nobody;
	text_typed(&typed, text, NULL);
	if (typed.text != NULL && strcmp(typed.text, text) != 0)
		list[n++] = arena_copy(a, typed.text);
	buf_done(&typed);
	return n;
}

static int add_one(struct arena *a, const char **list, const char *text)
{
	(void)a;
	list[0] = text;
	return 1;
}

static const char *const *listed(struct arena *a, const char *joined,
	int (*put)(struct arena *, const char **, const char *))
{
	const char **list = arena_zeroed(a, sizeof(*list) * (WAYS * count_of(joined) + 1));
	int n = 0;

	while (*joined != '\0') {
		size_t len = strcspn(joined, "\1");

		n += put(a, list + n, arena_printf(a, "%.*s", (int)len, joined));
		joined += len + (joined[len] != '\0');
	}
	qsort(list, (size_t)n, sizeof(*list), by_length);
	return list;
}

const char *const *redact_texts(struct arena *a, const char *joined)
{
	return listed(a, joined, add_ways);
}

const char *const *redact_names(struct arena *a, const char *joined)
{
	return listed(a, joined, add_one);
}

void redact_needle(struct buf *b, const char *needle)
{
	if (needle != NULL && *needle != '\0')
		add(b, needle, strlen(needle));
}

void redact_needles(struct arena *a, struct buf *b, const char *const *texts)
{
	for (; *texts != NULL; texts++) {
		const char *needle = scrub_needle(a, *texts), *escaped = scrub_escaped(a, needle);

		redact_needle(b, needle);
		if (strcmp(needle, escaped) != 0)
			redact_needle(b, escaped);
	}
}

const char *redact_needles_end(struct arena *a, struct buf *b)
{
	const char *all = b->len > 0 ? arena_copy(a, b->text) : "\1";

	buf_done(b);
	return all;
}

const char *redact_title_line(
	struct arena *a, const struct redact_line *l, const char *const *titles)
{
	const char *text = l->text, *left = NULL;
	const char *end = is_kind(l, "title") ? WAS : " (";

	for (; *titles != NULL; titles++) {
		size_t len = strlen(*titles), all;

		if (strncmp(text, *titles, len) == 0 && strncmp(text + len, end, strlen(end)) == 0)
			text = left = arena_printf(a, "%s%s", BLOT, text + len);
		all = strlen(text);
		if (end == WAS && all > len + strlen(WAS) &&
			strcmp(text + all - len, *titles) == 0 &&
			strncmp(text + all - len - strlen(WAS), WAS, strlen(WAS)) == 0)
			text = left = arena_printf(a, "%.*s%s", (int)(all - len), text, BLOT);
	}
	return left;
}
