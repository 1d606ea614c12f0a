#include <string.h>
#include <strings.h>

#include "text.h"
#include "token.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { MARKS = 3 };

/* clang-format off */
static const struct { char slack; const char *markdown; } MARK[MARKS] = {
	{ '*', "**" },
	{ '_', "_" },
	{ '~', "~~" },
};

static const char *const SCHEMES[] = { "http://", "https://", "mailto:" };
/* clang-format on */

static const char FENCE[] = "```";

enum quote { NO_QUOTE, LINE_QUOTE, LONG_QUOTE };

/* A stretch of text that is being written; one within marks is written by a writer of its own. */
struct writer {
	struct buf *to;
	const struct text_names *names;
	const char *at, *end;
	bool line_start;  /* only blanks were written on this line */
	enum quote quote; /* of this line */
	bool within[MARKS];
	const char *none_before[MARKS]; /* no mark of this kind closes before here */
};

static bool is_word(unsigned char c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* One character of text, so that Markdown shows it as it is. */
static void put_char(struct writer *w, char c)
{
	unsigned char u = (unsigned char)c;

	if (c == '\n') {
		buf_add(w->to, "\n");
		w->line_start = true;
		w->quote = NO_QUOTE;
		return;
	}
	if ((u < 0x20 && c != '\t') || u == 0x7f)
		c = ' ';
	if (strchr("\\`*_[]<>|~&", c) != NULL || (w->line_start && strchr("#-+=", c) != NULL))
		buf_add(w->to, "\\");
	buf_add_bytes(w->to, &c, 1);
	w->line_start = w->line_start && is_blank(c);
}

static void put_words(struct writer *w, const char *words)
{
	for (; words != NULL && *words != '\0'; words++)
		put_char(w, (char)(*words == '\n' ? ' ' : *words));
}

static void put_address(struct writer *w, const char *address)
{
	for (; *address != '\0'; address++) {
		unsigned char c = (unsigned char)*address;

		if (c <= 0x20 || c == 0x7f || strchr("()<>[]\\`\"|", c) != NULL)
			buf_printf(w->to, "%%%02X", (unsigned)c);
		else
			buf_add_bytes(w->to, address, 1);
	}
}

static bool is_safe(const char *address)
{
	for (size_t i = 0; i < COUNT(SCHEMES); i++) {
		if (strncasecmp(address, SCHEMES[i], strlen(SCHEMES[i])) == 0)
			return true;
	}
	return false;
}

static void put_link(struct writer *w, const char *address, const char *label)
{
	if (!is_safe(address)) {
		put_words(w, label);
		if (strcmp(address, label) != 0) {
			put_words(w, " (");
			put_words(w, address);
			put_words(w, ")");
		}
	} else if (strcmp(address, label) == 0) {
		buf_add(w->to, "<");
		put_address(w, address);
		buf_add(w->to, ">");
	} else {
		buf_add(w->to, "[");
		put_words(w, label);
		buf_add(w->to, "](");
		put_address(w, address);
		buf_add(w->to, ")");
	}
	w->line_start = false;
}

static void put_token(struct writer *w, const struct token *t)
{
	struct buf shown = { 0 }, address = { 0 };

	token_show(&shown, t, w->names);
	if (t->kind == 0) {
		add_unescaped(&address, t->id, t->id_len);
		put_link(w, address.text != NULL ? address.text : "",
			shown.text != NULL ? shown.text : "");
	} else {
		put_words(w, shown.text);
	}
	buf_done(&address);
	buf_done(&shown);
}

/* Within code nothing is escaped, and nothing may end it: a name's backticks become quotes. */
static void put_code_words(struct writer *w, const char *words)
{
	for (; words != NULL && *words != '\0'; words++) {
		unsigned char c = (unsigned char)*words;

		buf_add_bytes(w->to, c == '`' ? "'" : c < 0x20 ? " " : words, 1);
	}
}

static void put_code(struct writer *w, const char *at, const char *end)
{
	struct token token;

	while (at < end) {
		if (token_read(at, end, &token)) {
			struct buf shown = { 0 };

			token_show(&shown, &token, w->names);
			put_code_words(w, shown.text);
			buf_done(&shown);
			at += token.len;
		} else {
			char c = *at;
			size_t entity = entity_at(at, end, &c);

			buf_add_bytes(w->to, c == '`' ? "'" : &c, 1);
			at += entity > 0 ? entity : 1;
		}
	}
}

/* Where the text ends, or the pointer to what was looked for. */
static const char *find(const char *at, const char *end, const char *what)
{
	const char *found = memmem(at, (size_t)(end - at), what, strlen(what));

	return found != NULL ? found : end;
}

/* ```code``` becomes a fence, which stands on lines of its own. */
static bool put_fence(struct writer *w)
{
	const char *code = w->at + strlen(FENCE), *close;

	if (w->end - w->at < 7 || memcmp(w->at, FENCE, strlen(FENCE)) != 0)
		return false;
	close = find(code, w->end, FENCE);
	if (close == w->end || close == code)
		return false;
	w->at = close + strlen(FENCE);
	if (*code == '\n' && code + 1 < close)
		code++;
	if (close[-1] == '\n' && close - 1 > code)
		close--;
	buf_add(w->to, w->line_start && w->quote == NO_QUOTE ? "```\n" : "\n```\n");
	put_code(w, code, close);
	buf_add(w->to, "\n```");
	if (w->at < w->end && *w->at != '\n')
		buf_add(w->to, "\n");
	w->line_start = w->at < w->end;
	w->quote = NO_QUOTE;
	return true;
}

static bool put_inline_code(struct writer *w)
{
	const char *code = w->at + 1, *line_end, *close;

	if (*w->at != '`')
		return false;
	line_end = find(code, w->end, "\n");
	close = find(code, line_end, "`");
	if (close == line_end || close == code)
		return false;
	buf_add(w->to, "`");
	put_code(w, code, close);
	buf_add(w->to, "`");
	w->at = close + 1;
	w->line_start = false;
	return true;
}

/* What the search for a closing mark passes over as a whole: tokens and code. */
static const char *past_whole(const char *at, const char *end)
{
	struct token token;
	const char *close;

	if (token_read(at, end, &token))
		return at + token.len;
	if (*at != '`')
		return at + 1;
	close = find(at + 1, end, "`");
	return close != end ? close + 1 : at + 1;
}

/* The mark that closes the one at w->at on the same line, or NULL. */
static const char *closing_mark(struct writer *w, size_t kind)
{
	const char *line_end = find(w->at, w->end, "\n");
	const char *p = w->at + 1;

	while (p < line_end) {
		bool ends_word = p + 1 == w->end || !is_word((unsigned char)p[1]);

		if (*p == MARK[kind].slack && p > w->at + 1 && !is_blank(p[-1]) && ends_word)
			return p;
		p = past_whole(p, line_end);
	}
	w->none_before[kind] = line_end;
	return NULL;
}

static bool opens(const struct writer *w, size_t kind, const char *start)
{
	if (*w->at != MARK[kind].slack || w->within[kind])
		return false;
	if (w->none_before[kind] != NULL && w->at < w->none_before[kind])
		return false;
	if (w->at > start && (is_word((unsigned char)w->at[-1]) || w->at[-1] == *w->at))
		return false;
	return w->at + 1 < w->end && !is_blank(w->at[1]) && w->at[1] != *w->at;
}

static void put_stretch(struct writer *w);

static bool put_marked(struct writer *w, const char *start)
{
	for (size_t kind = 0; kind < MARKS; kind++) {
		const char *close = opens(w, kind, start) ? closing_mark(w, kind) : NULL;
		struct writer inner = *w;

		if (close == NULL)
			continue;
		inner.at = w->at + 1;
		inner.end = close;
		inner.within[kind] = true;
		inner.line_start = false;
		buf_add(w->to, MARK[kind].markdown);
		put_stretch(&inner);
		buf_add(w->to, MARK[kind].markdown);
		w->at = close + 1;
		w->line_start = false;
		return true;
	}
	return false;
}

/* "> " at the start of a line; of ">>>" Markdown too makes the lines behind it a part. */
static bool put_quote(struct writer *w, const char *start)
{
	static const char LONG[] = "&gt;&gt;&gt;";
	char meant = '\0';
	size_t len = entity_at(w->at, w->end, &meant);

	if (meant != '>' || (w->at > start && w->at[-1] != '\n'))
		return false;
	w->quote = LINE_QUOTE;
	if ((size_t)(w->end - w->at) >= strlen(LONG) && memcmp(w->at, LONG, strlen(LONG)) == 0) {
		w->quote = LONG_QUOTE;
		len = strlen(LONG);
	}
	w->at += len;
	if (w->at < w->end && *w->at == ' ')
		w->at++;
	buf_add(w->to, "> ");
	return true;
}

/* A line behind a quote is not a part of it, unless it says so: Markdown needs an empty one between. */
static void put_plain(struct writer *w)
{
	bool was_quoted = w->quote == LINE_QUOTE;
	char c = *w->at, next = '\0';
	size_t entity = entity_at(w->at, w->end, &c);

	w->at += entity > 0 ? entity : 1;
	put_char(w, c);
	if (c != '\n' || !was_quoted || w->at == w->end || *w->at == '\n')
		return;
	if (entity_at(w->at, w->end, &next) == 0 || next != '>')
		buf_add(w->to, "\n");
}

static void put_stretch(struct writer *w)
{
	const char *start = w->at;
	bool whole = !w->within[0] && !w->within[1] && !w->within[2];
	struct token token;

	while (w->at < w->end) {
		if (whole && (put_quote(w, start) || put_fence(w)))
			continue;
		if (put_inline_code(w) || put_marked(w, start))
			continue;
		if (token_read(w->at, w->end, &token)) {
			put_token(w, &token);
			w->at += token.len;
		} else {
			put_plain(w);
		}
	}
}

void text_markdown(struct buf *to, const char *mrkdwn, const struct text_names *names)
{
	struct writer w = { .to = to, .names = names, .at = mrkdwn, .line_start = true };

	if (mrkdwn == NULL)
		return;
	w.end = mrkdwn + strlen(mrkdwn);
	put_stretch(&w);
}
