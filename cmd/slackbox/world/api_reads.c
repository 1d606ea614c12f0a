#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"

/* Methods that read conversations. */

enum { HISTORY_PAGE = 100, LIST_PAGE = 100 };

struct span {
	const char *oldest, *latest;
	bool inclusive;
};

/* Slack takes "0", "1610261659" and full timestamps. */
static bool bound_right(const char *ts)
{
	size_t n = ts != NULL ? strspn(ts, "0123456789") : 0;

	if (ts == NULL || *ts == '\0')
		return true;
	if (n == 0 || n > 10)
		return false;
	return ts[n] == '\0' ||
		(ts[n] == '.' && strspn(ts + n + 1, "0123456789") == strlen(ts + n + 1));
}

static int compare_ts(const char *a, const char *b)
{
	long long whole_a = strtoll(a, NULL, 10), whole_b = strtoll(b, NULL, 10);
	const char *dot_a = strchr(a, '.'), *dot_b = strchr(b, '.');

	if (whole_a != whole_b)
		return whole_a < whole_b ? -1 : 1;
	return strcmp(dot_a != NULL ? dot_a + 1 : "000000", dot_b != NULL ? dot_b + 1 : "000000");
}

static bool span_read(struct call *c, struct span *out)
{
	struct span s = {
		.oldest = call_text(c, "oldest"),
		.latest = call_text(c, "latest"),
		.inclusive = call_yes(c, "inclusive"),
	};

	if (!bound_right(s.oldest))
		return call_fail(c, "invalid_ts_oldest");
	if (!bound_right(s.latest))
		return call_fail(c, "invalid_ts_latest");
	if (s.oldest != NULL && *s.oldest == '\0')
		s.oldest = NULL;
	if (s.latest != NULL && *s.latest == '\0')
		s.latest = NULL;
	*out = s;
	return true;
}

static bool span_has(const struct span *s, const char *ts)
{
	int least = s->inclusive ? 0 : 1;

	if (s->oldest != NULL && compare_ts(ts, s->oldest) < least)
		return false;
	return s->latest == NULL || -compare_ts(ts, s->latest) >= least;
}

static int64_t ts_number(const char *ts)
{
	return strtoll(ts, NULL, 10) * 1000000 + strtoll(strchr(ts, '.') + 1, NULL, 10);
}

static bool in_channel_itself(const cJSON *message)
{
	const char *thread = tree_text(message, "thread_ts");
	const char *subtype = tree_text(message, "subtype");

	return thread == NULL || strcmp(thread, tree_text(message, "ts")) == 0 ||
		(subtype != NULL && strcmp(subtype, "thread_broadcast") == 0);
}

/* History needs membership, whatever else the bot may do in a public channel. */
static struct channel *readable(struct call *c)
{
	struct channel *ch = call_channel(c, "channel");

	if (ch != NULL && !channel_has(ch, BOT_USER)) {
		call_fail(c, "not_in_channel");
		return NULL;
	}
	return ch;
}

void conv_history(struct call *c)
{
	struct channel *ch = readable(c);
	struct span s = { 0 };
	int64_t before, last = 0;
	int limit, n = 0;
	bool more = false;
	cJSON *messages;

	if (ch == NULL || !span_read(c, &s) || !page_start(c, HISTORY_PAGE, &before, &limit))
		return;
	messages = cJSON_AddArrayToObject(c->body, "messages");
	for (size_t i = ch->n_messages; i-- > 0 && !more;) {
		const cJSON *m = ch->messages[i];
		const char *ts = tree_text(m, "ts");

		if (!in_channel_itself(m) || !span_has(&s, ts) ||
			(before > 0 && ts_number(ts) >= before))
			continue;
		more = n++ == limit;
		if (more)
			break;
		last = ts_number(ts);
		cJSON_AddItemToArray(
			messages, message_copy(m, call_yes(c, "include_all_metadata")));
	}
	tree_set_yes(c->body, "has_more", more);
	tree_set_int(c->body, "pin_count", cJSON_GetArraySize(ch->pins));
	if (more)
		page_next(c, last);
}

/* The thread, oldest first. Its parent begins every page. */
static void add_replies(
	struct call *c, const struct channel *ch, const cJSON *parent, const struct span *s)
{
	const char *thread = tree_text(parent, "ts");
	bool with_metadata = call_yes(c, "include_all_metadata"), more = false;
	cJSON *messages;
	int64_t after, last = 0;
	int limit, n = 0;

	if (!page_start(c, PAGE_MOST, &after, &limit))
		return;
	messages = cJSON_AddArrayToObject(c->body, "messages");
	cJSON_AddItemToArray(messages, message_copy(parent, with_metadata));
	for (size_t i = 0; i < ch->n_messages && !more; i++) {
		const cJSON *m = ch->messages[i];
		const char *of = tree_text(m, "thread_ts"), *ts = tree_text(m, "ts");

		if (of == NULL || m == parent || strcmp(of, thread) != 0 || !span_has(s, ts) ||
			ts_number(ts) <= after)
			continue;
		more = n++ == limit;
		if (more)
			break;
		last = ts_number(ts);
		cJSON_AddItemToArray(messages, message_copy(m, with_metadata));
	}
	tree_set_yes(c->body, "has_more", more);
	if (more)
		page_next(c, last);
}

void conv_replies(struct call *c)
{
	struct channel *ch = readable(c);
	const char *ts = call_text(c, "ts");
	const cJSON *parent, *of;
	struct span s = { 0 };

	if (ch == NULL || !span_read(c, &s))
		return;
	parent = message_find(ch, ts);
	if (parent == NULL) {
		call_fail(c, "thread_not_found");
		return;
	}
	of = message_find(ch, tree_text(parent, "thread_ts"));
	/* Asked with an answer's ts, Slack shows that answer alone. */
	if (of != NULL && of != parent) {
		cJSON *messages = cJSON_AddArrayToObject(c->body, "messages");

		world_finding(c->w, "conversations.replies: %s is an answer, no parent", ts);
		cJSON_AddItemToArray(
			messages, message_copy(parent, call_yes(c, "include_all_metadata")));
		tree_set_yes(c->body, "has_more", false);
		return;
	}
	add_replies(c, ch, parent, &s);
}

void conv_info(struct call *c)
{
	struct channel *ch = call_channel(c, "channel");

	if (ch != NULL)
		tree_set(c->body, "channel", channel_shown(ch, call_yes(c, "include_num_members")));
}

void conv_members(struct call *c)
{
	struct channel *ch = call_channel(c, "channel");
	cJSON *members, *id;
	int64_t from, at = 0;
	int limit;

	if (ch == NULL || !page_start(c, LIST_PAGE, &from, &limit))
		return;
	members = cJSON_AddArrayToObject(c->body, "members");
	cJSON_ArrayForEach(id, ch->members)
	{
		if (at >= from && at < from + limit)
			cJSON_AddItemToArray(members, cJSON_CreateString(id->valuestring));
		at++;
	}
	page_next(c, at > from + limit ? from + limit : -1);
}

/* Which kinds are asked for; each must be in the token's scopes. */
static bool kinds_read(struct call *c, bool wanted[4])
{
	static const char *const NAMES[] = { [CHANNEL_PUBLIC] = "public_channel",
		[CHANNEL_PRIVATE] = "private_channel",
		[CHANNEL_IM] = "im",
		[CHANNEL_MPIM] = "mpim" };
	const char *at = call_text(c, "types");

	at = at != NULL && *at != '\0' ? at : "public_channel";
	while (*at != '\0') {
		size_t n = strcspn(at, ", ");
		int kind = 0;

		while (kind < 4 && (strlen(NAMES[kind]) != n || memcmp(NAMES[kind], at, n) != 0))
			kind++;
		if (kind == 4)
			return call_fail(c, "invalid_types");
		if (!call_needs(c, scopes_of("@read", (enum channel_kind)kind)))
			return false;
		wanted[kind] = true;
		at += n + strspn(at + n, ", ");
	}
	return true;
}

/* Archived ones are left out after the page is cut, so pages may be short, as Slack's are. */
static void list_channels(struct call *c, const char *of_user, bool with_count)
{
	bool wanted[4] = { false };
	cJSON *channels;
	int64_t from, at = 0;
	int limit;

	if (!kinds_read(c, wanted) || !page_start(c, LIST_PAGE, &from, &limit))
		return;
	channels = cJSON_AddArrayToObject(c->body, "channels");
	for (size_t i = 0; i < c->w->n_channels; i++) {
		const struct channel *ch = c->w->channels[i];

		if (!wanted[channel_kind(ch)] || (of_user != NULL && !channel_has(ch, of_user)) ||
			(channel_kind(ch) != CHANNEL_PUBLIC && !channel_has(ch, BOT_USER)))
			continue;
		if (at >= from && at < from + limit &&
			!(channel_archived(ch) && call_yes(c, "exclude_archived")))
			cJSON_AddItemToArray(channels, channel_shown(ch, with_count));
		at++;
	}
	page_next(c, at > from + limit ? from + limit : -1);
}

void conv_list(struct call *c)
{
	list_channels(c, NULL, true);
}

void users_conversations(struct call *c)
{
	const char *user = call_text(c, "user");

	if (user != NULL && world_user(c->w, user) == NULL)
		call_fail(c, "user_not_found");
	else
		list_channels(c, user != NULL ? user : BOT_USER, false);
}
