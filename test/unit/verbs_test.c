#include <dirent.h>
#include <stdbool.h>

#include "check.h"
#include "dispatch.h"

/* What is in the table of verbs is in the manual, and is typed in a talk. The argument is where the sources are. */

static void add_file(struct buf *to, const char *path)
{
	FILE *f = fopen(path, "r");
	char piece[4096];
	size_t n;

	CHECK(f != NULL);
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		buf_add_bytes(to, piece, n);
	CHECK(ferror(f) == 0);
	(void)fclose(f); /* it was only read */
}

static void add_talks(struct buf *to, const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *one;

	CHECK(dir != NULL);
	while ((one = readdir(dir)) != NULL) {
		const char *end = strrchr(one->d_name, '.');
		struct buf path = { 0 };

		if (end == NULL || strcmp(end, ".talk") != 0)
			continue;
		buf_printf(&path, "%s/%s", folder, one->d_name);
		add_file(to, path.text);
		buf_done(&path);
	}
	(void)closedir(dir); /* it was only read */
}

static bool ends_word(char c)
{
	return c == '\0' || strchr(" \n", c) != NULL;
}

/* The word by itself, in the text from there on, and before its end. */
static bool has_word(const char *text, size_t len, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 1; i + n <= len; i++)
		if (strncmp(text + i, word, n) == 0 && text[i - 1] == ' ' && ends_word(text[i + n]))
			return true;
	return false;
}

static void must(bool so, const char *word, const char *where)
{
	if (!so) {
		fprintf(stderr, "the verb `%s` is not %s\n", word, where);
		exit(1);
	}
}

/* ".It Cm resolve | close Ar what fixed it" */
static const char *manual_line(const char *manual, const char *name)
{
	static const char ITEM[] = "\n.It Cm ";
	size_t len = strlen(name);
	const char *at = strstr(manual, ITEM);

	for (; at != NULL; at = strstr(at + 1, ITEM))
		if (strncmp(at + strlen(ITEM), name, len) == 0 && ends_word(at[strlen(ITEM) + len]))
			return at + 1;
	return NULL;
}

static bool is_typed(const char *talks, const char *word)
{
	struct buf typed = { 0 };
	bool found = false;

	buf_printf(&typed, "/incident %s", word);
	for (const char *at = strstr(talks, typed.text); at != NULL && !found;
		at = strstr(at + 1, typed.text))
		found = ends_word(at[typed.len]);
	buf_done(&typed);
	return found;
}

static void check_verb(const struct verb *v, const char *manual, const char *talks)
{
	const char *line = manual_line(manual, v->name);
	char words[128], *rest = words;

	must(line != NULL, v->name, "in the manual");
	must(is_typed(talks, v->name), v->name, "typed in a talk");
	CHECK((size_t)snprintf(words, sizeof(words), "%s", v->aliases != NULL ? v->aliases : "") <
		sizeof(words));
	for (char *word = strtok_r(words, " ", &rest); word != NULL;
		word = strtok_r(NULL, " ", &rest)) {
		must(has_word(line, strcspn(line, "\n"), word), word, "in the manual");
		must(is_typed(talks, word), word, "typed in a talk");
	}
}

int main(int count, char **words)
{
	struct buf manual = { 0 }, talks = { 0 }, path = { 0 };

	CHECK(count == 2);
	buf_printf(&path, "%s/docs/man/incidentd.8", words[1]);
	add_file(&manual, path.text);
	buf_done(&path);
	buf_printf(&path, "%s/test/talk", words[1]);
	add_talks(&talks, path.text);
	buf_done(&path);
	for (size_t i = 0; i < VERB_COUNT; i++)
		check_verb(&VERBS[i], manual.text, talks.text);
	buf_done(&manual);
	buf_done(&talks);
	return 0;
}
