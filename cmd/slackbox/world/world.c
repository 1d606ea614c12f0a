#include "world.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workspace.h"

enum { MOST_FINDINGS = 10000, MOST_SEEN = 1000 };

static const char ALL_SCOPES[] =
	"app_mentions:read bookmarks:read bookmarks:write channels:history channels:join "
	"channels:manage channels:read chat:write chat:write.public commands emoji:read files:read "
	"groups:history groups:read groups:write im:history im:read im:write pins:read pins:write "
	"reactions:read reactions:write team:read usergroups:read users:read users:read.email";

static void add_own_emoji(struct world *w)
{
	tree_set_text(w->emoji, "shipit", TEAM_URL "emoji/shipit.png");
	tree_set_text(w->emoji, "squirrel", "alias:shipit");
}

static void add_own_people(struct world *w)
{
	cJSON *bot = cJSON_CreateObject(), *profile;

	tree_set_text(bot, "id", BOT_USER);
	tree_set_text(bot, "name", "incidentd");
	tree_set_text(bot, "real_name", "incidentd");
	tree_set_yes(bot, "is_bot", true);
	(void)world_add_person(w, bot); /* the workspace is empty: there is nothing to clash with */
	profile = cJSON_GetObjectItemCaseSensitive(cJSON_GetArrayItem(w->users, 0), "profile");
	tree_set_text(profile, "bot_id", BOT_ID);
	tree_set_text(profile, "api_app_id", APP_ID);
	tree_drop(profile, "email");
	cJSON_Delete(bot);
}

struct world *world_new(world_event *out, void *ctx, unsigned seed)
{
	struct world *w = calloc(1, sizeof(*w));

	if (w == NULL)
		abort();
	*w = (struct world){
		.out = out,
		.ctx = ctx,
		.random = seed,
		.limits = { .scale = 1, .minute_ms = 60000 },
		.users = cJSON_CreateArray(),
		.groups = cJSON_CreateArray(),
		.files = cJSON_CreateArray(),
		.emoji = cJSON_CreateObject(),
		.views = cJSON_CreateObject(),
		.homes = cJSON_CreateObject(),
		.triggers = cJSON_CreateArray(),
		.seen = cJSON_CreateObject(),
		.calls = cJSON_CreateArray(),
		.findings = cJSON_CreateArray(),
	};
	world_scopes(w, NULL);
	add_own_people(w);
	add_own_emoji(w);
	return w;
}

void world_free(struct world *w)
{
	if (w == NULL)
		return;
	for (size_t i = 0; i < w->n_channels; i++)
		channel_free(w->channels[i]);
	free(w->channels);
	free(w->buckets);
	free(w->scopes);
	free(w->events);
	cJSON_Delete(w->users);
	cJSON_Delete(w->groups);
	cJSON_Delete(w->files);
	cJSON_Delete(w->emoji);
	cJSON_Delete(w->views);
	cJSON_Delete(w->homes);
	cJSON_Delete(w->triggers);
	cJSON_Delete(w->seen);
	cJSON_Delete(w->calls);
	cJSON_Delete(w->findings);
	free(w);
}

void world_scopes(struct world *w, const char *scopes)
{
	char *copy = strdup(scopes != NULL ? scopes : ALL_SCOPES);

	if (copy == NULL)
		abort();
	for (char *c = copy; *c != '\0'; c++)
		if (*c == ',')
			*c = ' ';
	free(w->scopes);
	w->scopes = copy;
}

void world_events(struct world *w, const char *events)
{
	free(w->events);
	w->events = strdup(events);
	if (w->events == NULL)
		abort();
}

void world_limits(struct world *w, const struct limits *limits)
{
	w->limits = *limits;
	w->n_buckets = 0;
}

static bool has_word(const char *words, const char *word, size_t len)
{
	for (const char *at = words; *at != '\0';) {
		size_t n = strcspn(at, " ");

		if (n == len && memcmp(at, word, len) == 0)
			return true;
		at += n + strspn(at + n, " ");
	}
	return false;
}

bool world_scope(const struct world *w, const char *one_of)
{
	if (*one_of == '\0')
		return true;
	for (const char *at = one_of; *at != '\0';) {
		size_t n = strcspn(at, " ");

		if (has_word(w->scopes, at, n))
			return true;
		at += n + strspn(at + n, " ");
	}
	return false;
}

void world_time(struct world *w, int64_t now_ms)
{
	if (now_ms > w->now_ms)
		w->now_ms = now_ms;
}

const char *world_ts(struct world *w, char out[TS_ROOM])
{
	int64_t us = w->now_ms * 1000;
	int len;

	if (us <= w->last_us)
		us = w->last_us + 1;
	w->last_us = us;
	len = snprintf(out, TS_ROOM, "%010" PRId64 ".%06" PRId64, us / 1000000, us % 1000000);
	if (len < 0 || len >= TS_ROOM)
		abort();
	return out;
}

/* splitmix64: the same seed gives the same ids. */
static uint64_t next_random(struct world *w)
{
	uint64_t z = (w->random += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

const char *world_id(struct world *w, char kind, char out[ID_ROOM])
{
	static const char LETTERS[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	enum { ID_LENGTH = 11 };
	uint64_t random = next_random(w);

	out[0] = kind;
	out[1] = '0';
	for (int i = 2; i < ID_LENGTH; i++, random /= 36)
		out[i] = LETTERS[random % 36];
	out[ID_LENGTH] = '\0';
	return out;
}

void world_stamp(struct world *w, cJSON *event)
{
	const char *own = tree_text(event, "ts");
	char ts[TS_ROOM];

	if (w->now_ms != 0 && tree_text(event, "event_ts") == NULL)
		tree_set_text(event, "event_ts", own != NULL ? own : world_ts(w, ts));
}

/* Messages are subscribed to by the kind of their channel. */
static bool is_subscribed(const struct world *w, const cJSON *event)
{
	const char *type = tree_text(event, "type"), *kind = tree_text(event, "channel_type");
	char name[64];

	if (w->events == NULL || type == NULL)
		return true;
	if (strcmp(type, "message") != 0 || kind == NULL)
		return has_word(w->events, type, strlen(type));
	if (snprintf(name, sizeof name, "message.%s%s", kind,
		    kind[strlen(kind) - 1] == 'm' ? "" : "s") >= (int)sizeof name)
		return false;
	return has_word(w->events, name, strlen(name));
}

void world_emit(struct world *w, cJSON *event)
{
	if (w->now_ms == 0 || w->out == NULL || !is_subscribed(w, event)) {
		cJSON_Delete(event);
		return;
	}
	world_stamp(w, event);
	w->out(w->ctx, event);
}

void world_finding(struct world *w, const char *fmt, ...)
{
	char text[512];
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (len < 0)
		abort();
	(void)fprintf(stderr, "slackbox: finding: %s\n", text); /* it is dumped as well */
	if (w->n_findings++ < MOST_FINDINGS)
		cJSON_AddItemToArray(w->findings, cJSON_CreateString(text));
}

void world_show_to(
	struct world *w, const char *user_id, const char *channel_id, const cJSON *message)
{
	cJSON *list = cJSON_GetObjectItemCaseSensitive(w->seen, user_id);
	cJSON *item =
		cJSON_IsObject(message) ? cJSON_Duplicate(message, true) : cJSON_CreateObject();

	if (cJSON_IsString(message))
		tree_set_text(item, "text", message->valuestring);
	if (channel_id != NULL)
		tree_set_text(item, "channel", channel_id);
	if (list == NULL)
		list = cJSON_AddArrayToObject(w->seen, user_id);
	if (cJSON_GetArraySize(list) >= MOST_SEEN)
		cJSON_DeleteItemFromArray(list, 0);
	cJSON_AddItemToArray(list, item);
}

static cJSON *dump_channel(const struct channel *ch)
{
	cJSON *to = cJSON_Duplicate(ch->about, true), *messages;

	tree_set(to, "members", cJSON_Duplicate(ch->members, true));
	tree_set(to, "pins", cJSON_Duplicate(ch->pins, true));
	tree_set(to, "bookmarks", cJSON_Duplicate(ch->bookmarks, true));
	messages = cJSON_AddArrayToObject(to, "messages");
	for (size_t i = 0; i < ch->n_messages; i++)
		cJSON_AddItemToArray(messages, cJSON_Duplicate(ch->messages[i], true));
	return to;
}

cJSON *world_truth(const struct world *w, const char *id_or_name)
{
	const struct channel *ch = channel_find(w, id_or_name);
	cJSON *to = ch != NULL ? dump_channel(ch) : NULL;

	if (to != NULL)
		tree_set(to, "log", cJSON_Duplicate(ch->log, true));
	return to;
}

cJSON *world_dump(const struct world *w)
{
	cJSON *to = cJSON_CreateObject();
	cJSON *channels = cJSON_AddArrayToObject(to, "channels");

	for (size_t i = 0; i < w->n_channels; i++)
		cJSON_AddItemToArray(channels, dump_channel(w->channels[i]));
	tree_set(to, "users", cJSON_Duplicate(w->users, true));
	tree_set(to, "usergroups", cJSON_Duplicate(w->groups, true));
	tree_set(to, "files", cJSON_Duplicate(w->files, true));
	tree_set(to, "emoji", cJSON_Duplicate(w->emoji, true));
	tree_set(to, "views", cJSON_Duplicate(w->views, true));
	tree_set(to, "homes", cJSON_Duplicate(w->homes, true));
	tree_set(to, "seen_by", cJSON_Duplicate(w->seen, true));
	tree_set(to, "calls", cJSON_Duplicate(w->calls, true));
	tree_set(to, "findings", cJSON_Duplicate(w->findings, true));
	return to;
}
