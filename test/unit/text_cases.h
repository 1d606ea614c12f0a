#ifndef TEXT_CASES_H
#define TEXT_CASES_H

#include "check.h"
#include "text.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* What came, and what each writer makes of it. */
struct text_case {
	const char *came, *plain, *markdown, *html;
};

static const char *text_known(void *ctx, const char *id)
{
	static const char *const NAMES[][2] = { { "U7JONAS", "jonas" },
		{ "U7EVIL", "**e`vil**\n# x" }, { "S1", "on-call" }, { "C1", "war-room" },
		{ "C2", "#war-room" }, { "partyparrot", "(parrot)" } };

	(void)ctx; /* the names are fixed */
	for (size_t i = 0; i < COUNT(NAMES); i++)
		if (strcmp(id, NAMES[i][0]) == 0)
			return NAMES[i][1];
	return NULL;
}

static const struct text_names TEXT_KNOWN = {
	.person = text_known, .group = text_known, .channel = text_known, .emoji = text_known
};

typedef void text_writer(struct buf *to, const struct text *, const struct text_names *);

static void text_check(text_writer *write, const struct text *text, const char *want)
{
	struct buf got = { 0 };

	write(&got, text, &TEXT_KNOWN);
	while (got.len > 0 && got.text[got.len - 1] == '\n')
		got.text[--got.len] = '\0';
	CHECK_TEXT(got.text != NULL ? got.text : "", want);
	buf_done(&got);
}

static void text_check_all(const struct text *text, const struct text_case *c)
{
	text_check(text_plain, text, c->plain);
	text_check(text_markdown, text, c->markdown);
	text_check(text_html, text, c->html);
}

#endif
