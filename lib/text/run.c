#include <string.h>
#include <strings.h>

#include "builder.h"
#include "clean.h"
#include "emoji.h"

static bool says(const char *words)
{
	return words != NULL && *words != '\0';
}

static const char *name_of(text_name *name, void *ctx, const char *id)
{
	const char *known = name != NULL && says(id) ? name(ctx, id) : NULL;

	return says(known) ? known : NULL;
}

/* The mark is not doubled when the name brings it. Only what comes from outside is not clean yet. */
static void add_marked(struct buf *to, char mark, const char *name)
{
	if (name[0] != mark)
		buf_add_bytes(to, &mark, 1);
	clean_add_line(to, name, strlen(name));
}

static void add_named(struct buf *to, char mark, const char *name, const struct run *r)
{
	if (name == NULL)
		name = says(r->words) ? r->words : r->target != NULL ? r->target : "";
	add_marked(to, mark, name);
}

static void add_channel(struct buf *to, const char *name, const struct run *r)
{
	if (name == NULL && r->words != NULL && r->words[0] == '\0')
		buf_add(to, "private channel");
	else
		add_named(to, '#', name, r);
}

static void add_emoji(struct buf *to, const char *name, const struct text_names *names)
{
	const char *known;

	if (text_emoji(to, name))
		return;
	known = names != NULL ? name_of(names->emoji, names->ctx, name) : NULL;
	if (known != NULL)
		clean_add_line(to, known, strlen(known));
	else
		buf_printf(to, ":%s:", name);
}

void run_show(struct buf *to, const struct run *r, const struct text_names *names)
{
	static const struct text_names NONE = { 0 };
	const struct text_names *n = names != NULL ? names : &NONE;

	switch (r->kind) {
	case RUN_PERSON: add_named(to, '@', name_of(n->person, n->ctx, r->target), r); break;
	case RUN_GROUP: add_named(to, '@', name_of(n->group, n->ctx, r->target), r); break;
	case RUN_CHANNEL: add_channel(to, name_of(n->channel, n->ctx, r->target), r); break;
	case RUN_EMOJI:
		if (says(r->words))
			buf_add(to, r->words);
		else if (says(r->target))
			add_emoji(to, r->target, n);
		break;
	case RUN_LINK: buf_add(to, says(r->words) ? r->words : r->target); break;
	case RUN_BREAK: buf_add(to, "\n"); break;
	case RUN_WORDS:
	case RUN_BROADCAST: buf_add(to, r->words); break;
	}
}

bool address_is_safe(const char *address)
{
	static const char *const SCHEMES[] = { "http://", "https://", "mailto:", "tel:", "slack:" };

	for (size_t i = 0; address != NULL && i < sizeof(SCHEMES) / sizeof(SCHEMES[0]); i++)
		if (strncasecmp(address, SCHEMES[i], strlen(SCHEMES[i])) == 0)
			return true;
	return false;
}

bool address_tells(const char *address, const char *label)
{
	const char *bare = strstr(address, "://");

	if (strncmp(address, "mailto:", 7) == 0 || strncmp(address, "tel:", 4) == 0)
		return false;
	return strcmp(address, label) != 0 && (bare == NULL || strcmp(bare + 3, label) != 0);
}

/* The length without what ends the sentence around it, and the brackets that begin before it. */
static size_t without_end(const char *address, size_t len)
{
	static const char OPEN[] = "([{", CLOSE[] = ")]}";
	int unmatched[sizeof(CLOSE)] = { 0 };
	const char *bracket;

	for (size_t i = 0; i < len; i++)
		if ((bracket = strchr(CLOSE, address[i])) != NULL)
			unmatched[bracket - CLOSE]++;
		else if ((bracket = strchr(OPEN, address[i])) != NULL)
			unmatched[bracket - OPEN]--;
	for (; len > 0; len--) {
		bracket = strchr(CLOSE, address[len - 1]);
		if (bracket != NULL ? unmatched[bracket - CLOSE]-- <= 0
				    : strchr(".,:;!?'*_~\\", address[len - 1]) == NULL)
			break;
	}
	return len;
}

size_t address_at(const char *at, const char *end)
{
	size_t head = 0, len;

	if ((size_t)(end - at) > 8 && strncasecmp(at, "http", 4) == 0)
		head = strncmp(at + 4, "://", 3) == 0         ? 7
			: strncasecmp(at + 4, "s://", 4) == 0 ? 8
							      : 0;
	if (head == 0)
		return 0;
	len = head;
	while (at + len < end && strchr(" \t\n<>\"`|", at[len]) == NULL &&
		blank_at(at + len, end) == 0)
		len++;
	len = without_end(at + head, len - head);
	return len > 0 ? head + len : 0;
}
