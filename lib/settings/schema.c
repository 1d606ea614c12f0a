#include "schema.h"

#include <string.h>

#include "nearest.h"

/* One map of the file, and where in the table its keys are. */
struct walk {
	struct reading *reading;
	const struct schema *schema;
	const char *where;  /* "severities[0]" or "" */
	const char *prefix; /* "channels." or "" */
	void *out;
};

static const char *join(struct reading *r, const char *where, const char *name)
{
	return where[0] == '\0' ? name : arena_printf(r->arena, "%s.%s", where, name);
}

static bool begins_with(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

void schema_refuse(struct reading *r, const struct node *n, const char *path, const char *wanted)
{
	if (n->told)
		return;
	(void)mistake_add(r->mistakes, n->place, "%s must be %s, not %s", path, wanted,
		tree_describe(r->arena, n));
}

void schema_refuse_secret(
	struct reading *r, const struct node *n, const char *path, const char *wanted)
{
	if (!n->told)
		(void)mistake_add(r->mistakes, n->place, "%s must be %s", path, wanted);
}

/* True when the key stands in this map a second time: the first one counts. */
static bool is_repeated(struct reading *r, const struct node *map, const struct node *member)
{
	const struct node *first = tree_member(map, member->key->text);

	if (first == member)
		return false;
	(void)mistake_add(r->mistakes, member->key->place,
		"key '%s' is given twice (first on line %d)", member->key->text,
		first->key->place.line);
	return true;
}

static void refuse_unknown(const struct walk *w, const struct node *key)
{
	struct arena *a = w->reading->arena;
	struct nearest near = { .word = key->text };
	size_t skip = strlen(w->prefix);
	const char *in = w->where[0] != '\0' ? w->where : w->prefix, *meant;

	for (size_t i = 0; i < w->schema->count; i++) {
		const char *name = w->schema->keys[i].name;

		if (!begins_with(name, w->prefix))
			continue;
		name += skip;
		nearest_try(&near, arena_printf(a, "%.*s", (int)strcspn(name, "."), name));
	}
	meant = nearest_found(&near);
	(void)mistake_add(w->reading->mistakes, key->place, "unknown key %s%s%.*s%s%s%s",
		tree_describe(a, key), in[0] != '\0' ? " in " : "",
		(int)strcspn(in, in == w->prefix ? "." : ""), in,
		meant != NULL ? "; did you mean '" : "", meant != NULL ? meant : "",
		meant != NULL ? "'?" : "");
}

static const struct key *find_key(const struct schema *s, const char *name)
{
	for (size_t i = 0; i < s->count; i++)
		if (strcmp(s->keys[i].name, name) == 0)
			return &s->keys[i];
	return NULL;
}

static bool is_section(const struct schema *s, const char *prefix)
{
	for (size_t i = 0; i < s->count; i++)
		if (begins_with(s->keys[i].name, prefix))
			return true;
	return false;
}

static void read_map(const struct walk *w, const struct node *map);

static void read_member(const struct walk *w, const struct node *member)
{
	struct reading *r = w->reading;
	const char *name = arena_printf(r->arena, "%s%s", w->prefix, member->key->text);
	const struct key *key = find_key(w->schema, name);
	bool has_dot = strchr(member->key->text, '.') != NULL; /* the table's are not the file's */
	struct walk inner = *w;

	inner.prefix = arena_printf(r->arena, "%s.", name);
	if (key != NULL && !has_dot)
		key->read(r, member, join(r, w->where, name), (char *)w->out + key->offset);
	else if (has_dot || !is_section(w->schema, inner.prefix))
		refuse_unknown(w, member->key);
	else if (member->kind != NODE_MAP)
		schema_refuse(r, member, join(r, w->where, name), "a mapping");
	else
		read_map(&inner, member);
}

/* What cannot be kept need not be looked for: this bounds the time that a hostile file can take. */
static void read_map(const struct walk *w, const struct node *map)
{
	for (const struct node *n = map->first; n != NULL; n = n->next) {
		if (mistakes_full(w->reading->mistakes))
			return;
		if (!n->key->told && !is_repeated(w->reading, map, n) && !n->told)
			read_member(w, n);
	}
}

void schema_read(struct reading *r, const struct node *map, const struct schema *s,
	const char *where, void *out)
{
	const struct walk top = { r, s, where, "", out };

	if (map->kind != NODE_MAP) {
		schema_refuse(r, map, where[0] != '\0' ? where : "the file", "a mapping of keys");
		return;
	}
	read_map(&top, map);
	for (size_t i = 0; i < s->count; i++)
		if (s->keys[i].need == KEY_MUST && tree_member(map, s->keys[i].name) == NULL)
			(void)mistake_add(r->mistakes, map->place, "%s%s'%s' is missing", where,
				where[0] != '\0' ? ": " : "", s->keys[i].name);
}

void schema_defaults(const struct schema *s, void *out)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->keys[i].otherwise != NULL)
			*(const char **)((char *)out + s->keys[i].offset) = s->keys[i].otherwise;
}
