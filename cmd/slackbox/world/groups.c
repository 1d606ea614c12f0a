#include <stdio.h>
#include <string.h>

#include "workspace.h"

/* User groups and custom emoji. */

static const char *group_members(const struct world *w, const cJSON *what, cJSON *users)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(what, "users"))
	{
		const char *id = world_user_id(w, cJSON_GetStringValue(item));

		if (id == NULL)
			return "user_not_found";
		cJSON_AddItemToArray(users, cJSON_CreateString(id));
	}
	return NULL;
}

static cJSON *group_find(const struct world *w, const char *handle)
{
	cJSON *group;

	cJSON_ArrayForEach(group, w->groups)
	{
		if (handle != NULL &&
			(strcmp(tree_text(group, "handle"), handle) == 0 ||
				strcmp(tree_text(group, "id"), handle) == 0))
			return group;
	}
	return NULL;
}

const char *group_id(const struct world *w, const char *handle)
{
	const cJSON *group = group_find(w, handle);

	return group != NULL ? tree_text(group, "id") : NULL;
}

static cJSON *group_new(struct world *w, const cJSON *what)
{
	const char *handle = tree_text(what, "handle"), *id = tree_text(what, "id");
	const char *name = tree_text(what, "name");
	cJSON *group = cJSON_CreateObject();
	char made[ID_ROOM];

	tree_set_text(group, "id", id != NULL ? id : world_id(w, 'S', made));
	tree_set_text(group, "team_id", TEAM_ID);
	tree_set_yes(group, "is_usergroup", true);
	tree_set_text(group, "name", name != NULL ? name : handle);
	tree_set_text(group, "description", "");
	tree_set_text(group, "handle", handle);
	tree_set_yes(group, "is_external", false);
	tree_set_int(group, "date_create", w->now_ms / 1000);
	tree_set(group, "users", cJSON_CreateArray());
	cJSON_AddItemToArray(w->groups, group);
	return group;
}

/* Those of `users` who are not among the `others`. */
static int add_missing(cJSON *to, const char *name, const cJSON *users, const cJSON *others)
{
	cJSON *list = cJSON_AddArrayToObject(to, name);
	const cJSON *user;

	cJSON_ArrayForEach(user, users)
	{
		if (!tree_has(others, user->valuestring))
			cJSON_AddItemToArray(list, cJSON_CreateString(user->valuestring));
	}
	return cJSON_GetArraySize(list);
}

static void announce_members(struct world *w, const cJSON *group, const cJSON *before)
{
	const cJSON *users = cJSON_GetObjectItemCaseSensitive(group, "users");
	cJSON *event = cJSON_CreateObject();
	int added = add_missing(event, "added_users", users, before);
	int removed = add_missing(event, "removed_users", before, users);

	tree_set_text(event, "type", "subteam_members_changed");
	tree_set_text(event, "subteam_id", tree_text(group, "id"));
	tree_set_text(event, "team_id", TEAM_ID);
	tree_set_int(event, "added_users_count", added);
	tree_set_int(event, "removed_users_count", removed);
	tree_set_int(event, "date_update", w->now_ms / 1000);
	if (added + removed > 0)
		world_emit(w, event);
	else
		cJSON_Delete(event);
}

static void announce_group(struct world *w, const char *type, const cJSON *group)
{
	cJSON *event = cJSON_CreateObject();

	tree_set_text(event, "type", type);
	tree_set(event, "subteam", cJSON_Duplicate(group, true));
	world_emit(w, event);
}

const char *world_add_usergroup(struct world *w, const cJSON *what)
{
	const char *handle = tree_text(what, "handle"), *name = tree_text(what, "name");
	cJSON *users = cJSON_CreateArray(), *group = group_find(w, handle), *before;
	const char *wrong =
		handle == NULL ? "invalid_name_required" : group_members(w, what, users);
	bool known = group != NULL;

	if (wrong != NULL) {
		cJSON_Delete(users);
		return wrong;
	}
	group = known ? group : group_new(w, what);
	if (name != NULL)
		tree_set_text(group, "name", name);
	before = cJSON_DetachItemFromObjectCaseSensitive(group, "users");
	tree_set_int(group, "user_count", cJSON_GetArraySize(users));
	tree_set(group, "users", users);
	tree_set_int(group, "date_update", w->now_ms / 1000);
	tree_set_int(group, "date_delete", tree_yes(what, "disabled") ? w->now_ms / 1000 + 1 : 0);
	announce_group(w, known ? "subteam_updated" : "subteam_created", group);
	if (known)
		announce_members(w, group, before);
	cJSON_Delete(before);
	return NULL;
}

const char *world_add_emoji(struct world *w, const cJSON *what)
{
	const char *name = tree_text(what, "name"), *alias = tree_text(what, "alias");
	const char *url = tree_text(what, "url");
	bool removed = tree_yes(what, "removed");
	cJSON *event, *names;
	char value[512];

	if (name == NULL)
		return "invalid_name";
	if (snprintf(value, sizeof value, "%s%s%s", alias != NULL ? "alias:" : "",
		    alias != NULL         ? alias
			    : url != NULL ? url
					  : TEAM_URL "emoji/",
		    alias == NULL && url == NULL ? name : "") < 0)
		return "invalid_name";
	event = cJSON_CreateObject();
	tree_set_text(event, "type", "emoji_changed");
	tree_set_text(event, "subtype", removed ? "remove" : "add");
	if (removed) {
		tree_drop(w->emoji, name);
		names = cJSON_AddArrayToObject(event, "names");
		cJSON_AddItemToArray(names, cJSON_CreateString(name));
	} else {
		tree_set_text(w->emoji, name, value);
		tree_set_text(event, "name", name);
		tree_set_text(event, "value", value);
	}
	world_emit(w, event);
	return NULL;
}
