#include <string.h>

#include "keyword_answer.h"
#include "sight.h"
#include "store_keyword.h"
#include "text.h"

/* What was said longer ago is answered no more: it came late, after an outage or by a retry. */
static const int64_t LATE_US = 10LL * 60 * 1000000;

/* New, by a person, and to all: no command to us. */
static bool is_said_by_somebody(
	const struct turn *t, const struct event *ev, const struct message *m)
{
	static const char *const KINDS[] = { "file_share", "thread_broadcast", "me_message" };
	bool plain = m->subtype == NULL;

	for (size_t i = 0; !plain && i < sizeof(KINDS) / sizeof(KINDS[0]); i++)
		plain = strcmp(m->subtype, KINDS[i]) == 0;
	if (!plain || m->user == NULL || m->bot != NULL || m->edited != NULL || m->ts == NULL)
		return false;
	if (m->text != NULL && ev->self != NULL && strncmp(m->text, "<@", 2) == 0 &&
		strncmp(m->text + 2, ev->self, strlen(ev->self)) == 0)
		return false;
	return t->now_us - slack_moment(m->ts) < LATE_US;
}

static const struct text_words *words_of(struct turn *t, const struct message *m)
{
	const struct text_words *words;
	struct buf b = { 0 };

	text_plain(&b, text_read(t->arena, m->text, m->rich), NULL);
	words = text_words(t->arena, b.text != NULL ? b.text : "");
	buf_done(&b);
	return words;
}

static bool says_one_of(const struct text_words *said, const char *const *words)
{
	for (; *words != NULL; words++)
		if (text_has_word(said, *words))
			return true;
	return false;
}

/* Once in a while: two daemons ask the same row. */
static bool answer(struct turn *t, int64_t incident, const struct message *m,
	const struct keyword_reply *r, struct fail *why)
{
	struct incident i;
	bool found, may;

	if (!store_incident_get(t->store, t->arena, incident, &i, &found, why))
		return false;
	/* A message may be on the timeline of an incident that it was not said in. */
	if (!found || !incident_can_say(&i) || strcmp(i.channel, m->channel) != 0)
		return true;
	if (!store_keyword_said(t->store, incident, r->words[0], t->now_us,
		    reminder_span_us(r->cool_down), &may, why))
		return false;
	if (!may)
		return true;
	turn_say(t,
		call_post(t->arena, m->channel, m->thread != NULL ? m->thread : m->ts, r->reply));
	return incident_write_down(t, &i, NULL, "keyword",
		arena_printf(t->arena, "%s: %s", r->words[0], r->reply), why);
}

bool keyword_answer(struct turn *t, const struct event *ev, int64_t incident,
	const struct message *m, struct fail *why)
{
	const struct keyword_replies *all = &t->house->levels.replies;
	const struct text_words *said;

	if (all->count == 0 || !is_said_by_somebody(t, ev, m))
		return true;
	said = words_of(t, m);
	for (int n = 0; n < all->count; n++)
		if (says_one_of(said, all->list[n].words) &&
			!answer(t, incident, m, &all->list[n], why))
			return false;
	return true;
}
