#include <ctype.h>
#include <string.h>

#include "buf.h"
#include "scrub.h"

static const char BLOT[] = "[redacted]";

/* In bytes: nowhere is less than this shown of what is too long to be shown whole. */
enum { HEAD = 100 };

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) != 0;
}

/* In names a dash does not end a word. */
static bool is_of_name(char c)
{
	return is_letter(c) || c == '-' || c == '_';
}

static size_t head_of(const char *text)
{
	size_t len = strlen(text);

	if (len <= HEAD)
		return len;
	for (len = HEAD; ((unsigned char)text[len] & 0xc0) == 0x80;)
		len--;
	return len;
}

static size_t alike(const char *a, const char *b)
{
	size_t len = 0;

	while (a[len] != '\0' && a[len] == b[len])
		len++;
	return len;
}

/* Where it was cut, what stands for the rest goes as well. */
static size_t dots(const char *at)
{
	static const char *const DOTS[] = { "...", "\u2026" };

	for (size_t i = 0; i < sizeof(DOTS) / sizeof(DOTS[0]); i++)
		if (strncmp(at, DOTS[i], strlen(DOTS[i])) == 0)
			return strlen(DOTS[i]);
	return 0;
}

/* "DB" is not in "DBA", nor in "my-DB" as a name. What is long enough may be cut. 0: it does not stand here. */
static size_t copy_at(const char *text, const char *at, const char *out, bool (*is_within)(char))
{
	size_t whole = strlen(out), len = alike(at, out);

	if (at > text && is_within(at[-1]) && is_within(*at))
		return 0;
	if (len < whole)
		return len >= HEAD ? len + dots(at + len) : 0;
	return is_within(at[len]) && is_within(out[len - 1]) ? 0 : len;
}

/* "inc-7-lift-2" is a name that was tried after "inc-7-lift". */
static size_t name_at(const char *text, const char *at, const char *name)
{
	size_t len = strlen(name), more;

	if (strncmp(at, name, len) != 0 || (at > text && is_of_name(at[-1])))
		return 0;
	more = at[len] == '-' ? 1 + strspn(at + len + 1, "0123456789") : 0;
	len += more > 1 ? more : 0;
	return is_of_name(at[len]) ? 0 : len;
}

static size_t text_at(const char *text, const char *at, const char *out)
{
	return copy_at(text, at, out, is_letter);
}

typedef size_t stands_at(const char *text, const char *at, const char *out);

static const char *blot(
	struct arena *a, const char *text, const char *out, stands_at *stands, const char *instead)
{
	const char *head = arena_printf(a, "%.*s", (int)head_of(out), out);
	const char *done = text, *at = *head != '\0' ? strstr(text, head) : NULL;
	struct buf b = { 0 };
	const char *left;

	while (at != NULL) {
		size_t len = stands(text, at, out);

		if (len > 0) {
			buf_add_bytes(&b, done, (size_t)(at - done));
			buf_add(&b, instead);
			done = at + len;
		}
		at = strstr(len > 0 ? done : at + 1, head);
	}
	if (done == text)
		return NULL;
	buf_add(&b, done);
	left = arena_copy(a, b.text);
	buf_done(&b);
	return left;
}

static const char *blot_all(struct arena *a, const char *text, const char *const *list,
	stands_at *stands, const char *instead)
{
	const char *left = NULL;

	for (; text != NULL && list != NULL && *list != NULL; list++) {
		const char *without = blot(a, left != NULL ? left : text, *list, stands, instead);

		left = without != NULL ? without : left;
	}
	return left;
}

const char *scrub_text(struct arena *a, const char *text, const char *const *texts)
{
	return blot_all(a, text, texts, text_at, BLOT);
}

const char *scrub_names(
	struct arena *a, const char *text, const char *const *names, const char *instead)
{
	return blot_all(a, text, names, name_at, instead);
}

const char *scrub_needle(struct arena *a, const char *text)
{
	static const char WRITTEN_OTHERWISE[] = "\"\\/<>&'\n\r\t\b\f\1";
	const char *end = text + head_of(text), *longest = text;
	size_t most = 0;

	while (text < end) {
		size_t len = strcspn(text, WRITTEN_OTHERWISE);

		len = len < (size_t)(end - text) ? len : (size_t)(end - text);
		if (len > most) {
			longest = text;
			most = len;
		}
		text += len + 1;
	}
	return arena_printf(a, "%.*s", (int)most, longest);
}

/* One character of UTF-8, which we have checked. */
static size_t point_at(const char *at, unsigned *point)
{
	const unsigned char *p = (const unsigned char *)at;
	size_t len = *p >= 0xf0 ? 4 : *p >= 0xe0 ? 3 : *p >= 0xc0 ? 2 : 1;

	*point = len == 1 ? *p : *p & (0x7fu >> len);
	for (size_t i = 1; i < len && p[i] != '\0'; i++)
		*point = *point << 6 | (p[i] & 0x3f);
	return len;
}

enum { PLANE = 0x10000, HIGH = 0xd800, LOW = 0xdc00, HALF = 0x3ff };

const char *scrub_escaped(struct arena *a, const char *needle)
{
	struct buf b = { 0 };
	const char *text;
	unsigned point;

	for (const char *end = needle + strlen(needle); needle < end;) {
		needle += point_at(needle, &point);
		if (point < 0x80)
			buf_printf(&b, "%c", (char)point);
		else if (point < PLANE)
			buf_printf(&b, "\\u%04x", point);
		else
			buf_printf(&b, "\\u%04x\\u%04x", HIGH | ((point - PLANE) >> 10),
				LOW | ((point - PLANE) & HALF));
	}
	text = arena_copy(a, b.text != NULL ? b.text : "");
	buf_done(&b);
	return text;
}
