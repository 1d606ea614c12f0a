#include "troubles.h"

#include <string.h>

#include "clock.h"
#include "log.h"
#include "outbox.h"
#include "store_trouble.h"

/* Slack is asked again soon, for who mends it now, and then ever more seldom, for who does not. */
enum { LOOK_MS = 2000, ASK_MS = 15000, ASK_MOST_MS = 300000 };

void troubles_init(struct troubles *t)
{
	*t = (struct troubles){ 0 };
	(void)pthread_mutex_init(&t->lock, NULL); /* cannot fail on Linux */
}

void troubles_done(struct troubles *t)
{
	buf_done(&t->grave);
	buf_done(&t->others);
	(void)pthread_mutex_destroy(&t->lock);
}

static bool has_line(const struct buf *lines, const char *line, size_t len)
{
	for (const char *at = lines->text; at != NULL && *at != '\0'; at += strcspn(at, "\n") + 1)
		if (strcspn(at, "\n") == len && strncmp(at, line, len) == 0)
			return true;
	return false;
}

/* Of the lines of one, those that are not in the other. */
static void log_new(const struct buf *one, const struct buf *other, bool is_over)
{
	for (const char *at = one->text; at != NULL && *at != '\0';) {
		int len = (int)strcspn(at, "\n");

		if (!has_line(other, at, (size_t)len) && is_over)
			log_info("not so any more: %.*s", len, at);
		else if (!has_line(other, at, (size_t)len))
			log_error("%.*s", len, at);
		at += len + 1;
	}
}

static void keep(struct troubles *t, struct buf *kept, const struct buf *now)
{
	log_new(kept, now, true);
	log_new(now, kept, false);
	pthread_mutex_lock(&t->lock);
	buf_empty(kept);
	buf_add(kept, now->text);
	pthread_mutex_unlock(&t->lock);
}

static void learn(struct troubles *t, const struct trouble *list, int count)
{
	struct buf grave = { 0 }, others = { 0 };

	for (int i = 0; i < count; i++) {
		struct buf *to = trouble_is_grave(&list[i]) ? &grave : &others;

		trouble_tell(to, &list[i]);
		buf_add(to, "\n");
	}
	keep(t, &t->grave, &grave);
	keep(t, &t->others, &others);
	buf_done(&grave);
	buf_done(&others);
}

bool troubles_ask_now(struct troubles *t, int count, int64_t now)
{
	if (count != t->count) {
		t->count = count;
		t->rest_ms = ASK_MS;
		t->ask_at = now + ASK_MS;
	}
	if (count == 0 || now < t->ask_at)
		return false;
	t->rest_ms = t->rest_ms * 2 < ASK_MOST_MS ? t->rest_ms * 2 : ASK_MOST_MS;
	t->ask_at = now + t->rest_ms;
	return true;
}

static bool look(struct troubles *t, struct store *s, struct arena *a, const struct house *house,
	struct fail *why)
{
	const char *channels = house_channels(a, house);
	const struct trouble *list;
	int count;

	if (!store_troubles_of(s, a, t->desk, channels, &list, &count, why))
		return false;
	learn(t, list, count);
	if (!troubles_ask_now(t, count, clock_ms()))
		return true;
	return outbox_greet(s, a, t->desk, channels, why);
}

bool troubles_look(struct troubles *t, struct store *s, const struct house *house, struct fail *why)
{
	struct arena *a;
	bool ok;

	if (clock_ms() < t->look_at)
		return true;
	t->look_at = clock_ms() + LOOK_MS;
	a = arena_new();
	ok = look(t, s, a, house, why);
	arena_free(a);
	return ok;
}

bool troubles_ask(struct store *s, const struct house *house, struct fail *why)
{
	struct arena *a = arena_new();
	bool ok = outbox_ask_places(s, a, house_channels(a, house), why);

	arena_free(a);
	return ok;
}

bool troubles_tell(struct troubles *t, struct buf *reasons)
{
	bool fine;

	pthread_mutex_lock(&t->lock);
	fine = t->grave.len == 0;
	buf_add(reasons, t->grave.text);
	for (const char *at = t->others.text; at != NULL && *at != '\0';) {
		int len = (int)strcspn(at, "\n") + 1;

		buf_printf(reasons, "warning: %.*s", len, at);
		at += len;
	}
	pthread_mutex_unlock(&t->lock);
	return fine;
}
