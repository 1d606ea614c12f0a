#include <string.h>
#include <strings.h>

#include "call.h"

/* Methods about the app itself, the workspace and its people. */

/* The ticket is the sockets' business: they add the url. */
void apps_open(struct call *c)
{
	(void)c; /* the token was right: there is no more to it here */
}

void api_test(struct call *c)
{
	tree_set(c->body, "args", cJSON_Duplicate(c->args, true));
	if (call_text(c, "error") != NULL)
		call_fail(c, call_text(c, "error"));
}

void auth_test(struct call *c)
{
	tree_set_text(c->body, "url", TEAM_URL);
	tree_set_text(c->body, "team", "slackbox");
	tree_set_text(c->body, "user", "incidentd");
	tree_set_text(c->body, "team_id", TEAM_ID);
	tree_set_text(c->body, "user_id", BOT_USER);
	tree_set_text(c->body, "bot_id", BOT_ID);
	tree_set_yes(c->body, "is_enterprise_install", false);
}

void team_info(struct call *c)
{
	const char *team = call_text(c, "team");
	cJSON *about, *icon;

	if (team != NULL && strcmp(team, TEAM_ID) != 0) {
		call_fail(c, "team_not_found");
		return;
	}
	about = cJSON_AddObjectToObject(c->body, "team");
	tree_set_text(about, "id", TEAM_ID);
	tree_set_text(about, "name", "slackbox");
	tree_set_text(about, "url", TEAM_URL);
	tree_set_text(about, "domain", "slackbox");
	tree_set_text(about, "email_domain", "example.test");
	icon = cJSON_AddObjectToObject(about, "icon");
	tree_set_yes(icon, "image_default", true);
}

void emoji_list(struct call *c)
{
	tree_set(c->body, "emoji", cJSON_Duplicate(c->w->emoji, true));
	tree_set_text(c->body, "cache_ts", "1.000000");
}

static const cJSON *bot_find(const struct world *w, const char *id)
{
	const cJSON *user;

	cJSON_ArrayForEach(user, w->users)
	{
		const char *bot =
			tree_text(cJSON_GetObjectItemCaseSensitive(user, "profile"), "bot_id");

		if (id != NULL && bot != NULL && strcmp(bot, id) == 0)
			return user;
	}
	return NULL;
}

void bots_info(struct call *c)
{
	const cJSON *bot = bot_find(c->w, call_text(c, "bot"));
	const cJSON *profile = cJSON_GetObjectItemCaseSensitive(bot, "profile");
	cJSON *about;

	if (bot == NULL) {
		call_fail(c, "bot_not_found");
		return;
	}
	about = cJSON_AddObjectToObject(c->body, "bot");
	tree_set_text(about, "id", tree_text(profile, "bot_id"));
	tree_set_yes(about, "deleted", tree_yes(bot, "deleted"));
	tree_set_text(about, "name", tree_text(bot, "name"));
	tree_set_int(about, "updated", 0);
	tree_set_text(about, "app_id", tree_text(profile, "api_app_id"));
	tree_set_text(about, "user_id", tree_text(bot, "id"));
	cJSON_AddObjectToObject(about, "icons");
}

/* Without its scope an address is not shown. */
static cJSON *user_shown(const struct call *c, const cJSON *user)
{
	cJSON *shown = cJSON_Duplicate(user, true);

	if (!world_scope(c->w, "users:read.email"))
		tree_drop(cJSON_GetObjectItemCaseSensitive(shown, "profile"), "email");
	if (call_yes(c, "include_locale"))
		tree_set_text(shown, "locale", "en-US");
	return shown;
}

void users_info(struct call *c)
{
	const cJSON *user = world_user(c->w, call_text(c, "user"));

	if (user == NULL)
		call_fail(c, "user_not_found");
	else
		tree_set(c->body, "user", user_shown(c, user));
}

void users_list(struct call *c)
{
	cJSON *members, *user;
	int64_t from, at = 0;
	int limit;

	if (!page_start(c, PAGE_MOST, &from, &limit))
		return;
	members = cJSON_AddArrayToObject(c->body, "members");
	cJSON_ArrayForEach(user, c->w->users)
	{
		if (at >= from && at < from + limit)
			cJSON_AddItemToArray(members, user_shown(c, user));
		at++;
	}
	tree_set_int(c->body, "cache_ts", c->w->now_ms / 1000);
	page_next(c, at > from + limit ? from + limit : -1);
}

void users_by_email(struct call *c)
{
	cJSON *user;

	cJSON_ArrayForEach(user, c->w->users)
	{
		const char *email =
			tree_text(cJSON_GetObjectItemCaseSensitive(user, "profile"), "email");

		if (email == NULL || tree_yes(user, "deleted") ||
			strcasecmp(email, call_text(c, "email")) != 0)
			continue;
		tree_set(c->body, "user", user_shown(c, user));
		return;
	}
	call_fail(c, "users_not_found");
}

static bool disabled(const cJSON *group)
{
	const cJSON *at = cJSON_GetObjectItemCaseSensitive(group, "date_delete");

	return cJSON_IsNumber(at) && at->valuedouble > 0;
}

void groups_list(struct call *c)
{
	cJSON *groups = cJSON_AddArrayToObject(c->body, "usergroups"), *group, *shown;

	cJSON_ArrayForEach(group, c->w->groups)
	{
		if (disabled(group) && !call_yes(c, "include_disabled"))
			continue;
		shown = cJSON_Duplicate(group, true);
		if (!call_yes(c, "include_users"))
			tree_drop(shown, "users");
		if (!call_yes(c, "include_count"))
			tree_drop(shown, "user_count");
		cJSON_AddItemToArray(groups, shown);
	}
}

void groups_users(struct call *c)
{
	cJSON *group;

	cJSON_ArrayForEach(group, c->w->groups)
	{
		if (strcmp(tree_text(group, "id"), call_text(c, "usergroup")) != 0)
			continue;
		if (disabled(group) && !call_yes(c, "include_disabled"))
			break;
		tree_set(c->body, "users",
			cJSON_Duplicate(cJSON_GetObjectItemCaseSensitive(group, "users"), true));
		return;
	}
	call_fail(c, "no_such_subteam");
}
