#include "places.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

/* A host that is there answers in a moment; connect_timeout may say otherwise, within reason: the desk waits. */
enum { PATIENCE_MS = 3000, MOST_SECONDS = 10, MOST_PLACES = 32 };

static const char *value_of(const PQconninfoOption *options, const char *keyword)
{
	for (; options->keyword != NULL; options++)
		if (strcmp(options->keyword, keyword) == 0)
			return options->val;
	return NULL;
}

static int count_parts(const char *list)
{
	int n = list != NULL ? 1 : 0;

	for (; list != NULL && *list != '\0'; list++)
		n += *list == ',';
	return n;
}

/* The i-th of "a,b,c", in memory of its own; an empty one is otherwise. NULL when there is no list. */
static char *part(const char *list, int i, const char *otherwise)
{
	char *copy;

	if (list == NULL)
		return NULL;
	for (; i > 0 && strchr(list, ',') != NULL; i--) /* one port is every host's */
		list = strchr(list, ',') + 1;
	copy = *list != ',' && *list != '\0' ? strndup(list, strcspn(list, ","))
					     : strdup(otherwise);
	if (copy == NULL)
		abort();
	return copy;
}

/* As libpq reads it: nothing, 0 or less is without an end, which we do not wait for. */
static int patience_of(const char *connect_timeout)
{
	long seconds = connect_timeout != NULL ? strtol(connect_timeout, NULL, 10) : 0;

	if (seconds <= 0)
		return PATIENCE_MS;
	return (int)(seconds < MOST_SECONDS ? seconds : MOST_SECONDS) * 1000;
}

/* One place is libpq's to find, as is what the environment, a service file or addresses without names say. */
static void split(const PQconninfoOption *options, struct places *p)
{
	const char *host = value_of(options, "host"), *port = value_of(options, "port");
	int n = value_of(options, "hostaddr") == NULL ? count_parts(host) : 1;

	p->patience_ms = patience_of(value_of(options, "connect_timeout"));
	p->count = n < 1 ? 1 : n < MOST_PLACES ? n : MOST_PLACES;
	p->list = calloc((size_t)p->count, sizeof(*p->list));
	if (p->list == NULL)
		abort();
	for (int i = 0; n > 1 && i < p->count; i++)
		p->list[i] = (struct place){ part(host, i, "localhost"), part(port, i, "5432") };
}

/* libpq says what it stumbled over, which may be a password with an odd character: only names are said again. */
static bool refuse(const char *words, struct fail *why)
{
	static const char *const harmless[] = { "invalid connection option",
		"invalid URI query parameter" };

	for (size_t i = 0; words != NULL && i < sizeof(harmless) / sizeof(harmless[0]); i++)
		if (strncmp(words, harmless[i], strlen(harmless[i])) == 0)
			return fail_set(why, FAIL_REFUSED, "DATABASE_URL: %.*s",
				(int)strcspn(words, "\n"), words);
	return fail_set(why, FAIL_REFUSED,
		"DATABASE_URL cannot be read: want postgresql://user:password@host:5432/name, where odd "
		"characters are written as %%40, or host=... dbname=...");
}

bool places_read(const char *conninfo, struct places *places, struct fail *why)
{
	char *words = NULL;
	PQconninfoOption *options = PQconninfoParse(conninfo, &words);

	if (options == NULL) {
		(void)refuse(words, why); /* it gives false, as we do */
		PQfreemem(words);
		return false;
	}
	split(options, places);
	PQconninfoFree(options);
	return true;
}

void places_done(struct places *p)
{
	for (int i = 0; i < p->count; i++) {
		free(p->list[i].host);
		free(p->list[i].port);
	}
	free(p->list);
	*p = (struct places){ 0 };
}
