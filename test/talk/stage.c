#include "stage.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"

void stage_wrong(const struct stage *s, const char *got, const char *want)
{
	fprintf(stderr, "%s:%d: got '%s', want '%s'\n", s->file, s->line,
		got != NULL ? got : "nothing", want);
	exit(1);
}

const char *stage_ask(const struct stage *s, const char *sql, int64_t argument)
{
	const char *number = arena_printf(s->arena, "%" PRId64, argument);
	PGresult *r = PQexecParams(s->look, sql, 1, NULL, &number, NULL, NULL, 0);
	const char *value = NULL;

	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		stage_wrong(s, PQresultErrorMessage(r), sql);
	if (PQntuples(r) > 0 && !PQgetisnull(r, 0, 0))
		value = arena_copy(s->arena, PQgetvalue(r, 0, 0));
	PQclear(r);
	return value;
}

const char *stage_word(const struct stage *s, const char **rest)
{
	const char *p = *rest + strspn(*rest, " ");
	struct buf word = { 0 };
	bool quoted = false;
	const char *copy;

	*rest = p;
	if (*p == '\0')
		return NULL;
	buf_add(&word, "");
	for (; *p != '\0' && (quoted || *p != ' '); p++) {
		if (*p == '"')
			quoted = !quoted;
		else
			buf_add_bytes(&word, p, 1);
	}
	*rest = p + strspn(p, " ");
	copy = stage_text(s, word.text);
	buf_done(&word);
	return copy;
}

/* {3 ab} is "ababab". Returns what is behind it. */
static const char *add_repeated(const struct stage *s, const char *from, struct buf *to)
{
	char *piece;
	long times = strtol(from + 1, &piece, 10);
	const char *end = strchr(piece, '}');

	if (*piece != ' ' || end == NULL)
		stage_wrong(s, from, "{times text}");
	for (; times > 0; times--)
		buf_add_bytes(to, piece + 1, (size_t)(end - piece - 1));
	return end + 1;
}

const char *stage_text(const struct stage *s, const char *rest)
{
	struct buf text = { 0 };
	const char *copy;

	buf_add(&text, "");
	while (*rest != '\0') {
		if (strncmp(rest, "\\{", 2) == 0) {
			rest = add_repeated(s, rest + 1, &text);
			continue;
		}
		bool is_end = rest[0] == '\\' && rest[1] == 'n';

		buf_add_bytes(&text, is_end ? "\n" : rest, 1);
		rest += 1 + is_end;
	}
	copy = arena_copy(s->arena, text.text);
	buf_done(&text);
	return copy;
}

static const cJSON *member_of(const cJSON *root, const char *name)
{
	return cJSON_IsArray(root) ? cJSON_GetArrayItem(root, (int)strtol(name, NULL, 10))
				   : cJSON_GetObjectItemCaseSensitive(root, name);
}

static cJSON *add_to(cJSON *root, const char *name, cJSON *value)
{
	if (cJSON_IsArray(root))
		cJSON_AddItemToArray(root, value);
	else
		cJSON_AddItemToObject(root, name, value);
	return value;
}

/* name.of.member=value; a member that is a number is of a list, and they come in order. */
void stage_set(const struct stage *s, cJSON *root, const char *pair)
{
	const char *equals = strchr(pair, '=');
	const char *path = pair;

	if (equals == NULL)
		stage_wrong(s, pair, "name=value");
	for (const char *dot; (dot = strchr(path, '.')) != NULL && dot < equals; path = dot + 1) {
		const char *name = arena_printf(s->arena, "%.*s", (int)(dot - path), path);
		const cJSON *member = member_of(root, name);
		bool is_list = dot[1] >= '0' && dot[1] <= '9';

		root = member != NULL
			? (cJSON *)(uintptr_t)member
			: add_to(root, name, is_list ? cJSON_CreateArray() : cJSON_CreateObject());
	}
	path = arena_printf(s->arena, "%.*s", (int)(equals - path), path);
	(void)add_to(root, path,
		strcmp(equals + 1, "true") == 0 ? cJSON_CreateTrue()
						: cJSON_CreateString(equals + 1));
}

static const char *shown(const struct stage *s, const cJSON *value)
{
	char *text;
	const char *copy;

	if (value == NULL || cJSON_IsString(value))
		return cJSON_GetStringValue(value);
	text = cJSON_PrintUnformatted(value);
	copy = arena_copy(s->arena, text);
	free(text);
	return copy;
}

void stage_match(const struct stage *s, const cJSON *root, const char *pair)
{
	size_t len = strcspn(pair, "=~");
	const char *path = arena_printf(s->arena, "%.*s.", (int)len, pair);
	const char *want = pair + len + 1, *got;

	if (pair[len] == '\0')
		stage_wrong(s, pair, "name=value or name~part");
	for (const char *dot; (dot = strchr(path, '.')) != NULL; path = dot + 1)
		root = member_of(root, arena_printf(s->arena, "%.*s", (int)(dot - path), path));
	got = shown(s, root);
	if (got == NULL || (pair[len] == '=' ? strcmp(got, want) != 0 : strstr(got, want) == NULL))
		stage_wrong(s, got, pair);
}
