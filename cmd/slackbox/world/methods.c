#include <string.h>

#include "call.h"

#define POST_ARGS                                                                                  \
	"as_user:b attachments:j blocks:j icon_emoji icon_url link_names:b markdown_text "         \
	"metadata:j parse text thread_ts username "

/* clang-format off */
static const struct method METHODS[] = {
	{ "api.test",               api_test,            TIER_4,       true,  "",                "error foo" },
	{ "apps.connections.open",  apps_open,           TIER_SPECIAL, true,  "",                "" },
	{ "auth.test",              auth_test,           TIER_SPECIAL, true,  "",                "" },
	{ "team.info",              team_info,           TIER_3,       true,  "team:read",       "team domain" },
	{ "emoji.list",             emoji_list,          TIER_2,       false, "emoji:read",      "include_categories:b" },
	{ "bots.info",              bots_info,           TIER_3,       false, "users:read",      "bot team_id" },
	{ "files.info",             files_info,          TIER_4,       false, "files:read",      "!file count page cursor limit:n" },
	{ "users.info",             users_info,          TIER_4,       false, "users:read",      "!user include_locale:b" },
	{ "users.list",             users_list,          TIER_2,       false, "users:read",      "cursor limit:n include_locale:b team_id" },
	{ "users.lookupByEmail",    users_by_email,      TIER_3,       false, "users:read.email", "!email" },
	{ "users.conversations",    users_conversations, TIER_3,       false, "@read",           "cursor limit:n exclude_archived:b types user team_id" },
	{ "usergroups.list",        groups_list,         TIER_2,       false, "usergroups:read", "include_count:b include_disabled:b include_users:b team_id" },
	{ "usergroups.users.list",  groups_users,        TIER_2,       false, "usergroups:read", "!usergroup include_disabled:b team_id" },
	{ "conversations.create",   conv_create,         TIER_2,       true,  "@manage",         "name is_private:b team_id" },
	{ "conversations.invite",   conv_invite,         TIER_3,       true,  "@invite",         "!channel !users force:b" },
	{ "conversations.join",     conv_join,           TIER_3,       true,  "channels:join",   "!channel" },
	{ "conversations.leave",    conv_leave,          TIER_3,       true,  "@manage",         "!channel" },
	{ "conversations.kick",     conv_kick,           TIER_3,       true,  "@manage",         "!channel !user" },
	{ "conversations.setTopic", conv_topic,          TIER_2,       true,  "@topic",          "!channel !topic" },
	{ "conversations.setPurpose", conv_purpose,      TIER_2,       true,  "@topic",          "!channel !purpose" },
	{ "conversations.rename",   conv_rename,         TIER_2,       true,  "@manage",         "!channel name" },
	{ "conversations.archive",  conv_archive,        TIER_2,       true,  "@manage",         "!channel" },
	{ "conversations.unarchive", conv_unarchive,     TIER_2,       true,  "@manage",         "!channel" },
	{ "conversations.history",  conv_history,        TIER_3,       true,  "@history",        "!channel cursor limit:n oldest latest inclusive:b include_all_metadata:b" },
	{ "conversations.replies",  conv_replies,        TIER_3,       false, "@history",        "!channel !ts cursor limit:n oldest latest inclusive:b include_all_metadata:b" },
	{ "conversations.info",     conv_info,           TIER_3,       false, "@read",           "!channel include_locale:b include_num_members:b" },
	{ "conversations.list",     conv_list,           TIER_2,       false, "@read",           "cursor limit:n exclude_archived:b types team_id" },
	{ "conversations.members",  conv_members,        TIER_4,       false, "@read",           "!channel cursor limit:n" },
	{ "conversations.open",     conv_open,           TIER_3,       true,  "im:write mpim:write", "channel users return_im:b prevent_creation:b" },
	{ "chat.postMessage",       chat_post,           TIER_POST,    true,  "chat:write",      POST_ARGS "channel mrkdwn:b reply_broadcast:b unfurl_links:b unfurl_media:b" },
	{ "chat.postEphemeral",     chat_ephemeral,      TIER_4,       true,  "chat:write",      POST_ARGS "channel !user" },
	{ "chat.update",            chat_update,         TIER_3,       true,  "chat:write",      "channel !ts text blocks:j attachments:j markdown_text metadata:j as_user:b link_names:b parse reply_broadcast:b file_ids:j" },
	{ "chat.delete",            chat_delete,         TIER_3,       true,  "chat:write",      "channel !ts as_user:b" },
	{ "chat.getPermalink",      chat_permalink,      TIER_SPECIAL, false, "",                "!channel !message_ts" },
	{ "pins.add",               pins_add,            TIER_2,       true,  "pins:write",      "!channel timestamp" },
	{ "pins.list",              pins_list,           TIER_2,       false, "pins:read",       "!channel" },
	{ "pins.remove",            pins_remove,         TIER_2,       true,  "pins:write",      "!channel timestamp" },
	{ "bookmarks.add",          marks_add,           TIER_2,       true,  "bookmarks:write", "!channel_id !title:256 !type link:2048 emoji entity_id access_level parent_id" },
	{ "bookmarks.edit",         marks_edit,          TIER_2,       true,  "bookmarks:write", "!channel_id !bookmark_id title:256 link:2048 emoji" },
	{ "bookmarks.list",         marks_list,          TIER_3,       true,  "bookmarks:read",  "!channel_id" },
	{ "bookmarks.remove",       marks_remove,        TIER_2,       true,  "bookmarks:write", "!channel_id !bookmark_id quip_section_id" },
	{ "reactions.add",          reactions_add,       TIER_3,       true,  "reactions:write", "!channel !name timestamp" },
	{ "reactions.remove",       reactions_remove,    TIER_2,       true,  "reactions:write", "channel !name timestamp file file_comment" },
	{ "reactions.get",          reactions_get,       TIER_3,       false, "reactions:read",  "channel timestamp full:b file file_comment" },
	{ "views.open",             views_open,          TIER_4,       true,  "",                "!view:j trigger_id interactivity_pointer" },
	{ "views.push",             views_push,          TIER_4,       true,  "",                "!view:j trigger_id interactivity_pointer" },
	{ "views.update",           views_update,        TIER_4,       true,  "",                "!view:j view_id external_id hash" },
	{ "views.publish",          views_publish,       TIER_4,       true,  "",                "!user_id !view:j hash interactivity_pointer" },
};

static const struct {
	const char *family, *all, *of_kind[4]; /* by enum channel_kind */
} FAMILIES[] = {
	{ "@read", "channels:read groups:read im:read mpim:read",
	  { "channels:read", "groups:read", "im:read", "mpim:read" } },
	{ "@history", "channels:history groups:history im:history mpim:history",
	  { "channels:history", "groups:history", "im:history", "mpim:history" } },
	{ "@manage", "channels:manage groups:write im:write mpim:write",
	  { "channels:manage", "groups:write", "im:write", "mpim:write" } },
	{ "@invite", "channels:manage channels:write.invites groups:write groups:write.invites",
	  { "channels:manage channels:write.invites", "groups:write groups:write.invites", "im:write", "mpim:write" } },
	{ "@topic", "channels:manage channels:write.topic groups:write groups:write.topic im:write im:write.topic mpim:write mpim:write.topic",
	  { "channels:manage channels:write.topic", "groups:write groups:write.topic", "im:write im:write.topic", "mpim:write mpim:write.topic" } },
};

/* What Slack has retired. A name that ends with a dot is all that begin so. */
static const char *const DEPRECATED[] = {
	"channels.", "groups.", "im.", "mpim.", "rtm.", "dialog.", "stars.", "migration.exchange", "apps.permissions.",
	"files.upload", "files.comments.", "oauth.access", "oauth.token", "users.identity", "users.admin.",
	"users.prefs.", "users.setActive", "chat.command", "workflows.",
};
/* clang-format on */

const struct method *method_find(const char *name)
{
	for (size_t i = 0; i < sizeof(METHODS) / sizeof(METHODS[0]); i++)
		if (strcmp(METHODS[i].name, name) == 0)
			return &METHODS[i];
	return NULL;
}

bool method_deprecated(const char *name)
{
	for (size_t i = 0; i < sizeof(DEPRECATED) / sizeof(DEPRECATED[0]); i++) {
		const char *old = DEPRECATED[i];
		size_t len = strlen(old);

		if (old[len - 1] == '.' ? strncmp(name, old, len) == 0 : strcmp(name, old) == 0)
			return true;
	}
	return false;
}

const char *scopes_of(const char *family, enum channel_kind kind)
{
	for (size_t i = 0; i < sizeof(FAMILIES) / sizeof(FAMILIES[0]); i++)
		if (strcmp(FAMILIES[i].family, family) == 0)
			return FAMILIES[i].of_kind[kind];
	return "";
}

const char *scopes_all(const char *family)
{
	if (*family != '@')
		return family;
	for (size_t i = 0; i < sizeof(FAMILIES) / sizeof(FAMILIES[0]); i++)
		if (strcmp(FAMILIES[i].family, family) == 0)
			return FAMILIES[i].all;
	return "";
}
