#include <cjson/cJSON.h>
#include <string.h>

#include "call_private.h"
#include "json.h"
#include "text.h"

enum { BLOCK_MOST = 2990 }; /* characters of a section, with room for what they become */

const char *reply_text(struct arena *a, const char *text)
{
	struct body b;
	const char *reply;

	call_open(&b);
	json_put_text(&b.out, "response_type", "ephemeral");
	json_put_text(&b.out, "text", text);
	json_close(&b.out);
	reply = arena_copy(a, b.buf.text);
	buf_done(&b.buf);
	return reply;
}

const char *reply_button(
	struct arena *a, const char *text, const char *action, const char *label, const char *value)
{
	struct body b;
	const char *reply;

	if (text[text_fit(text, BLOCK_MOST)] != '\0')
		return NULL;
	call_open(&b);
	json_put_text(&b.out, "response_type", "ephemeral");
	json_put_text(&b.out, "text", text);
	json_open(&b.out, "blocks", '[');
	block_section(&b.out, "text", text);
	json_open(&b.out, NULL, '{');
	json_put_text(&b.out, "type", "actions");
	json_put_text(&b.out, "block_id", "buttons");
	json_open(&b.out, "elements", '[');
	block_button(&b.out, action, label, value);
	json_close(&b.out);
	json_close(&b.out);
	json_close(&b.out);
	json_close(&b.out);
	reply = arena_copy(a, b.buf.text);
	buf_done(&b.buf);
	return reply;
}

const char *reply_said(struct arena *a, const char *reply)
{
	cJSON *root = json_tree(reply, strlen(reply));
	const char *text = "";

	(void)json_str(json_at(root, "text", NULL), &text); /* or it stays "" */
	text = arena_copy(a, text);
	cJSON_Delete(root);
	return text;
}

/* What the reply says, as arguments of a call. */
static void put_reply(struct json_out *o, const char *reply)
{
	cJSON *root = json_tree(reply, strlen(reply));
	cJSON *blocks = cJSON_GetObjectItemCaseSensitive(root, "blocks");
	const char *text = "";
	char *raw = blocks != NULL ? cJSON_PrintUnformatted(blocks) : NULL;

	(void)json_str(json_at(root, "text", NULL), &text); /* or it stays "" */
	json_put_text(o, "text", text);
	if (raw != NULL)
		json_put_raw(o, "blocks", raw);
	cJSON_free(raw);
	cJSON_Delete(root);
}

struct call *call_reply_whisper(struct arena *a, const char *reply, const char *channel,
	const char *thread, const char *user)
{
	struct call *c = call_new(a, "chat.postEphemeral", channel, "told");
	struct body b;

	call_open(&b);
	json_put_text(&b.out, "channel", channel);
	json_put_text(&b.out, "user", user);
	if (thread != NULL)
		json_put_text(&b.out, "thread_ts", thread);
	put_reply(&b.out, reply);
	return call_close(a, c, &b);
}

struct call *call_reply_respond(
	struct arena *a, const char *reply, const char *url, const char *user, bool instead)
{
	struct call *c = call_new(a, "response_url", user, "told");
	struct body b;

	c->not_after_ms = CALL_URL_MS;
	call_open(&b);
	json_put_text(&b.out, "response_url", url);
	json_put_text(&b.out, "response_type", "ephemeral");
	json_put_bool(&b.out, "replace_original", instead);
	put_reply(&b.out, reply);
	return call_close(a, c, &b);
}
