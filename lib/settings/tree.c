#include "tree.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "shapes.h"

enum { DEEPEST = 32, SHOWN = 40 };

struct reader {
	struct arena *arena;
	struct mistakes *mistakes;
	const char *file;
	struct node *open[DEEPEST]; /* the maps and lists that we are in */
	int depth;
	struct node *key; /* read, and its value is not yet */
	struct node *root;
};

static struct place place_of(const struct reader *r, const yaml_mark_t *mark)
{
	return (struct place){ r->file, (int)mark->line + 1, (int)mark->column + 1 };
}

static void append(struct node *parent, struct node *child)
{
	if (parent->last != NULL)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	parent->count++;
}

/* Puts the node where the reader is. False: a mistake that leaves nothing to read on. */
static bool put(struct reader *r, struct node *n)
{
	struct node *parent = r->depth > 0 ? r->open[r->depth - 1] : NULL;

	if (parent == NULL) {
		r->root = n;
		return true;
	}
	if (parent->kind == NODE_LIST || r->key != NULL) {
		n->key = r->key;
		r->key = NULL;
		append(parent, n);
		return true;
	}
	if (n->kind != NODE_TEXT)
		return mistake_add(r->mistakes, n->place, "a key must be a word, not %s",
			tree_describe(r->arena, n));
	r->key = n;
	return true;
}

/* In the place of a text that is none. */
static bool put_told(struct reader *r, struct place place)
{
	struct node *n = arena_zeroed(r->arena, sizeof(*n));

	*n = (struct node){ .kind = NODE_TEXT, .place = place, .text = "", .told = true };
	return put(r, n);
}

static bool put_text(struct reader *r, const yaml_event_t *event)
{
	const char *text = (const char *)event->data.scalar.value;
	size_t len = event->data.scalar.length;
	struct place place = place_of(r, &event->start_mark);
	struct node *n;

	if (strlen(text) != len || !shape_shown(text)) {
		(void)mistake_add(r->mistakes, place, "control characters are not allowed");
		return put_told(r, place);
	}
	n = arena_zeroed(r->arena, sizeof(*n));
	n->kind = NODE_TEXT;
	n->place = place;
	n->text = arena_copy(r->arena, text);
	n->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	return put(r, n);
}

static bool open_node(struct reader *r, enum node_kind kind, const yaml_event_t *event)
{
	struct node *n = arena_zeroed(r->arena, sizeof(*n));

	n->kind = kind;
	n->place = place_of(r, &event->start_mark);
	if (r->depth == DEEPEST)
		return mistake_add(
			r->mistakes, n->place, "nested more than %d levels deep", DEEPEST);
	if (!put(r, n))
		return false;
	r->open[r->depth++] = n;
	return true;
}

/* Anchors and tags can be said of every kind of node; where is it said here? */
static bool has_extras(const yaml_event_t *event, const char **what)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;

	if (event->type == YAML_SCALAR_EVENT) {
		anchor = event->data.scalar.anchor;
		tag = event->data.scalar.tag;
	} else if (event->type == YAML_SEQUENCE_START_EVENT) {
		anchor = event->data.sequence_start.anchor;
		tag = event->data.sequence_start.tag;
	} else if (event->type == YAML_MAPPING_START_EVENT) {
		anchor = event->data.mapping_start.anchor;
		tag = event->data.mapping_start.tag;
	}
	*what = anchor != NULL ? "anchors (&) and aliases (*) are" : "tags (!) are";
	return anchor != NULL || tag != NULL;
}

static bool take(struct reader *r, const yaml_event_t *event)
{
	struct place place = place_of(r, &event->start_mark);
	const char *what;

	if (has_extras(event, &what))
		(void)mistake_add(r->mistakes, place, "%s not allowed here", what);
	switch (event->type) {
	case YAML_SCALAR_EVENT: return put_text(r, event);
	case YAML_SEQUENCE_START_EVENT: return open_node(r, NODE_LIST, event);
	case YAML_MAPPING_START_EVENT: return open_node(r, NODE_MAP, event);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT: r->depth--; return true;
	case YAML_ALIAS_EVENT:
		(void)mistake_add(
			r->mistakes, place, "anchors (&) and aliases (*) are not allowed here");
		return put_told(r, place);
	case YAML_DOCUMENT_START_EVENT:
		if (r->root == NULL)
			return true;
		return mistake_add(
			r->mistakes, place, "a second document begins; a file holds one");
	default: return true;
	}
}

/* libyaml tells of a byte that it cannot read by its offset only. */
static struct place place_of_byte(
	const struct reader *r, const char *text, size_t len, size_t offset)
{
	struct place at = { r->file, 1, 1 };
	size_t i = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	for (; i < offset && i < len; i++) {
		if (text[i] == '\n') {
			at.line++;
			at.column = 1;
		} else if (((unsigned char)text[i] & 0xc0) != 0x80) {
			at.column++;
		}
	}
	return at;
}

/* Every line that is indented with a tab, if there is one up to this line. */
static bool name_tabs(struct reader *r, const char *text, size_t len, int last_line)
{
	bool found = false, indenting = true;
	struct place at = { r->file, 1, 1 };

	for (size_t i = 0; i < len && (found || at.line <= last_line); i++, at.column++) {
		if (text[i] == '\n') {
			at.line++;
			at.column = 0;
			indenting = true;
		} else if (indenting && text[i] == '\t') {
			(void)mistake_add(r->mistakes, at, "indentation must be spaces, not a tab");
			found = true;
			indenting = false;
		} else if (text[i] != ' ') {
			indenting = false;
		}
	}
	return found;
}

/* The commonest of libyaml's problems, by what people meant: @name, `word`, 50%. */
static bool name_quotes(struct reader *r, const yaml_parser_t *p, const char *text, size_t len)
{
	size_t at = (size_t)p->problem_mark.index;

	if (strcmp(p->problem, "found character that cannot start any token") != 0 || at >= len ||
		strchr("@`%", text[at]) == NULL)
		return false;
	(void)mistake_add(r->mistakes, place_of(r, &p->problem_mark),
		"a word cannot begin with %c: put it in quotes", text[at]);
	return true;
}

static void explain(struct reader *r, const yaml_parser_t *p, const char *text, size_t len)
{
	struct place at = place_of(r, &p->problem_mark);

	if (p->error == YAML_MEMORY_ERROR)
		abort();
	if (p->error == YAML_READER_ERROR) {
		at = place_of_byte(r, text, len, p->problem_offset);
		(void)mistake_add(r->mistakes, at, "must be UTF-8 text: %s", p->problem);
	} else if (!name_tabs(r, text, len, at.line) && !name_quotes(r, p, text, len)) {
		(void)mistake_add(r->mistakes, at, "not YAML: %s%s%s", p->problem,
			p->context != NULL ? " " : "", p->context != NULL ? p->context : "");
	}
}

static bool read_events(struct reader *r, const char *text, size_t len)
{
	yaml_parser_t parser;
	bool good = true, more = true;

	if (!yaml_parser_initialize(&parser))
		abort();
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	while (good && more) {
		yaml_event_t event;

		if (!yaml_parser_parse(&parser, &event)) {
			explain(r, &parser, text, len);
			good = false;
			break;
		}
		good = take(r, &event);
		more = event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return good;
}

/* Editors put it there that mark a file as UTF-8. It is no text. */
static size_t mark_len(const char *text, size_t len)
{
	static const char MARK[] = "\xef\xbb\xbf";
	size_t n = strlen(MARK);

	return len >= n && memcmp(text, MARK, n) == 0 ? n : 0;
}

const struct node *tree_read(
	struct arena *a, const char *file, const char *text, size_t len, struct mistakes *m)
{
	struct reader r = { .arena = a, .mistakes = m, .file = file };
	size_t mark = mark_len(text, len);

	if (!read_events(&r, text + mark, len - mark))
		return NULL;
	if (r.root != NULL && !tree_is_nothing(r.root))
		return r.root;
	(void)mistake_add(m, (struct place){ file, 1, 1 }, "the file holds no settings");
	return NULL;
}

const struct node *tree_member(const struct node *map, const char *name)
{
	if (map->kind != NODE_MAP)
		return NULL;
	for (const struct node *n = map->first; n != NULL; n = n->next)
		if (strcmp(n->key->text, name) == 0)
			return n;
	return NULL;
}

bool tree_is_nothing(const struct node *n)
{
	static const char *const NOTHING[] = { "", "~", "null", "Null", "NULL" };

	if (n->kind != NODE_TEXT || n->quoted || n->told)
		return false;
	for (size_t i = 0; i < sizeof(NOTHING) / sizeof(NOTHING[0]); i++)
		if (strcmp(n->text, NOTHING[i]) == 0)
			return true;
	return false;
}

const char *tree_describe(struct arena *a, const struct node *n)
{
	size_t cut;

	if (n->kind != NODE_TEXT)
		return n->kind == NODE_LIST ? "a list" : "a mapping";
	if (tree_is_nothing(n))
		return "nothing";
	if (strstr(n->text, "://") != NULL)
		return "an address";
	cut = strcspn(n->text, "\n");
	if (cut <= SHOWN)
		return arena_printf(
			a, "'%.*s'%s", (int)cut, n->text, n->text[cut] != '\0' ? " and more" : "");
	cut = SHOWN;
	while (((unsigned char)n->text[cut] & 0xc0) == 0x80)
		cut--;
	return arena_printf(a, "'%.*s...'", (int)cut, n->text);
}
