#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"

/* Methods that change conversations. */

enum { MOST_INVITED = 100, MOST_IN_MPIM = 8, SAYING_LONGEST = 250 };

cJSON *channel_shown(const struct channel *ch, bool with_count)
{
	cJSON *shown = cJSON_Duplicate(ch->about, true);

	if (with_count)
		tree_set_int(shown, "num_members", cJSON_GetArraySize(ch->members));
	return shown;
}

static void show_channel(struct call *c, const struct channel *ch)
{
	tree_set(c->body, "channel", channel_shown(ch, false));
}

/* Direct messages cannot be named, joined or put away. */
static bool nameable(struct call *c, const struct channel *ch)
{
	if (ch == NULL)
		return false;
	return channel_kind(ch) == CHANNEL_PUBLIC || channel_kind(ch) == CHANNEL_PRIVATE ||
		call_fail(c, "method_not_supported_for_channel_type");
}

void conv_create(struct call *c)
{
	enum channel_kind kind = call_yes(c, "is_private") ? CHANNEL_PRIVATE : CHANNEL_PUBLIC;
	const char *name = call_text(c, "name");
	const char *wrong = channel_name_wrong(c->w, name);
	struct channel *ch;

	if (!call_needs(c, scopes_of("@manage", kind)))
		return;
	if (wrong != NULL) {
		call_fail(c, wrong);
		return;
	}
	ch = channel_new(c->w, kind, NULL, name, BOT_USER);
	channel_join(c->w, ch, BOT_USER, NULL);
	show_channel(c, ch);
}

static const char *invitee_wrong(const struct call *c, const struct channel *ch, const char *id)
{
	const cJSON *user = world_user(c->w, id);

	if (user == NULL)
		return "user_not_found";
	if (strcmp(id, BOT_USER) == 0)
		return "cant_invite_self";
	if (tree_yes(user, "deleted"))
		return "cant_invite";
	if (tree_yes(user, "is_ultra_restricted"))
		return "ura_max_channels";
	if (tree_yes(user, "is_restricted"))
		return "user_is_restricted";
	return channel_has(ch, id) ? "already_in_channel" : NULL;
}

static cJSON *split_ids(const char *list)
{
	cJSON *ids = cJSON_CreateArray();
	char id[64];

	for (const char *at = list; *at != '\0';) {
		size_t n = strcspn(at, ",");
		int len = snprintf(id, sizeof(id), "%.*s", (int)n, at + strspn(at, " "));

		if (len < 0)
			abort();
		id[strcspn(id, ", ")] = '\0';
		if (*id != '\0')
			cJSON_AddItemToArray(ids, cJSON_CreateString(id));
		at += n;
		at += *at == ',';
	}
	return ids;
}

static void add_refusal(cJSON *errors, const char *user, const char *error)
{
	cJSON *refusal = cJSON_CreateObject();

	tree_set_text(refusal, "user", user);
	tree_set_yes(refusal, "ok", false);
	tree_set_text(refusal, "error", error);
	cJSON_AddItemToArray(errors, refusal);
}

/* All or nothing, unless forced: then those that can be invited are. */
static void invite_all(struct call *c, struct channel *ch, const cJSON *ids)
{
	cJSON *errors = cJSON_CreateArray(), *good = cJSON_CreateArray();
	const cJSON *id;
	const char *first = NULL;

	cJSON_ArrayForEach(id, ids)
	{
		const char *wrong = invitee_wrong(c, ch, id->valuestring);

		if (wrong == NULL) {
			cJSON_AddItemToArray(good, cJSON_CreateString(id->valuestring));
			continue;
		}
		first = first != NULL ? first : wrong;
		add_refusal(errors, id->valuestring, wrong);
	}
	if (first != NULL && (!call_yes(c, "force") || good->child == NULL)) {
		call_fail(c, first);
	} else {
		cJSON_ArrayForEach(id, good) channel_join(c->w, ch, id->valuestring, BOT_USER);
		show_channel(c, ch);
	}
	if (errors->child != NULL)
		tree_set(c->body, "errors", errors);
	else
		cJSON_Delete(errors);
	cJSON_Delete(good);
}

void conv_invite(struct call *c)
{
	struct channel *ch = call_own_channel(c, "channel");
	cJSON *ids;

	if (!nameable(c, ch))
		return;
	ids = split_ids(call_text(c, "users"));
	if (ids->child == NULL) {
		call_fail(c, "no_user");
	} else if (cJSON_GetArraySize(ids) > MOST_INVITED) {
		world_finding(c->w, "conversations.invite: more than %d users", MOST_INVITED);
		call_complain(c, "[ERROR] no more than %d users", MOST_INVITED);
		call_fail(c, "invalid_arguments");
	} else {
		invite_all(c, ch, ids);
	}
	cJSON_Delete(ids);
}

void conv_join(struct call *c)
{
	struct channel *ch = call_channel(c, "channel");

	if (!nameable(c, ch) || !call_living(c, ch))
		return;
	if (channel_kind(ch) != CHANNEL_PUBLIC) {
		call_fail(c, "method_not_supported_for_channel_type");
		return;
	}
	if (channel_has(ch, BOT_USER)) {
		cJSON *about = cJSON_AddObjectToObject(c->body, "response_metadata");
		cJSON *warnings = cJSON_AddArrayToObject(about, "warnings");

		cJSON_AddItemToArray(warnings, cJSON_CreateString("already_in_channel"));
		tree_set_text(c->body, "warning", "already_in_channel");
	}
	channel_join(c->w, ch, BOT_USER, NULL);
	show_channel(c, ch);
}

void conv_leave(struct call *c)
{
	struct channel *ch = call_channel(c, "channel");

	if (!nameable(c, ch) || !call_living(c, ch))
		return;
	if (!channel_has(ch, BOT_USER))
		tree_set_yes(c->body, "not_in_channel", true);
	else if (tree_yes(ch->about, "is_general"))
		call_fail(c, "cant_leave_general");
	else
		channel_leave(c->w, ch, BOT_USER, BOT_USER);
}

void conv_kick(struct call *c)
{
	struct channel *ch = call_own_channel(c, "channel");
	const char *user = call_text(c, "user");

	if (!nameable(c, ch))
		return;
	if (world_user(c->w, user) == NULL)
		call_fail(c, "user_not_found");
	else if (strcmp(user, BOT_USER) == 0)
		call_fail(c, "cant_kick_self");
	else if (tree_yes(ch->about, "is_general"))
		call_fail(c, "cant_kick_from_general");
	else if (!channel_has(ch, user))
		call_fail(c, "not_in_channel");
	else
		channel_leave(c->w, ch, user, BOT_USER);
}

static void set_saying(struct call *c, const char *what)
{
	struct channel *ch = call_own_channel(c, "channel");
	const char *given = call_text(c, what);
	char *text;

	if (!nameable(c, ch))
		return;
	if (tree_units(given) > SAYING_LONGEST) {
		call_fail(c, "too_long");
		return;
	}
	text = posted_text(given);
	channel_say_of(c->w, ch, BOT_USER, what, text);
	tree_set_text(c->body, what, text);
	show_channel(c, ch);
	free(text);
}

void conv_topic(struct call *c)
{
	set_saying(c, "topic");
}

void conv_purpose(struct call *c)
{
	set_saying(c, "purpose");
}

void conv_rename(struct call *c)
{
	struct channel *ch = call_own_channel(c, "channel");
	const char *name = call_text(c, "name"), *wrong;

	if (!nameable(c, ch))
		return;
	/* Renaming to the name it has is no error, and no change. */
	if (name != NULL && strcmp(name, tree_text(ch->about, "name")) == 0) {
		show_channel(c, ch);
		return;
	}
	wrong = channel_name_wrong(c->w, name);
	if (wrong == NULL && strcmp(tree_text(ch->about, "creator"), BOT_USER) != 0)
		wrong = "not_authorized";
	if (wrong != NULL) {
		call_fail(c, wrong);
		return;
	}
	channel_rename(c->w, ch, BOT_USER, name);
	show_channel(c, ch);
}

void conv_archive(struct call *c)
{
	struct channel *ch = call_channel(c, "channel");

	if (!nameable(c, ch))
		return;
	if (channel_archived(ch))
		call_fail(c, "already_archived");
	else if (tree_yes(ch->about, "is_general"))
		call_fail(c, "cant_archive_general");
	else if (!channel_has(ch, BOT_USER))
		call_fail(c, "not_in_channel");
	else
		channel_archive(c->w, ch, BOT_USER, true);
}

/* Slack does not let a bot do it: archiving has put the bot out. */
void conv_unarchive(struct call *c)
{
	struct channel *ch = call_channel(c, "channel");

	if (ch != NULL)
		call_fail(c, channel_archived(ch) ? "not_in_channel" : "not_archived");
}

static struct channel *open_group(struct call *c, const cJSON *ids)
{
	char name[80];
	struct channel *ch;
	int len = snprintf(name, sizeof(name), "mpdm-%zu", c->w->n_channels);

	if (len < 0)
		abort();
	ch = channel_new(c->w, CHANNEL_MPIM, NULL, name, BOT_USER);
	channel_join(c->w, ch, BOT_USER, NULL);
	for (const cJSON *id = ids->child; id != NULL; id = id->next)
		channel_join(c->w, ch, id->valuestring, NULL);
	return ch;
}

static struct channel *open_for(struct call *c, const cJSON *ids)
{
	const cJSON *first = ids->child;
	int n = cJSON_GetArraySize(ids);

	for (const cJSON *id = ids->child; id != NULL; id = id->next) {
		const cJSON *user = world_user(c->w, id->valuestring);

		if (user == NULL || tree_yes(user, "deleted")) {
			call_fail(c, user == NULL ? "user_not_found" : "user_disabled");
			return NULL;
		}
	}
	if (first == NULL || n > MOST_IN_MPIM) {
		call_fail(c, first == NULL ? "users_list_not_supplied" : "too_many_users");
		return NULL;
	}
	if (!call_needs(c, n == 1 ? "im:write" : "mpim:write"))
		return NULL;
	return n == 1 ? channel_dm(c->w, first->valuestring) : open_group(c, ids);
}

void conv_open(struct call *c)
{
	const char *users = call_text(c, "users");
	struct channel *ch;

	if (call_text(c, "channel") != NULL) {
		ch = call_channel(c, "channel");
	} else {
		cJSON *ids = split_ids(users != NULL ? users : "");

		ch = open_for(c, ids);
		cJSON_Delete(ids);
	}
	if (ch == NULL)
		return;
	if (call_yes(c, "return_im"))
		show_channel(c, ch);
	else
		tree_set_text(cJSON_AddObjectToObject(c->body, "channel"), "id", channel_id(ch));
}
