#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "delivery.h"
#include "link.h"
#include "story.h"

enum { WORD = 512 };

/* The words of a condition: wait KIND WHERE "TEXT" 10s. */
struct condition {
	struct story *story;
	char kind[WORD], where[WORD], text[WORD];
};

static bool says(const struct world *w, const cJSON *message, const char *text)
{
	const char *raw = tree_text(message, "text");
	struct buf said = { 0 };
	bool found;

	transcript_text(w, message, &said);
	found = (raw != NULL && strstr(raw, text) != NULL) ||
		(said.text != NULL && strstr(said.text, text) != NULL);
	buf_done(&said);
	return found;
}

const cJSON *story_message(const struct world *w, const struct channel *ch, const char *text)
{
	for (size_t i = ch != NULL ? ch->n_messages : 0; i-- > 0;) {
		if (says(w, ch->messages[i], text))
			return ch->messages[i];
	}
	return NULL;
}

struct channel *story_channel(const struct world *w, const char *name)
{
	const char *bare = name[0] == '#' ? name + 1 : name;

	for (size_t i = w->n_channels; i-- > 0;) {
		const char *own = tree_text(w->channels[i]->about, "name");

		if (own != NULL && fnmatch(bare, own, 0) == 0)
			return w->channels[i];
	}
	return NULL;
}

static bool came_channel(const struct condition *c)
{
	return story_channel(c->story->box->world, c->where) != NULL;
}

static bool came_message(const struct condition *c)
{
	const struct world *w = c->story->box->world;

	return story_message(w, story_channel(w, c->where), c->text) != NULL;
}

static bool came_topic(const struct condition *c)
{
	const struct channel *ch = story_channel(c->story->box->world, c->where);
	const cJSON *topic =
		ch != NULL ? cJSON_GetObjectItemCaseSensitive(ch->about, "topic") : NULL;
	const char *value = tree_text(topic, "value");

	return value != NULL && strstr(value, c->text) != NULL;
}

static bool came_view(const struct condition *c)
{
	const char *user = world_user_id(c->story->box->world, c->where);

	return user != NULL && world_view_of(c->story->box->world, user) != NULL;
}

static bool came_no_view(const struct condition *c)
{
	return !came_view(c);
}

static bool came_ephemeral(const struct condition *c)
{
	const struct world *w = c->story->box->world;
	const char *user = world_user_id(w, c->where);
	const cJSON *message;

	cJSON_ArrayForEach(
		message, cJSON_GetObjectItemCaseSensitive(w->seen, user != NULL ? user : ""))
	{
		if (says(w, message, c->text))
			return true;
	}
	return false;
}

static bool came_idle(const struct condition *c)
{
	return delivery_pending(c->story->box->delivery) == 0;
}

static bool came_connected(const struct condition *c)
{
	return link_pick(c->story->box->link) != NULL;
}

/* The app has called this method. */
static bool came_call(const struct condition *c)
{
	const cJSON *call;

	cJSON_ArrayForEach(call, c->story->box->world->calls)
	{
		const char *method = tree_text(call, "method");

		if (method != NULL && strcmp(method, c->where) == 0)
			return true;
	}
	return false;
}

struct condition_row {
	const char *kind;
	bool (*came)(const struct condition *);
	int words; /* behind the kind */
};

/* clang-format off */
static const struct condition_row CONDITIONS[] = {
	{ "connected", came_connected, 0 },
	{ "idle",      came_idle,      0 },
	{ "call",      came_call,      1 },
	{ "channel",   came_channel,   1 },
	{ "view",      came_view,      1 },
	{ "no-view",   came_no_view,   1 },
	{ "message",   came_message,   2 },
	{ "topic",     came_topic,     2 },
	{ "ephemeral", came_ephemeral, 2 },
};
/* clang-format on */

/* "10s", "1.5s", "200ms" in milliseconds; -1: it is none. */
static int64_t story_duration(const char *text)
{
	char *end;
	double n = strtod(text, &end);

	if (end == text || n < 0)
		return -1;
	if (strcmp(end, "s") == 0)
		return (int64_t)(n * 1000);
	return strcmp(end, "ms") == 0 ? (int64_t)n : -1;
}

const char *story_condition(struct story *s, const char *rest, bool expect, struct story_wait *out)
{
	struct condition c = { .story = s };
	const struct condition_row *row = NULL;
	char time[WORD];

	if (!story_word(&rest, c.kind, sizeof c.kind))
		return "wait for what";
	for (size_t i = 0; i < sizeof CONDITIONS / sizeof CONDITIONS[0]; i++) {
		if (strcmp(CONDITIONS[i].kind, c.kind) == 0)
			row = &CONDITIONS[i];
	}
	if (row == NULL)
		return "no such thing to wait for";
	if ((row->words > 0 && !story_word(&rest, c.where, sizeof c.where)) ||
		(row->words > 1 && !story_word(&rest, c.text, sizeof c.text)))
		return "a word is missing";
	out->must = true;
	if (!expect) {
		out->ms = story_word(&rest, time, sizeof time) ? story_duration(time) : 10000;
		if (out->ms < 0)
			return "a time is wanted at the end, like 10s";
	}
	out->done = row->came(&c);
	return NULL;
}

const char *story_pause(struct story *s, const char *rest, struct story_wait *out)
{
	char time[WORD];

	out->ms = story_word(&rest, time, sizeof time) ? story_duration(time) : -1;
	if (out->ms < 0)
		return "a time is wanted, like 1.5s";
	out->ms = (int64_t)((double)out->ms / s->box->options.pace);
	return NULL;
}
