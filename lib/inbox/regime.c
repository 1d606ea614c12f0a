#include "regime.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "dispatch.h"
#include "log.h"
#include "store_levels.h"

enum { LOOK_MS = 1000 };

struct paper *paper_new(const char *cause, const char *text, size_t len, const char *error)
{
	struct paper *p = calloc(1, sizeof(*p));

	if (p == NULL)
		abort();
	*p = (struct paper){ .cause = cause, .len = len };
	if (text != NULL) {
		p->text = malloc(len + 1);
		if (p->text == NULL)
			abort();
		memcpy(p->text, text, len);
		p->text[len] = '\0';
	}
	p->error = error != NULL ? strdup(error) : NULL;
	return p;
}

void paper_free(struct paper *p)
{
	if (p == NULL)
		return;
	free(p->text);
	free(p->error);
	free(p);
}

static bool says_the_same(const struct paper *a, const struct paper *b)
{
	if (a->text == NULL || b->text == NULL)
		return a->text == b->text && strcmp(a->error, b->error) == 0;
	return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

void regime_init(struct regime *r, levels_reader *read, const char *file, const char *desk)
{
	*r = (struct regime){ .read = read, .file = file, .desk = desk };
	if (gethostname(r->host, sizeof(r->host) - 1) != 0 || r->host[0] == '\0')
		(void)snprintf(r->host, sizeof(r->host), "a host without a name"); /* fits */
}

void regime_done(struct regime *r)
{
	paper_free(r->paper);
	paper_free(r->last);
	arena_free(r->arena);
}

void regime_put(struct regime *r, struct paper *p)
{
	paper_free(r->paper);
	r->paper = p;
}

/* One turn of its own. */
static bool tell(struct store *s, const struct house *house, struct arena *a,
	const struct levels_news *news, struct fail *why)
{
	struct event ev = {
		.kind = EVENT_LEVELS,
		.type = "levels",
		.received_us = clock_wall_us(),
		.as.levels = *news,
	};
	const char *reply;
	bool refused;

	if (store_begin(s, why) && dispatch_turn(house, s, a, &ev, &reply, &refused, why) &&
		store_commit(s, why))
		return true;
	store_abandon(s);
	return false;
}

/* What we cannot read was recorded by a daemon of another version. */
static bool read_record(struct regime *r, struct arena *a, const struct levels_revision *last,
	struct levels *levels)
{
	struct buf mistakes = { 0 };
	bool good = r->read(a, last->file, last->text, strlen(last->text), levels, &mistakes);

	if (!good)
		log_warn(
			"severities: we cannot read those on record, and keep ours revision=%" PRId64
			": %s",
			last->number, mistakes.text);
	r->number = good ? r->number : last->number;
	buf_done(&mistakes);
	return good;
}

/* In the arena, which is the regime's when they are adopted. */
static bool adopt_in(struct regime *r, struct store *s, struct house *house, struct arena *a,
	bool *adopted, struct fail *why)
{
	const struct levels_news news = { .in_force = true };
	struct house next = *house;
	struct levels_revision last;
	bool found;

	if (!store_levels_in_force(s, a, &last, &found, why))
		return false;
	if (!found || !read_record(r, a, &last, &next.levels))
		return true;
	if (!tell(s, &next, a, &news, why))
		return false;
	house->levels = next.levels;
	r->number = last.number;
	*adopted = true;
	log_info("severities: in force revision=%" PRId64 " levels=%d", last.number,
		next.levels.count);
	return true;
}

static bool adopt(struct regime *r, struct store *s, struct house *house, struct fail *why)
{
	struct arena *a;
	bool ok, adopted = false;
	int64_t number;

	if (!store_levels_number(s, &number, why))
		return false;
	if (number == r->number)
		return true;
	a = arena_new();
	ok = adopt_in(r, s, house, a, &adopted, why);
	arena_free(adopted ? r->arena : a);
	if (adopted)
		r->arena = a;
	return ok;
}

static void log_mistakes(const char *mistakes)
{
	for (size_t len; *mistakes != '\0'; mistakes += len + (mistakes[len] == '\n')) {
		len = strcspn(mistakes, "\n");
		log_error("severities: %.*s", (int)len, mistakes);
	}
	log_warn("severities: the file cannot be used, the levels stay as they were");
}

/* Who starts with a file that was put aside by an edit elsewhere does not undo the edit; who is asked to, does. */
static bool is_outdated(const struct regime *r, struct store *s, const struct paper *p,
	bool *outdated, struct fail *why)
{
	*outdated = false;
	if (strcmp(p->cause, "start") != 0)
		return true;
	if (!store_levels_outdated(s, p->text, r->desk, outdated, why))
		return false;
	if (*outdated)
		log_warn(
			"severities: %s is an earlier one, and other daemons go by a later: not used; "
			"SIGHUP has it used all the same",
			r->file);
	return true;
}

static bool deal_in(struct regime *r, struct store *s, const struct house *house, struct arena *a,
	struct fail *why)
{
	const struct paper *p = r->paper;
	struct levels levels;
	struct levels_news news = {
		.host = r->host,
		.file = r->file,
		.cause = p->cause,
		.levels = &levels,
		.number = r->number,
	};
	struct buf mistakes = { 0 };
	bool ok, outdated = false;

	if (p->text == NULL)
		buf_printf(&mistakes, "%s: cannot be read: %s\n", r->file, p->error);
	else if (r->read(a, r->file, p->text, p->len, &levels, &mistakes))
		news.text = p->text;
	news.mistakes = news.text == NULL ? arena_copy(a, mistakes.text) : NULL;
	buf_done(&mistakes);
	ok = (news.text == NULL || is_outdated(r, s, p, &outdated, why)) &&
		(outdated || tell(s, house, a, &news, why));
	r->refused = news.text == NULL;
	if (ok && r->refused)
		log_mistakes(news.mistakes);
	return ok;
}

static bool deal(struct regime *r, struct store *s, const struct house *house, struct fail *why)
{
	struct paper *p = r->paper;
	bool again =
		r->last != NULL && strcmp(p->cause, "changed") == 0 && says_the_same(p, r->last);
	struct arena *a = arena_new();
	bool ok = again || deal_in(r, s, house, a, why);

	arena_free(a);
	if (!ok)
		return false;
	paper_free(r->last);
	r->last = p;
	r->paper = NULL;
	return true;
}

bool regime_tick(struct regime *r, struct store *s, struct house *house, struct fail *why)
{
	int64_t before;

	if (r->paper == NULL && clock_ms() < r->look_at)
		return true;
	if (!adopt(r, s, house, why))
		return false;
	before = r->number;
	if (r->paper != NULL) {
		bool asked = strcmp(r->paper->cause, "SIGHUP") == 0;

		if (!deal(r, s, house, why) || !adopt(r, s, house, why))
			return false;
		if (asked && !r->refused && r->number == before)
			log_info("severities: as they were revision=%" PRId64, before);
	}
	r->look_at = clock_ms() + LOOK_MS;
	return true;
}

bool regime_is_void(const struct regime *r, const struct house *house)
{
	return house->levels.count == 0 && r->last != NULL && r->refused;
}
