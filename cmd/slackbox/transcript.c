#include "transcript.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "box.h"

struct transcript {
	const struct world *world;
	cJSON *told;  /* by channel: the ts of the last message told */
	cJSON *seen;  /* by person: how many of what only they see was told */
	cJSON *views; /* by person: "id hash" of the view told */
};

struct transcript *transcript_new(const struct world *w)
{
	struct transcript *t = calloc(1, sizeof *t);

	if (t == NULL)
		abort();
	*t = (struct transcript){ .world = w,
		.told = cJSON_CreateObject(),
		.seen = cJSON_CreateObject(),
		.views = cJSON_CreateObject() };
	return t;
}

void transcript_free(struct transcript *t)
{
	if (t == NULL)
		return;
	cJSON_Delete(t->told);
	cJSON_Delete(t->seen);
	cJSON_Delete(t->views);
	free(t);
}

static const char *name_of(const struct world *w, const char *user_id)
{
	const cJSON *who = user_id != NULL ? world_user(w, user_id) : NULL;
	const char *name = tree_text(who, "real_name");

	return name != NULL ? name : user_id != NULL ? user_id : "someone";
}

static void print_clock(time_t when)
{
	struct tm tm;
	char text[16] = "";

	if (localtime_r(&when, &tm) != NULL)
		(void)strftime(text, sizeof text, "%H:%M:%S", &tm); /* always fits */
	(void)printf("%s ", text);
}

static void print_channel(const struct channel *ch)
{
	const char *name = ch != NULL ? tree_text(ch->about, "name") : NULL;

	if (name == NULL)
		(void)printf("%-28s  ", ch != NULL ? "(direct message)" : "");
	else
		(void)printf("#%-27s  ", name);
}

/* The lines after the first stand under it. */
static void print_text(const char *text, int indent)
{
	for (; text != NULL && *text != '\0'; text++) {
		(void)putchar(*text);
		if (*text == '\n')
			(void)printf("%*s", indent, "");
	}
}

enum { INDENT = 39 };

static void print_message(const struct world *w, const struct channel *ch, const cJSON *message)
{
	const char *ts = tree_text(message, "ts"), *thread = tree_text(message, "thread_ts");
	const char *subtype = tree_text(message, "subtype"), *user = tree_text(message, "user");
	bool reply = thread != NULL && strcmp(thread, ts) != 0;
	bool spoken = subtype == NULL || strcmp(subtype, "thread_broadcast") == 0 ||
		strcmp(subtype, "bot_message") == 0 || strcmp(subtype, "file_share") == 0;
	struct buf text = { 0 };
	const char *shown;

	print_clock((time_t)strtoll(ts, NULL, 10));
	print_channel(ch);
	transcript_text(w, message, &text);
	shown = text.text != NULL ? text.text : "";
	if (spoken)
		(void)printf("%s%s: ", reply ? "    > " : "", name_of(w, user));
	else if (shown[0] == '@') /* "@Ann Jones has joined the channel" */
		(void)fputs("* ", stdout);
	else
		(void)printf("* %s ", name_of(w, user));
	print_text(!spoken && shown[0] == '@' ? shown + 1 : shown, reply ? INDENT + 4 : INDENT);
	(void)putchar('\n');
	buf_done(&text);
}

void transcript_show(const struct world *w, const struct channel *ch)
{
	(void)printf("---- #%s ----\n", tree_text(ch->about, "name"));
	for (size_t i = 0; i < ch->n_messages; i++)
		print_message(w, ch, ch->messages[i]);
	(void)printf("----\n");
	(void)fflush(stdout);
}

void transcript_deed(const struct world *w, const struct channel *ch, const char *user_id,
	const char *deed, const char *text)
{
	print_clock((time_t)(box_wall_ms() / 1000));
	print_channel(ch);
	(void)printf("%s %s", name_of(w, user_id), deed);
	print_text(text, INDENT);
	(void)putchar('\n');
	(void)fflush(stdout);
}

/* --- what is new ------------------------------------------------------------------------------- */

static const cJSON *next_of(const struct transcript *t, const struct channel *ch)
{
	const char *told = tree_text(t->told, channel_id(ch));
	size_t i = ch->n_messages;

	while (i > 0 && (told == NULL || strcmp(tree_text(ch->messages[i - 1], "ts"), told) > 0))
		i--;
	return i < ch->n_messages ? ch->messages[i] : NULL;
}

/* The oldest message not told yet, of all channels. */
static bool tell_message(struct transcript *t)
{
	const struct world *w = t->world;
	const cJSON *oldest = NULL;
	const struct channel *where = NULL;

	for (size_t i = 0; i < w->n_channels; i++) {
		const cJSON *m = next_of(t, w->channels[i]);

		if (m == NULL ||
			(oldest != NULL &&
				strcmp(tree_text(m, "ts"), tree_text(oldest, "ts")) >= 0))
			continue;
		oldest = m;
		where = w->channels[i];
	}
	if (oldest == NULL)
		return false;
	print_message(w, where, oldest);
	tree_set_text(t->told, channel_id(where), tree_text(oldest, "ts"));
	return true;
}

static void tell_channels(struct transcript *t)
{
	for (size_t i = 0; i < t->world->n_channels; i++) {
		const struct channel *ch = t->world->channels[i];

		if (tree_text(t->told, channel_id(ch)) != NULL)
			continue;
		tree_set_text(t->told, channel_id(ch), "0");
		if (t->world->now_ms == 0 || channel_kind(ch) > CHANNEL_PRIVATE)
			continue; /* furniture, or nothing to announce */
		print_clock((time_t)(box_wall_ms() / 1000));
		print_channel(ch);
		(void)printf("* a new channel\n");
	}
}

static void tell_seen(struct transcript *t)
{
	const cJSON *list;

	cJSON_ArrayForEach(list, t->world->seen)
	{
		const cJSON *known = cJSON_GetObjectItemCaseSensitive(t->seen, list->string);
		int told = cJSON_IsNumber(known) ? known->valueint : 0,
		    n = cJSON_GetArraySize(list);

		for (int i = told; i < n; i++) {
			const cJSON *message = cJSON_GetArrayItem(list, i);
			const char *channel = tree_text(message, "channel");
			struct buf text = { 0 };

			transcript_text(t->world, message, &text);
			print_clock((time_t)(box_wall_ms() / 1000));
			print_channel(channel != NULL ? channel_find(t->world, channel) : NULL);
			(void)printf(
				"incidentd (only %s sees this): ", name_of(t->world, list->string));
			print_text(text.text, INDENT);
			(void)putchar('\n');
			buf_done(&text);
		}
		if (n != told)
			tree_set_int(t->seen, list->string, n);
	}
}

static void tell_view(struct transcript *t, const char *user, const cJSON *view)
{
	const char *title = tree_text(cJSON_GetObjectItemCaseSensitive(view, "title"), "text");
	struct buf text = { 0 };

	transcript_text(t->world, view, &text);
	print_clock((time_t)(box_wall_ms() / 1000));
	print_channel(NULL);
	(void)printf(
		"%s sees the form \"%s\": ", name_of(t->world, user), title != NULL ? title : "");
	for (const char *c = text.text; c != NULL && *c != '\0'; c++) {
		if (*c == '\n')
			(void)fputs(" / ", stdout);
		else
			(void)putchar(*c);
	}
	(void)putchar('\n');
	buf_done(&text);
}

static void tell_views(struct transcript *t)
{
	const cJSON *user;

	cJSON_ArrayForEach(user, t->world->users)
	{
		const char *id = tree_text(user, "id"), *told = tree_text(t->views, id);
		const cJSON *view = world_view_of(t->world, id);
		const char *hash = view != NULL ? tree_text(view, "hash") : NULL;

		hash = hash != NULL ? hash : view != NULL ? tree_text(view, "id") : "";
		if (strcmp(told != NULL ? told : "", hash) == 0)
			continue;
		tree_set_text(t->views, id, hash);
		if (view != NULL)
			tell_view(t, id, view);
	}
}

void transcript_tell(struct transcript *t)
{
	tell_channels(t);
	while (tell_message(t))
		;
	tell_seen(t);
	tell_views(t);
	(void)fflush(stdout);
}
