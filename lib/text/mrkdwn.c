#include <string.h>

#include "boundary.h"
#include "builder.h"
#include "clean.h"
#include "emoji.h"
#include "token.h"

enum { MARKS = 3, TAB = 4 };

/* clang-format off */
static const struct { char mark; unsigned style; } MARK[MARKS] = {
	{ '*', BOLD },
	{ '_', ITALIC },
	{ '~', STRIKE },
};
/* clang-format on */

/* A stretch of one line. Marks look at their neighbours beyond it, to the ends of the line. */
struct stretch {
	struct builder *to;
	const char *line, *line_end;
	const char *at, *end;
	unsigned styles;
	const char *none_before[MARKS]; /* no mark of this kind closes before here */
};

static bool is_empty(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at == end;
}

static void put_unescaped(struct stretch *s, const char *from, const char *end)
{
	struct buf words = { 0 };

	if (from < end) {
		add_unescaped(&words, from, (size_t)(end - from));
		build_words(s->to, s->styles, words.text, words.len);
	}
	buf_done(&words);
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
	close = memchr(at + 1, '`', (size_t)(end - at) - 1);
	return close != NULL ? close + 1 : at + 1;
}

/* One that can only open ends the search: what it opens is closed first. */
static const char *closing_mark(struct stretch *s, size_t kind)
{
	const char *p = s->at + 1;

	while (p < s->end) {
		if (*p == MARK[kind].mark && p > s->at + 1 && may_close(p, s->line_end))
			return p;
		if (*p == MARK[kind].mark && may_open(p, s->line, s->end))
			break;
		p = past_whole(p, s->end);
	}
	s->none_before[kind] = p;
	return NULL;
}

static bool opens(const struct stretch *s, size_t kind)
{
	return *s->at == MARK[kind].mark && (s->styles & MARK[kind].style) == 0 &&
		s->at >= s->none_before[kind] && may_open(s->at, s->line, s->end);
}

static void put_stretch(struct stretch *s);

static bool put_marked(struct stretch *s)
{
	for (size_t kind = 0; kind < MARKS; kind++) {
		const char *close = opens(s, kind) ? closing_mark(s, kind) : NULL;
		struct stretch inner = { s->to, s->line, s->line_end, s->at + 1, close,
			s->styles | MARK[kind].style, { s->line, s->line, s->line } };

		if (close == NULL)
			continue;
		put_stretch(&inner);
		s->at = close + 1;
		return true;
	}
	return false;
}

/* Within code no mark counts, but tokens and entities are what Slack made of < and &. */
static void put_code(struct builder *to, const char *at, const char *end, unsigned styles)
{
	struct stretch code = { .to = to, .styles = styles };
	struct token token;
	const char *words = at;

	while (at < end) {
		if (!token_read(at, end, &token)) {
			at++;
			continue;
		}
		put_unescaped(&code, words, at);
		token_build(to, &token, styles);
		words = at += token.len;
	}
	put_unescaped(&code, words, end);
}

static bool put_inline_code(struct stretch *s)
{
	const char *code = s->at + 1, *close;

	if (*s->at != '`')
		return false;
	close = memchr(code, '`', (size_t)(s->end - code));
	if (close == NULL || is_empty(code, close))
		return false;
	put_code(s->to, code, close, s->styles | CODE);
	s->at = close + 1;
	return true;
}

static bool put_emoji(struct stretch *s)
{
	size_t len = emoji_at(s->at, s->end);
	struct buf name = { 0 };

	if (len == 0 || (s->at > s->line && word_byte(s->at[-1])) ||
		(s->at + len < s->line_end && word_byte(s->at[len])))
		return false;
	buf_add_bytes(&name, s->at + 1, len - 2);
	build_run(s->to, RUN_EMOJI, s->styles, name.text, NULL);
	buf_done(&name);
	s->at += len;
	return true;
}

static bool put_token(struct stretch *s)
{
	struct token token;

	if (!token_read(s->at, s->end, &token))
		return false;
	token_build(s->to, &token, s->styles);
	s->at += token.len;
	return true;
}

/* Whether what stands here is more than words: if so it was put down, but not before the words in front of it. */
static bool put_special(struct stretch *s)
{
	switch (*s->at) {
	case '`': return put_inline_code(s);
	case '<': return put_token(s);
	case ':': return put_emoji(s);
	default: return put_marked(s);
	}
}

static void put_stretch(struct stretch *s)
{
	const char *words = s->at;

	while (s->at < s->end && !s->to->cut) {
		const char *here = s->at;

		if (strchr("`<:*_~", *here) == NULL) {
			s->at++;
			continue;
		}
		put_unescaped(s, words, here);
		words = here;
		if (put_special(s))
			words = s->at;
		else
			s->at++;
	}
	put_unescaped(s, words, s->end);
}

void read_typed(struct builder *to, const char *mrkdwn)
{
	if (mrkdwn == NULL)
		return;
	build_block(to, BLOCK_CODE);
	put_code(to, mrkdwn, mrkdwn + strlen(mrkdwn), 0);
}

void read_plain(struct builder *to, unsigned styles, const char *plain)
{
	struct stretch s = { .to = to, .line = plain, .at = plain, .styles = styles };
	const char *words = plain;

	if (plain == NULL)
		return;
	s.end = s.line_end = plain + strlen(plain);
	while (s.at < s.end && !to->cut) {
		const char *here = s.at;

		if (*here != ':' || emoji_at(here, s.end) == 0) {
			s.at++;
			continue;
		}
		build_words(to, styles, words, (size_t)(here - words));
		words = here;
		if (put_emoji(&s))
			words = s.at;
		else
			s.at++;
	}
	build_words(to, styles, words, (size_t)(s.end - words));
}

/* Lines, and the fences between them. */
struct lines {
	struct builder *to;
	const char *at, *end;
	int quoted;          /* how deep the whole stands in quotes */
	bool to_the_end;     /* a >>> was there: all that follows is quoted */
	bool no_more_fences; /* none is closed from here on */
};

static const char FENCE[] = "```";
enum { FENCE_LEN = sizeof(FENCE) - 1 };

/* The length of a > at this place, escaped or not; 0: none. */
static size_t quote_mark(const char *at, const char *end)
{
	char meant = '\0';
	size_t len = entity_at(at, end, &meant);

	if (len == 0 && at < end && *at == '>')
		return 1;
	return meant == '>' ? len : 0;
}

static void skip_blank(struct lines *l)
{
	if (l->at < l->end && *l->at == ' ')
		l->at++;
}

/* Takes the > of a line, and says how deep it is quoted. */
static int read_quote(struct lines *l)
{
	size_t one = quote_mark(l->at, l->end), two, three;

	if (l->to_the_end)
		return l->quoted + 1;
	if (one == 0)
		return l->quoted;
	two = quote_mark(l->at + one, l->end);
	three = two > 0 ? quote_mark(l->at + one + two, l->end) : 0;
	l->to_the_end = three > 0;
	l->at += three > 0 ? one + two + three : one;
	skip_blank(l);
	return l->quoted + 1;
}

/* What begins an item: its bullet, or a number and a full stop, and a blank. 0: it is none. */
static size_t item_mark(const char *at, const char *end, int *number)
{
	/* As Slack writes lists into a message's text, and as people type them. */
	static const char *const BULLETS[] = { "\u2022", "\u25e6", "\u25aa\ufe0e", "\u25aa", "-" };
	const char *p = at;

	*number = -1;
	for (size_t i = 0; i < sizeof(BULLETS) / sizeof(BULLETS[0]); i++) {
		size_t len = strlen(BULLETS[i]);

		if ((size_t)(end - at) > len && memcmp(at, BULLETS[i], len) == 0 && at[len] == ' ')
			return len + 1;
	}
	while (p < end && p - at < 6 && *p >= '0' && *p <= '9')
		p++;
	if (p == at || end - p < 2 || p[0] != '.' || p[1] != ' ')
		return 0;
	*number = 0;
	for (const char *digit = at; digit < p; digit++)
		*number = *number * 10 + (*digit - '0');
	return (size_t)(p - at) + 2;
}

/* Takes what stands before the words of an item, and begins it. */
static bool read_item(struct lines *l, const char *line_end)
{
	const char *p = l->at;
	int columns = 0, number;
	size_t mark;

	for (; p < line_end && (*p == ' ' || *p == '\t'); p++)
		columns += *p == '\t' ? TAB : 1;
	mark = item_mark(p, line_end, &number);
	if (mark == 0)
		return false;
	build_item(l->to, columns / TAB, number);
	l->at = p + mark;
	return true;
}

/* A line goes on with the paragraph before it, unless it is quoted otherwise. */
static void begin_line(struct lines *l, const char *line_end)
{
	const struct block *open = l->to->block;

	l->to->quoted = read_quote(l);
	if (l->at > line_end || is_empty(l->at, line_end) || read_item(l, line_end))
		return;
	if (open == NULL || open->kind != BLOCK_PARAGRAPH || open->quoted != l->to->quoted)
		build_block(l->to, BLOCK_PARAGRAPH);
}

/* The fence that begins before `before` and is closed, with something in it. NULL: none. */
static const char *find_fence(struct lines *l, const char *before, const char **close)
{
	const char *open = l->at;

	while (!l->no_more_fences) {
		open = memmem(open, (size_t)(before - open), FENCE, FENCE_LEN);
		if (open == NULL)
			return NULL;
		*close = memmem(
			open + FENCE_LEN, (size_t)(l->end - open) - FENCE_LEN, FENCE, FENCE_LEN);
		l->no_more_fences = *close == NULL;
		if (*close > open + FENCE_LEN)
			return open;
		open++;
	}
	return NULL;
}

static void put_line(struct lines *l, const char *line_end)
{
	struct stretch s = { .to = l->to, .line = l->at, .line_end = line_end, .at = l->at };

	s.end = line_end;
	for (size_t kind = 0; kind < MARKS; kind++)
		s.none_before[kind] = s.line;
	put_stretch(&s);
	l->at = line_end;
}

/* What follows a fence on its line begins a paragraph. */
static void put_fence(struct lines *l, const char *open, const char *close)
{
	build_block(l->to, BLOCK_CODE);
	put_code(l->to, open + FENCE_LEN, close, 0);
	l->to->breaks = 0;
	l->at = close + FENCE_LEN;
	if (l->at < l->end && *l->at == '\n') {
		l->at++;
		build_break(l->to);
		return;
	}
	while (l->at < l->end && *l->at == ' ')
		l->at++;
	if (l->at < l->end && quote_mark(l->at, l->end) == 0)
		build_block(l->to, BLOCK_PARAGRAPH);
}

static void read_line(struct lines *l)
{
	const char *line_end = memchr(l->at, '\n', (size_t)(l->end - l->at)), *open, *close;

	if (line_end == NULL)
		line_end = l->end;
	begin_line(l, line_end);
	open = find_fence(l, line_end, &close);
	put_line(l, open != NULL ? open : line_end);
	if (open != NULL) {
		put_fence(l, open, close);
	} else if (l->at < l->end) {
		l->at++;
		build_break(l->to);
	}
}

void read_mrkdwn(struct builder *to, const char *mrkdwn)
{
	struct lines l = { .to = to, .at = mrkdwn, .quoted = to->quoted };

	if (mrkdwn == NULL)
		return;
	l.end = mrkdwn + strlen(mrkdwn);
	while (l.at < l.end && !to->cut)
		read_line(&l);
	to->quoted = l.quoted;
}
