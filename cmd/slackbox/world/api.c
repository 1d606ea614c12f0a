#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"

enum { MOST_CALLS = 100000 };

bool call_fail(struct call *c, const char *error)
{
	if (c->error == NULL)
		c->error = error;
	return false;
}

void call_complain(struct call *c, const char *fmt, ...)
{
	char text[512];
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (len < 0)
		abort();
	if (c->messages == NULL)
		c->messages = cJSON_CreateArray();
	cJSON_AddItemToArray(c->messages, cJSON_CreateString(text));
}

const char *call_text(const struct call *c, const char *name)
{
	return tree_text(c->args, name);
}

bool call_yes(const struct call *c, const char *name)
{
	return tree_yes(c->args, name);
}

int call_number(const struct call *c, const char *name, int otherwise)
{
	const cJSON *number = cJSON_GetObjectItemCaseSensitive(c->args, name);

	return cJSON_IsNumber(number) ? number->valueint : otherwise;
}

const cJSON *call_tree(const struct call *c, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(c->args, name);
}

static void set_list(cJSON *body, const char *name, const char *words)
{
	char list[1024];
	int len = snprintf(list, sizeof(list), "%s", words);

	if (len < 0)
		abort();
	for (char *at = list; *at != '\0'; at++)
		if (*at == ' ')
			*at = ',';
	tree_set_text(body, name, list);
}

bool call_needs(struct call *c, const char *one_of)
{
	if (world_scope(c->w, one_of))
		return true;
	set_list(c->body, "needed", one_of);
	set_list(c->body, "provided", c->w->scopes);
	return call_fail(c, "missing_scope");
}

struct channel *call_channel(struct call *c, const char *name)
{
	const char *given = call_text(c, name);
	struct channel *ch = channel_find(c->w, given);

	if (ch == NULL || strcmp(channel_id(ch), given) != 0 ||
		(channel_kind(ch) != CHANNEL_PUBLIC && !channel_has(ch, BOT_USER))) {
		call_fail(c, "channel_not_found");
		return NULL;
	}
	if (*c->m->scopes == '@' && !call_needs(c, scopes_of(c->m->scopes, channel_kind(ch))))
		return NULL;
	return ch;
}

bool call_living(struct call *c, const struct channel *ch)
{
	return !channel_archived(ch) || call_fail(c, "is_archived");
}

struct channel *call_own_channel(struct call *c, const char *name)
{
	struct channel *ch = call_channel(c, name);

	if (ch == NULL)
		return NULL;
	if (!channel_has(ch, BOT_USER)) {
		call_fail(c, "not_in_channel");
		return NULL;
	}
	return call_living(c, ch) ? ch : NULL;
}

/* NULL: the token is the right one, the bot's or the app's. */
static const char *token_wrong(const char *token, bool of_app)
{
	static const char BOT[] = "xoxb-slackbox", APP[] = "xapp-slackbox";

	if (token == NULL || *token == '\0')
		return "not_authed";
	if (strcmp(token, of_app ? APP : BOT) == 0)
		return NULL;
	return strcmp(token, of_app ? BOT : APP) == 0 ? "not_allowed_token_type" : "invalid_auth";
}

static void note_call(
	struct world *w, const struct api_request *r, const struct call *c, int status)
{
	cJSON *note = cJSON_CreateObject();
	cJSON *args = r->args != NULL ? cJSON_Duplicate(r->args, true) : cJSON_CreateObject();

	tree_drop(args, "token");
	tree_set_text(note, "method", r->method);
	tree_set(note, "args", args);
	tree_set_yes(note, "ok", c->error == NULL);
	if (c->error != NULL)
		tree_set_text(note, "error", c->error);
	tree_set_int(note, "status", status);
	tree_set_int(note, "at_ms", r->now_ms);
	if (w->n_calls == MOST_CALLS)
		cJSON_DeleteItemFromArray(w->calls, 0);
	else
		w->n_calls++;
	cJSON_AddItemToArray(w->calls, note);
}

static bool call_admitted(struct call *c, const struct api_request *r, struct api_reply *out)
{
	const char *wrong = token_wrong(r->token, c->m != NULL && c->m->run == apps_open);

	if (c->m == NULL && method_deprecated(r->method)) {
		world_finding(c->w, "%s: a deprecated method", r->method);
		return call_fail(c, "method_deprecated");
	}
	if (c->m == NULL) {
		world_finding(c->w, "%s: an unknown method", r->method);
		return call_fail(c, "unknown_method");
	}
	if (wrong != NULL && c->m->run != api_test)
		return call_fail(c, wrong);
	if (!limits_pass(c->w, c->m, r->args, &out->retry_after)) {
		out->status = 429;
		return call_fail(c, "ratelimited");
	}
	return call_needs(c, scopes_all(c->m->scopes)) && call_read_args(c, r);
}

/* Completes the answer. What the call still holds ends here. */
static cJSON *answer(struct call *c)
{
	cJSON *body, *about;

	tree_set_yes(c->body, "ok", c->error == NULL);
	if (c->error != NULL)
		tree_set_text(c->body, "error", c->error);
	if (c->messages != NULL) {
		about = cJSON_GetObjectItemCaseSensitive(c->body, "response_metadata");
		if (about == NULL)
			about = cJSON_AddObjectToObject(c->body, "response_metadata");
		tree_set(about, "messages", c->messages);
	}
	body = c->body;
	cJSON_Delete(c->args);
	return body;
}

void world_call(struct world *w, const struct api_request *r, struct api_reply *out)
{
	struct call c = {
		.w = w,
		.m = method_find(r->method),
		.args = cJSON_CreateObject(),
		.body = cJSON_CreateObject(),
	};

	*out = (struct api_reply){ .status = 200 };
	world_time(w, r->now_ms);
	tree_set_yes(c.body, "ok", true);
	if (call_admitted(&c, r, out))
		c.m->run(&c);
	note_call(w, r, &c, out->status);
	if (token_wrong(r->token, false) == NULL) {
		if (snprintf(out->scopes, sizeof(out->scopes), "%s", w->scopes) < 0)
			abort();
		for (char *at = out->scopes; *at != '\0'; at++)
			if (*at == ' ')
				*at = ',';
	}
	out->body = answer(&c);
}
