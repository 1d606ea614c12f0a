#include "typed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Text as Slack keeps it: what people type becomes tokens and elements of rich text. */

static void add_escaped(struct buf *to, const char *at, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (at[i] == '&')
			buf_add(to, "&amp;");
		else if (at[i] == '<')
			buf_add(to, "&lt;");
		else if (at[i] == '>')
			buf_add(to, "&gt;");
		else
			buf_add_bytes(to, at + i, 1);
	}
}

char *buf_taken(struct buf *b)
{
	char *text = b->text != NULL ? b->text : strdup("");

	if (text == NULL)
		abort();
	*b = (struct buf){ 0 };
	return text;
}

void typing_flush(struct typing *t)
{
	cJSON *element;

	if (t->plain.len == 0)
		return;
	element = cJSON_CreateObject();
	tree_set_text(element, "type", "text");
	tree_set_text(element, "text", t->plain.text);
	cJSON_AddItemToArray(t->elements, element);
	buf_empty(&t->plain);
}

static void add_element(struct typing *t, const char *type, const char *field, const char *value)
{
	cJSON *element = cJSON_CreateObject();

	typing_flush(t);
	tree_set_text(element, "type", type);
	tree_set_text(element, field, value);
	cJSON_AddItemToArray(t->elements, element);
}

static size_t word_length(const char *at)
{
	size_t n = strcspn(at, " \t\n,;:!?()<>&\"'");

	while (n > 0 && at[n - 1] == '.')
		n--;
	return n;
}

static bool add_user(struct typing *t, const char *word)
{
	const char *id = world_user_id(t->w, word);

	if (strcmp(word, "here") == 0 || strcmp(word, "channel") == 0 ||
		strcmp(word, "everyone") == 0) {
		buf_printf(&t->text, "<!%s>", word);
		add_element(t, "broadcast", "range", word);
		return true;
	}
	if (id == NULL && group_id(t->w, word) != NULL) {
		buf_printf(&t->text, "<!subteam^%s|@%s>", group_id(t->w, word), word);
		add_element(t, "usergroup", "usergroup_id", group_id(t->w, word));
		return true;
	}
	if (id == NULL)
		return false;
	buf_printf(&t->text, "<@%s>", id);
	add_element(t, "user", "user_id", id);
	return true;
}

static bool add_channel(struct typing *t, const char *word)
{
	const struct channel *ch = channel_find(t->w, word);
	bool hidden = ch != NULL && channel_kind(ch) != CHANNEL_PUBLIC;

	if (ch == NULL || tree_text(ch->about, "name") == NULL)
		return false;
	buf_printf(
		&t->text, "<#%s|%s>", channel_id(ch), hidden ? "" : tree_text(ch->about, "name"));
	add_element(t, "channel", "channel_id", channel_id(ch));
	return true;
}

/* A @name or #name at the start of a word. Returns the length taken, 0 for none. */
static size_t add_mention(struct typing *t, const char *at)
{
	char word[128];
	size_t n = word_length(at + 1);
	bool known;

	if (n == 0 || n >= sizeof(word))
		return 0;
	memcpy(word, at + 1, n);
	word[n] = '\0';
	known = *at == '@' ? add_user(t, word) : add_channel(t, word);
	return known ? n + 1 : 0;
}

static size_t add_link(struct typing *t, const char *at)
{
	char url[2048];
	size_t n = strcspn(at, " \t\n<>\"");

	if (n >= sizeof(url))
		return 0;
	memcpy(url, at, n);
	url[n] = '\0';
	buf_add(&t->text, "<");
	add_escaped(&t->text, at, n);
	buf_add(&t->text, ">");
	add_element(t, "link", "url", url);
	return n;
}

/* :name: or :name::skin-tone-3: at the start of a word. Returns the length taken, 0 for none. */
static size_t add_emoji(struct typing *t, const char *at)
{
	static const char NAME[] = "abcdefghijklmnopqrstuvwxyz0123456789_+'-";
	size_t n = strspn(at + 1, NAME), tone = 0, whole;
	cJSON *element;
	char name[64];

	if (n == 0 || n >= sizeof name || at[n + 1] != ':')
		return 0;
	whole = n + 2;
	if (strncmp(at + whole, ":skin-tone-", 11) == 0 && at[whole + 11] >= '2' &&
		at[whole + 11] <= '6' && at[whole + 12] == ':') {
		tone = (size_t)(at[whole + 11] - '0');
		whole += 13;
	}
	memcpy(name, at + 1, n);
	name[n] = '\0';
	buf_add_bytes(&t->text, at, whole);
	typing_flush(t);
	element = cJSON_CreateObject();
	tree_set_text(element, "type", "emoji");
	tree_set_text(element, "name", name);
	if (tone > 0)
		tree_set_int(element, "skin_tone", (int64_t)tone);
	cJSON_AddItemToArray(t->elements, element);
	return whole;
}

/* *bold*, _italic_, ~struck~ and `code`, one in another not. Returns the length taken, 0 for none. */
static size_t add_styled(struct typing *t, const char *at, const char *end)
{
	static const char *const STYLES[] = {
		['*'] = "bold", ['_'] = "italic", ['~'] = "strike", ['`'] = "code"
	};
	const char *close = memchr(at + 1, *at, (size_t)(end - at - 1));
	cJSON *element;
	char *words;

	if (close == NULL || close == at + 1 || at[1] == ' ' || close[-1] == ' ')
		return 0;
	words = strndup(at + 1, (size_t)(close - at - 1));
	if (words == NULL)
		abort();
	add_escaped(&t->text, at, (size_t)(close - at + 1));
	typing_flush(t);
	element = cJSON_CreateObject();
	tree_set_text(element, "type", "text");
	tree_set_text(element, "text", words);
	tree_set_yes(cJSON_AddObjectToObject(element, "style"), STYLES[(unsigned char)*at], true);
	cJSON_AddItemToArray(t->elements, element);
	free(words);
	return (size_t)(close - at + 1);
}

static size_t add_token(struct typing *t, const char *at, const char *end)
{
	if (*at == '@' || *at == '#')
		return add_mention(t, at);
	if (*at == ':')
		return add_emoji(t, at);
	if (strncmp(at, "https://", 8) == 0 || strncmp(at, "http://", 7) == 0)
		return add_link(t, at);
	return strchr("*_~`", *at) != NULL ? add_styled(t, at, end) : 0;
}

void typing_line(struct typing *t, const char *line, size_t len)
{
	const char *end = line + len;
	bool begins = true;

	for (const char *at = line; at < end;) {
		size_t n = begins ? add_token(t, at, end) : 0;

		if (n == 0) {
			add_escaped(&t->text, at, 1);
			buf_add_bytes(&t->plain, at, 1);
			n = 1;
		}
		begins = strchr(" \t\n(\"'", at[n - 1]) != NULL;
		at += n;
	}
}

void typing_raw(struct typing *t, const char *text, size_t len)
{
	add_escaped(&t->text, text, len);
	buf_add_bytes(&t->plain, text, len);
}

/* The length of a <token>, or 0 if this < begins none. */
static size_t token_length(const char *at)
{
	size_t n = strcspn(at + 1, "<>\n");
	const char *in = at + 1;

	if (n == 0 || in[n] != '>')
		return 0;
	if (*in == '@' || *in == '#' || *in == '!' || strncmp(in, "mailto:", 7) == 0 ||
		strncmp(in, "tel:", 4) == 0)
		return n + 2;
	for (size_t i = 0; i + 2 < n; i++)
		if (memcmp(in + i, "://", 3) == 0)
			return n + 2;
	return 0;
}

static bool entity(const char *at)
{
	return strncmp(at, "&amp;", 5) == 0 || strncmp(at, "&lt;", 4) == 0 ||
		strncmp(at, "&gt;", 4) == 0;
}

char *posted_text(const char *text)
{
	struct buf to = { 0 };

	for (const char *at = text; *at != '\0';) {
		size_t n = *at == '<' ? token_length(at) : 0;

		if (n > 0 || (*at == '&' && entity(at)))
			buf_add_bytes(&to, at, n > 0 ? n : 1);
		else
			add_escaped(&to, at, 1);
		at += n > 0 ? n : 1;
	}
	return buf_taken(&to);
}
