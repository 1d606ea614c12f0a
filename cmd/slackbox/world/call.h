#ifndef CALL_H
#define CALL_H

#include "workspace.h"

/* One Web API call on its way through the checks and its method. */

enum tier { TIER_1 = 1, TIER_2, TIER_3, TIER_4, TIER_SPECIAL, TIER_POST };

struct call {
	struct world *w;
	const struct method *m;
	cJSON *args; /* typed by the method's table: text, true, 12, {…} */
	cJSON *body; /* the answer */
	const char *error;
	cJSON *messages; /* of response_metadata */
};

typedef void method_run(struct call *);

struct method {
	const char *name;
	method_run *run;
	enum tier tier;
	bool json;          /* takes a JSON body */
	const char *scopes; /* any of these, or "@family": by the kind of channel */
	const char *args;   /* "!channel name:80 is_private:b limit:n blocks:j"; ! is required */
};

const struct method *method_find(const char *name); /* NULL: there is none */
bool method_deprecated(const char *name);
const char *scopes_of(const char *family, enum channel_kind); /* "@read" */
const char *scopes_all(const char *family);

bool call_fail(
	struct call *, const char *error); /* false, so that one can say: return call_fail(…) */
void call_complain(struct call *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *call_text(const struct call *, const char *name); /* NULL: not given */
bool call_yes(const struct call *, const char *name);
int call_number(const struct call *, const char *name, int otherwise);
const cJSON *call_tree(const struct call *, const char *name);
bool call_needs(struct call *, const char *one_of); /* scopes; fails with missing_scope */

/* The channel that the argument names and the bot can see; fails with channel_not_found. */
struct channel *call_channel(struct call *, const char *name);
/* … of which the bot is a member, and which is not archived. */
struct channel *call_own_channel(struct call *, const char *name);
bool call_living(struct call *, const struct channel *);

/* Reads and checks the arguments (args.c). */
bool call_read_args(struct call *, const struct api_request *);
bool ts_right(const char *ts);

/* Whether the call may pass; else after how many seconds (limits.c). */
bool limits_pass(struct world *, const struct method *, const cJSON *args, int *retry_after_out);
int limits_page(const struct world *, const struct method *, int asked);

/* Paging (pages.c). A cursor is good for the method that gave it. */
enum { PAGE_MOST = 1000 };

bool page_start(struct call *, int otherwise, int64_t *from_out, int *limit_out);
void page_next(struct call *, int64_t from); /* writes next_cursor; negative: the end */

/* Block Kit (blocks.c, its table in block_rules.c): complaints go to the call; true if there are none. */
bool blocks_right(struct call *, const cJSON *blocks, const char *at, size_t most);
bool view_right(struct call *, const cJSON *view, const char *type);
void blocks_name(struct world *, cJSON *blocks); /* adds the block_ids and action_ids that lack */
cJSON *channel_shown(const struct channel *, bool with_count);

/* clang-format off */
method_run apps_open, api_test, auth_test, team_info, emoji_list, bots_info, files_info;
method_run users_info, users_list, users_by_email, users_conversations, groups_list, groups_users;
method_run conv_create, conv_invite, conv_join, conv_leave, conv_kick, conv_topic, conv_purpose, conv_rename;
method_run conv_archive, conv_unarchive, conv_history, conv_replies, conv_info, conv_list, conv_members, conv_open;
method_run chat_post, chat_update, chat_delete, chat_ephemeral, chat_permalink;
method_run pins_add, pins_list, pins_remove, reactions_add, reactions_remove, reactions_get;
method_run marks_add, marks_edit, marks_list, marks_remove;
method_run views_open, views_push, views_update, views_publish;
/* clang-format on */

#endif
