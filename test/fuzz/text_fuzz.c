#include <assert.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "text.h"

/* What somebody wrote, a NUL, and its blocks and attachments as JSON. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

enum { DEEPEST = 64 };

/* The tags that may be open at once, as pointers to their names. */
struct open_tags {
	const char *name[DEEPEST];
	int count;
};

static const char LINK[] = "a href=\"", REST[] = "\" rel=\"noreferrer noopener\">";

static bool is_scheme(const char *address)
{
	static const char *const SCHEMES[] = { "http://", "https://", "mailto:", "tel:", "slack:" };

	for (size_t i = 0; i < sizeof(SCHEMES) / sizeof(SCHEMES[0]); i++)
		if (strncasecmp(address, SCHEMES[i], strlen(SCHEMES[i])) == 0)
			return true;
	return false;
}

/* Behind the opening tag at `at`, which stands behind its <. Nothing but what we write is there. */
static const char *past_tag(const char *at, size_t *name_len)
{
	const char *end;

	*name_len = strspn(at, "abcdefghijklmnopqrstuvwxyz");
	if (strncmp(at, LINK, strlen(LINK)) == 0) {
		at += strlen(LINK);
		assert(is_scheme(at));
		end = at + strcspn(at, "\"<> \t\n'");
		assert(strncmp(end, REST, strlen(REST)) == 0);
		return end + strlen(REST);
	}
	if (strncmp(at, "li value=\"", 10) == 0) {
		end = at + 10 + strspn(at + 10, "0123456789");
		assert(strncmp(end, "\">", 2) == 0);
		return end + 2;
	}
	assert(at[*name_len] == '>');
	return at + *name_len + 1;
}

static bool is_ours(const char *name, size_t len)
{
	static const char *const TAGS[] = { "p", "strong", "em", "del", "code", "pre", "blockquote",
		"ul", "ol", "li", "a", "bdi" };

	for (size_t i = 0; i < sizeof(TAGS) / sizeof(TAGS[0]); i++)
		if (strlen(TAGS[i]) == len && strncmp(name, TAGS[i], len) == 0)
			return true;
	return false;
}

static const char *check_tag(struct open_tags *open, const char *at)
{
	bool closes = *at == '/';
	const char *name = at + closes, *next;
	size_t len;

	if (strncmp(at, "br>", 3) == 0 || strncmp(at, "hr>", 3) == 0)
		return at + 3;
	next = past_tag(name, &len);
	assert(is_ours(name, len));
	if (closes) {
		assert(open->count > 0 && name[len] == '>');
		assert(strncmp(open->name[--open->count], name, len) == 0);
	} else {
		assert(open->count < DEEPEST);
		open->name[open->count++] = name;
	}
	return next;
}

static void check_html(const char *html)
{
	struct open_tags open = { 0 };

	while (*html != '\0') {
		html += strcspn(html, "<>&");
		if (*html == '<') {
			html = check_tag(&open, html + 1);
		} else if (*html == '&') {
			const char *end = html + 1 + strcspn(html + 1, "; <>&");

			assert(*end == ';' && end - html <= 5);
			html = end;
		} else {
			assert(*html == '\0');
		}
	}
	assert(open.count == 0);
}

/* Valid UTF-8, without control characters and those that turn what follows. */
static void check_clean(const struct buf *b)
{
	const unsigned char *p = (const unsigned char *)b->text;

	assert(b->len == 0 || strlen(b->text) == b->len);
	while (p != NULL && *p != '\0') {
		int more = *p < 0x80 ? 0 : *p < 0xe0 ? 1 : *p < 0xf0 ? 2 : 3;

		assert(*p >= 0x20 || *p == '\n' || *p == '\t');
		assert(*p < 0x7f || (*p >= 0xc2 && *p < 0xf5));
		assert(!(p[0] == 0xc2 && p[1] < 0xa0));
		assert(!(p[0] == 0xe2 && p[1] == 0x80 && p[2] >= 0xa8 && p[2] <= 0xae));
		for (p++; more > 0; more--, p++)
			assert((*p & 0xc0) == 0x80);
	}
}

static void check_text(const struct text *text, size_t len)
{
	struct buf plain = { 0 }, markdown = { 0 }, html = { 0 };

	text_plain(&plain, text, NULL);
	text_markdown(&markdown, text, NULL);
	text_html(&html, text, NULL);
	check_clean(&plain);
	check_clean(&markdown);
	check_clean(&html);
	if (html.len > 0)
		check_html(html.text);
	assert(plain.len <= 1000 + 40 * len && html.len <= 1000 + 120 * len);
	assert(markdown.len <= 1000 + 60 * len);
	assert(text_same(text, text));
	buf_done(&plain);
	buf_done(&markdown);
	buf_done(&html);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena *arena = arena_new();
	char *mrkdwn = arena_zeroed(arena, len + 2);
	struct buf typed = { 0 };
	const clock_t began = clock();

	if (len > 0)
		memcpy(mrkdwn, bytes, len);
	check_text(text_read(arena, mrkdwn, mrkdwn + strlen(mrkdwn) + 1), len);
	text_typed(&typed, mrkdwn, NULL);
	check_clean(&typed);
	assert((clock() - began) / CLOCKS_PER_SEC < 2);
	buf_done(&typed);
	arena_free(arena);
	return 0;
}
