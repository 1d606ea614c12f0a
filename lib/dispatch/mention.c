#include "mention.h"

#include <string.h>

#include "dispatch.h"
#include "typed.h"

/* Behind our name, when it stands here: "<@U1>" or "<@U1|name>". */
static const char *behind_name(const char *at, const char *self)
{
	size_t len = strlen(self);

	if (strncmp(at, "<@", 2) != 0 || strncmp(at + 2, self, len) != 0)
		return NULL;
	at += 2 + len;
	if (*at != '>' && *at != '|')
		return NULL;
	at = strchr(at, '>');
	return at != NULL ? at + 1 : NULL;
}

/* "incidentd: resolve" and "incidentd , resolve" as well; "incidentd's", "incidentd!" and "incidentd :smile:" are talk. */
static const char *order_at(const char *at, const char *self)
{
	const char *behind = behind_name(at, self), *order;
	size_t marks;

	if (behind == NULL)
		return NULL;
	order = behind + typed_blanks(behind);
	marks = strspn(order, ":,");
	if (marks == 0 && order == behind && *order != '\0')
		return NULL;
	order += marks;
	return marks == 0 || *order == '\0' || typed_blanks(order) > 0 ? order : NULL;
}

const char *mention_order(const char *said, const char *self)
{
	return order_at(said + typed_blanks(said), self);
}

/* In a line that begins with "> ", or after a ">>>", or between backticks. */
static bool is_quoted(const char *said, const char *at)
{
	const char *line = said;
	bool code = false, quote = false, rest = false;

	for (const char *p = said; p < at; p++) {
		if (*p == '\n')
			line = p + 1;
		if (*p == '`')
			code = !code;
		quote = strncmp(line, "&gt;", 4) == 0;
		rest = rest || strncmp(line, "&gt;&gt;&gt;", 12) == 0;
	}
	return code || quote || rest;
}

static bool begins_with_verb(struct arena *a, const char *text)
{
	const char *word = text + typed_blanks(text);

	return verb_find(arena_printf(a, "%.*s", (int)strcspn(word, " \t\r\n\xc2\xe2"), word)) !=
		NULL;
}

bool mention_seems_meant(struct arena *a, const char *said, const char *self)
{
	for (const char *at = strchr(said, '<'); at != NULL; at = strchr(at + 1, '<')) {
		const char *behind = behind_name(at, self);

		if (behind != NULL && begins_with_verb(a, behind + strspn(behind, " :,.!?")) &&
			!is_quoted(said, at))
			return true;
	}
	return false;
}
