#include "call_private.h"

struct call *call_history(struct arena *a, const char *channel, const char *oldest,
	const char *latest, const char *cursor, int64_t limit, const char *argument)
{
	struct call *c = call_new(a, "conversations.history", channel, "history_read");
	struct body b;

	call_open(&b);
	json_put_text(&b.out, "channel", channel);
	if (oldest != NULL)
		json_put_text(&b.out, "oldest", oldest);
	if (latest != NULL)
		json_put_text(&b.out, "latest", latest);
	if (cursor != NULL)
		json_put_text(&b.out, "cursor", cursor);
	json_put_int(&b.out, "limit", limit != 0 ? limit : CALL_PAGE);
	c->argument = argument;
	return call_close(a, c, &b);
}

struct call *call_replies(struct arena *a, const char *channel, const char *thread,
	const char *oldest, const char *cursor, int64_t limit, const char *argument)
{
	struct call *c = call_new(a, "conversations.replies", channel, "thread_read");
	struct body b;

	call_open(&b);
	json_put_text(&b.out, "channel", channel);
	json_put_text(&b.out, "ts", thread);
	if (oldest != NULL)
		json_put_text(&b.out, "oldest", oldest);
	if (cursor != NULL)
		json_put_text(&b.out, "cursor", cursor);
	json_put_int(&b.out, "limit", limit != 0 ? limit : CALL_PAGE);
	c->argument = argument;
	return call_close(a, c, &b);
}
