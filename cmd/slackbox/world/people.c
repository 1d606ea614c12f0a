#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workspace.h"

static cJSON *person_find(const struct world *w, const char *id_or_name)
{
	cJSON *user;

	if (id_or_name == NULL)
		return NULL;
	if (*id_or_name == '@')
		id_or_name++;
	cJSON_ArrayForEach(user, w->users)
	{
		if (strcmp(tree_text(user, "id"), id_or_name) == 0 ||
			strcmp(tree_text(user, "name"), id_or_name) == 0)
			return user;
	}
	return NULL;
}

const char *world_user_id(const struct world *w, const char *id_or_name)
{
	const cJSON *user = person_find(w, id_or_name);

	return user != NULL ? tree_text(user, "id") : NULL;
}

const cJSON *world_user(const struct world *w, const char *id)
{
	const cJSON *user = person_find(w, id);

	return user != NULL && strcmp(tree_text(user, "id"), id) == 0 ? user : NULL;
}

static void fill_profile(cJSON *profile, const cJSON *what, const char *name, const char *real)
{
	const char *display = tree_text(what, "display_name");
	const char *email = tree_text(what, "email");
	const char *team = tree_text(what, "team_id");
	char made[256];

	if (snprintf(made, sizeof(made), "%s@example.test", name) < 0)
		abort();
	tree_set_text(profile, "real_name", real);
	tree_set_text(profile, "real_name_normalized", real);
	tree_set_text(profile, "display_name", display != NULL ? display : "");
	tree_set_text(profile, "display_name_normalized", display != NULL ? display : "");
	tree_set_text(profile, "status_text", "");
	tree_set_text(profile, "status_emoji", "");
	tree_set_text(profile, "email", email != NULL ? email : made);
	tree_set_text(profile, "image_48", "https://slackbox.example.test/avatar_48.png");
	tree_set_text(profile, "team", team != NULL ? team : TEAM_ID);
}

static void fill_bot(cJSON *profile, const cJSON *what, const char *name)
{
	const char *given = tree_text(what, "bot_id");
	char made[64];

	if (snprintf(made, sizeof(made), "B0%s", name) < 0)
		abort();
	for (char *c = made; *c != '\0'; c++) {
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	}
	tree_drop(profile, "email");
	tree_set_text(profile, "bot_id", given != NULL ? given : made);
	tree_set_text(profile, "api_app_id", "A0OTHERAPP");
}

static cJSON *person_new(const cJSON *what, const char *id, const char *name)
{
	static const char *const NEVER[] = { "deleted", "is_admin", "is_owner", "is_primary_owner",
		"is_restricted", "is_ultra_restricted", "is_bot", "is_app_user" };
	const char *real = tree_text(what, "real_name");
	const char *zone = tree_text(what, "tz"), *team = tree_text(what, "team_id");
	cJSON *user = cJSON_CreateObject(), *profile;

	real = real != NULL ? real : name;
	tree_set_text(user, "id", id);
	tree_set_text(user, "team_id", team != NULL ? team : TEAM_ID);
	tree_set_text(user, "name", name);
	tree_set_text(user, "color", "9f69e7");
	tree_set_text(user, "real_name", real);
	tree_set_text(user, "tz", zone != NULL ? zone : "Europe/Berlin");
	tree_set_text(user, "tz_label", "Central European Time");
	tree_set_int(user, "tz_offset", 3600);
	for (size_t i = 0; i < sizeof(NEVER) / sizeof(NEVER[0]); i++)
		tree_set_yes(user, NEVER[i], tree_yes(what, NEVER[i]));
	if (team != NULL)
		tree_set_yes(user, "is_stranger", tree_yes(what, "is_stranger"));
	profile = cJSON_AddObjectToObject(user, "profile");
	fill_profile(profile, what, name, real);
	if (tree_yes(what, "is_bot"))
		fill_bot(profile, what, name);
	tree_set_int(user, "updated", 0);
	return user;
}

cJSON *person_shown(const cJSON *user)
{
	static const char *const OF_PERSON[] = { "name", "is_restricted", "is_ultra_restricted" };
	static const char *const OF_PROFILE[] = { "real_name", "display_name", "team", "image_72" };
	const cJSON *profile = cJSON_GetObjectItemCaseSensitive(user, "profile"), *item;
	cJSON *shown = cJSON_CreateObject();

	for (size_t i = 0; i < sizeof(OF_PERSON) / sizeof(OF_PERSON[0]); i++) {
		item = cJSON_GetObjectItemCaseSensitive(user, OF_PERSON[i]);
		if (item != NULL)
			tree_set(shown, OF_PERSON[i], cJSON_Duplicate(item, true));
	}
	for (size_t i = 0; i < sizeof(OF_PROFILE) / sizeof(OF_PROFILE[0]); i++) {
		item = cJSON_GetObjectItemCaseSensitive(profile, OF_PROFILE[i]);
		if (item != NULL)
			tree_set(shown, OF_PROFILE[i], cJSON_Duplicate(item, true));
	}
	return shown;
}

static void announce(struct world *w, const char *type, const cJSON *user)
{
	cJSON *event = cJSON_CreateObject();

	tree_set_text(event, "type", type);
	tree_set(event, "user", cJSON_Duplicate(user, true));
	tree_set_int(event, "cache_ts", w->now_ms / 1000);
	world_emit(w, event);
}

static void person_change(struct world *w, cJSON *user, const cJSON *what)
{
	static const char *const PROFILE[] = { "real_name", "display_name", "email" };
	cJSON *profile = cJSON_GetObjectItemCaseSensitive(user, "profile");
	const cJSON *item;

	cJSON_ArrayForEach(item, what)
	{
		const cJSON *old = cJSON_GetObjectItemCaseSensitive(user, item->string);
		bool fits = (cJSON_IsString(old) && cJSON_IsString(item)) ||
			(cJSON_IsBool(old) && cJSON_IsBool(item));

		if (fits && strcmp(item->string, "id") != 0)
			tree_set(user, item->string, cJSON_Duplicate(item, true));
	}
	for (size_t i = 0; i < sizeof(PROFILE) / sizeof(PROFILE[0]); i++)
		if (tree_text(what, PROFILE[i]) != NULL)
			tree_set_text(profile, PROFILE[i], tree_text(what, PROFILE[i]));
	tree_set_int(user, "updated", w->now_ms / 1000);
	announce(w, "user_change", user);
}

const char *world_add_person(struct world *w, const cJSON *what)
{
	const char *name = tree_text(what, "name"), *id = tree_text(what, "id");
	char made[ID_ROOM];
	cJSON *user;

	if (name == NULL && id == NULL)
		return "invalid_name_required";
	user = person_find(w, id != NULL ? id : name);
	if (user != NULL) {
		person_change(w, user, what);
		return NULL;
	}
	if (name == NULL || person_find(w, name) != NULL)
		return name == NULL ? "invalid_name_required" : "name_taken";
	user = person_new(what, id != NULL ? id : world_id(w, 'U', made), name);
	cJSON_AddItemToArray(w->users, user);
	announce(w, "team_join", user);
	return NULL;
}
