#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "workspace.h"

/* Text as Slack keeps it: what people type becomes tokens and a rich_text block. */

struct typing {
	const struct world *w;
	struct buf text;  /* with entities and tokens */
	struct buf plain; /* what is not yet an element */
	cJSON *elements;
};

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

static char *taken(struct buf *b)
{
	char *text = b->text != NULL ? b->text : strdup("");

	if (text == NULL)
		abort();
	*b = (struct buf){ 0 };
	return text;
}

static void flush_plain(struct typing *t)
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

	flush_plain(t);
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

static cJSON *rich_text(struct typing *t)
{
	cJSON *blocks = cJSON_CreateArray(), *block = cJSON_CreateObject();
	cJSON *sections = cJSON_CreateArray(), *section = cJSON_CreateObject();

	flush_plain(t);
	tree_set_text(section, "type", "rich_text_section");
	tree_set(section, "elements", t->elements);
	cJSON_AddItemToArray(sections, section);
	tree_set_text(block, "type", "rich_text");
	tree_set_text(block, "block_id", "typed");
	tree_set(block, "elements", sections);
	cJSON_AddItemToArray(blocks, block);
	return blocks;
}

char *typed_text(const struct world *w, const char *typed, cJSON **blocks_out)
{
	struct typing t = { .w = w, .elements = cJSON_CreateArray() };
	bool begins = true;

	for (const char *at = typed; *at != '\0';) {
		size_t n = 0;

		if (begins && (*at == '@' || *at == '#'))
			n = add_mention(&t, at);
		else if (begins &&
			(strncmp(at, "https://", 8) == 0 || strncmp(at, "http://", 7) == 0))
			n = add_link(&t, at);
		if (n == 0) {
			add_escaped(&t.text, at, 1);
			buf_add_bytes(&t.plain, at, 1);
			n = 1;
		}
		begins = strchr(" \t\n(\"'", at[n - 1]) != NULL;
		at += n;
	}
	*blocks_out = rich_text(&t);
	buf_done(&t.plain);
	return taken(&t.text);
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
	return taken(&to);
}
