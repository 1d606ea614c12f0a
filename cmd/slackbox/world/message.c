#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workspace.h"

/* The place of ts in the channel, or where it would be. Timestamps have one length: text order is time order. */
static size_t place_of(const struct channel *ch, const char *ts)
{
	size_t low = 0, high = ch->n_messages;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(tree_text(ch->messages[middle], "ts"), ts) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

cJSON *message_find(const struct channel *ch, const char *ts)
{
	size_t at;

	if (ts == NULL)
		return NULL;
	at = place_of(ch, ts);
	if (at == ch->n_messages || strcmp(tree_text(ch->messages[at], "ts"), ts) != 0)
		return NULL;
	return ch->messages[at];
}

const cJSON *world_message(const struct world *w, const char *channel, const char *ts)
{
	const struct channel *ch = channel_find(w, channel);

	return ch != NULL ? message_find(ch, ts) : NULL;
}

cJSON *message_by(const char *user_id, const char *subtype, const char *text)
{
	cJSON *message = cJSON_CreateObject();

	tree_set_text(message, "type", "message");
	if (subtype != NULL)
		tree_set_text(message, "subtype", subtype);
	tree_set_text(message, "user", user_id);
	tree_set_text(message, "text", text);
	tree_set_text(message, "team", TEAM_ID);
	return message;
}

cJSON *message_copy(const cJSON *message, bool with_metadata)
{
	cJSON *copy = cJSON_Duplicate(message, true);

	if (!with_metadata)
		tree_drop(copy, "metadata");
	return copy;
}

void message_permalink(const struct channel *ch, const cJSON *message, char out[256])
{
	const char *ts = tree_text(message, "ts"), *thread = tree_text(message, "thread_ts");
	bool reply = thread != NULL && strcmp(thread, ts) != 0;
	const char *dot = strchr(ts, '.');
	int len = snprintf(out, 256, "%sarchives/%s/p%.*s%s%s%s%s%s", TEAM_URL, channel_id(ch),
		(int)(dot - ts), ts, dot + 1, reply ? "?thread_ts=" : "", reply ? thread : "",
		reply ? "&cid=" : "", reply ? channel_id(ch) : "");

	if (len < 0 || len >= 256)
		abort();
}

/* What is said is among the messages, or in the event of its deletion: it need not be here too. */
static void keep(const struct channel *ch, const cJSON *event)
{
	const char *type = tree_text(event, "type");

	if (strcmp(type, "app_mention") == 0 ||
		(strcmp(type, "message") == 0 && !tree_yes(event, "hidden")))
		return;
	cJSON_AddItemToArray(ch->log, cJSON_Duplicate(event, true));
}

void message_event(struct world *w, const struct channel *ch, cJSON *event)
{
	world_stamp(w, event);
	if (w->now_ms != 0)
		keep(ch, event);
	if (channel_has(ch, BOT_USER))
		world_emit(w, event);
	else
		cJSON_Delete(event);
}

static void send(struct world *w, const struct channel *ch, cJSON *event)
{
	static const char *const TYPES[] = { [CHANNEL_PUBLIC] = "channel",
		[CHANNEL_PRIVATE] = "group",
		[CHANNEL_IM] = "im",
		[CHANNEL_MPIM] = "mpim" };

	tree_set_text(event, "channel", channel_id(ch));
	tree_set_text(event, "channel_type", TYPES[channel_kind(ch)]);
	message_event(w, ch, event);
}

static cJSON *hidden_event(struct world *w, const char *subtype)
{
	cJSON *event = cJSON_CreateObject();
	char ts[TS_ROOM];

	tree_set_text(event, "type", "message");
	tree_set_text(event, "subtype", subtype);
	tree_set_yes(event, "hidden", true);
	tree_set_text(event, "ts", world_ts(w, ts));
	return event;
}

void message_changed(struct world *w, struct channel *ch, const cJSON *message, cJSON *before)
{
	cJSON *event = hidden_event(w, "message_changed");

	tree_set(event, "message", message_copy(message, false));
	tree_drop(before, "metadata");
	tree_set(event, "previous_message", before);
	send(w, ch, event);
}

/* A parent knows its replies: their number, the youngest, who wrote. */
static void count_replies(const struct channel *ch, cJSON *parent)
{
	const char *thread = tree_text(parent, "ts"), *latest = NULL;
	cJSON *users = cJSON_CreateArray();
	int count = 0;

	for (size_t i = place_of(ch, thread); i < ch->n_messages; i++) {
		const char *of = tree_text(ch->messages[i], "thread_ts");
		const char *user = tree_text(ch->messages[i], "user");

		if (of == NULL || ch->messages[i] == parent || strcmp(of, thread) != 0)
			continue;
		count++;
		latest = tree_text(ch->messages[i], "ts");
		if (user != NULL && !tree_has(users, user))
			cJSON_AddItemToArray(users, cJSON_CreateString(user));
	}
	tree_set_text(parent, "thread_ts", thread);
	tree_set_int(parent, "reply_count", count);
	tree_set_int(parent, "reply_users_count", cJSON_GetArraySize(users));
	tree_set(parent, "reply_users", users);
	if (latest != NULL)
		tree_set_text(parent, "latest_reply", latest);
	tree_set_yes(parent, "is_locked", false);
	tree_set_yes(parent, "subscribed", channel_has(ch, BOT_USER));
}

static void uncount_replies(cJSON *parent)
{
	static const char *const OF_THREADS[] = { "thread_ts", "reply_count", "reply_users_count",
		"reply_users", "latest_reply", "is_locked", "subscribed" };

	for (size_t i = 0; i < sizeof(OF_THREADS) / sizeof(OF_THREADS[0]); i++)
		tree_drop(parent, OF_THREADS[i]);
}

static void join_thread(const struct channel *ch, cJSON *message)
{
	cJSON *parent = message_find(ch, tree_text(message, "thread_ts"));
	const char *user;

	if (parent == NULL || parent == message)
		return;
	user = tree_text(parent, "user");
	if (user != NULL)
		tree_set_text(message, "parent_user_id", user);
	count_replies(ch, parent);
}

static void store(struct channel *ch, cJSON *message)
{
	if (ch->n_messages == ch->room) {
		ch->room = ch->room != 0 ? ch->room * 2 : 16;
		ch->messages = realloc(ch->messages, ch->room * sizeof(cJSON *));
		if (ch->messages == NULL)
			abort();
	}
	ch->messages[ch->n_messages++] = message;
}

/* People of another workspace say so with all they say. */
static void name_team(const struct world *w, cJSON *message)
{
	const char *user = tree_text(message, "user");
	const cJSON *who = user != NULL ? world_user(w, user) : NULL;
	const char *team = tree_text(who, "team_id");

	if (team == NULL || strcmp(team, TEAM_ID) == 0)
		return;
	tree_set_text(message, "team", team);
	tree_set_text(message, "user_team", team);
	tree_set_text(message, "source_team", team);
	tree_set(message, "user_profile", person_shown(who));
}

cJSON *message_post(struct world *w, struct channel *ch, cJSON *message)
{
	const char *subtype = tree_text(message, "subtype");
	char ts[TS_ROOM];
	cJSON *event;

	tree_set_text(message, "ts", world_ts(w, ts));
	name_team(w, message);
	store(ch, message);
	join_thread(ch, message);
	event = message_copy(message, false);
	if (subtype != NULL && strcmp(subtype, "thread_broadcast") == 0) {
		const cJSON *root = message_find(ch, tree_text(message, "thread_ts"));

		if (root != NULL)
			tree_set(event, "root", message_copy(root, false));
	}
	send(w, ch, event);
	return message;
}

static void forget(struct channel *ch, const cJSON *message)
{
	const char *ts = tree_text(message, "ts");
	size_t at = place_of(ch, ts);
	cJSON *pin, *next;

	memmove(&ch->messages[at], &ch->messages[at + 1],
		(ch->n_messages - at - 1) * sizeof(cJSON *));
	ch->n_messages--;
	for (pin = ch->pins->child; pin != NULL; pin = next) {
		next = pin->next;
		if (strcmp(tree_text(pin, "ts"), ts) == 0)
			cJSON_Delete(cJSON_DetachItemViaPointer(ch->pins, pin));
	}
}

static void announce_deleted(struct world *w, struct channel *ch, cJSON *message)
{
	cJSON *event = hidden_event(w, "message_deleted");

	tree_set_text(event, "deleted_ts", tree_text(message, "ts"));
	tree_drop(message, "metadata");
	tree_set(event, "previous_message", message);
	send(w, ch, event);
}

/* A deleted parent that still has replies stays as a stone. */
static void set_tombstone(struct world *w, struct channel *ch, cJSON *message)
{
	static const char *const GONE[] = { "client_msg_id", "blocks", "attachments", "team",
		"metadata", "reactions", "edited", "bot_id", "app_id", "bot_profile", "files",
		"pinned_to" };
	cJSON *before = message_copy(message, false);

	for (size_t i = 0; i < sizeof(GONE) / sizeof(GONE[0]); i++)
		tree_drop(message, GONE[i]);
	tree_set_text(message, "subtype", "tombstone");
	tree_set_text(message, "user", "USLACKBOT");
	tree_set_text(message, "text", "This message was deleted.");
	tree_set_yes(message, "hidden", true);
	message_changed(w, ch, message, before);
}

static void leave_thread(struct world *w, struct channel *ch, cJSON *parent)
{
	const char *subtype = tree_text(parent, "subtype");

	count_replies(ch, parent);
	if (cJSON_GetObjectItemCaseSensitive(parent, "reply_count")->valueint > 0)
		return;
	if (subtype != NULL && strcmp(subtype, "tombstone") == 0) {
		forget(ch, parent);
		announce_deleted(w, ch, parent);
		return;
	}
	uncount_replies(parent);
}

void message_delete(struct world *w, struct channel *ch, const char *ts)
{
	cJSON *message = message_find(ch, ts), *parent;

	if (message == NULL)
		return;
	if (cJSON_GetObjectItemCaseSensitive(message, "reply_count") != NULL) {
		set_tombstone(w, ch, message);
		return;
	}
	parent = message_find(ch, tree_text(message, "thread_ts"));
	forget(ch, message);
	announce_deleted(w, ch, message);
	if (parent != NULL && parent != message)
		leave_thread(w, ch, parent);
}
