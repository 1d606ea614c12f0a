#include "kept.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "call_private.h"
#include "decode.h"

/* clang-format off */
static const struct json_field PACKED[] = {
	{ "call",     json_int, offsetof(struct answer, call),     JSON_MUST },
	{ "method",   json_str, offsetof(struct answer, method),   JSON_MUST },
	{ "purpose",  json_str, offsetof(struct answer, purpose),  JSON_MUST },
	{ "argument", json_str, offsetof(struct answer, argument), JSON_MAY },
	{ "incident", json_int, offsetof(struct answer, incident), JSON_MUST },
	{ "version",  json_int, offsetof(struct answer, version),  JSON_MUST },
	{ "error",    json_str, offsetof(struct answer, error),    JSON_MAY },
	{ "ts",       json_str, offsetof(struct answer, ts),       JSON_MAY },
};
/* clang-format on */

/* Where it stands, whose it is, what it leads to, and what others made of it. */
static const char *const PLACE[] = { "type", "subtype", "ts", "thread_ts", "user", "bot_id",
	"app_id", "reply_count", "latest_reply", "reactions", "pinned_to" };

static bool is_of_place(const char *name)
{
	for (size_t i = 0; i < COUNT(PLACE); i++)
		if (strcmp(name, PLACE[i]) == 0)
			return true;
	return false;
}

static void leave_place(cJSON *message)
{
	cJSON *next;

	for (cJSON *member = message->child; member != NULL; member = next) {
		next = member->next;
		if (!is_of_place(member->string))
			cJSON_Delete(cJSON_DetachItemViaPointer(message, member));
	}
}

static bool has_known(const struct answer *got)
{
	for (int i = 0; i < got->message_count; i++)
		if (got->messages[i].known)
			return true;
	return false;
}

static const char *without_known(struct arena *a, const struct answer *got, const char *body)
{
	cJSON *root = json_tree(body, strlen(body));
	const cJSON *list = json_at(root, "messages", NULL);
	char *printed;
	int i = 0;

	for (cJSON *m = list != NULL ? list->child : NULL; m != NULL; m = m->next) {
		const cJSON *ts = json_at(m, "ts", NULL);

		if (i == got->message_count || ts == NULL ||
			!is_word(ts_of(a, ts), got->messages[i].ts))
			continue;
		if (got->messages[i++].known)
			leave_place(m);
	}
	printed = root != NULL ? cJSON_PrintUnformatted(root) : NULL;
	body = printed != NULL ? arena_copy(a, printed) : body;
	cJSON_free(printed);
	cJSON_Delete(root);
	return body;
}

const char *answer_pack(struct arena *a, const struct answer *got, const char *body)
{
	const char *keepable = answer_keepable(a, body);
	struct call packed = { 0 };
	struct body b;

	call_open(&b);
	json_put_int(&b.out, "call", got->call);
	json_put_text(&b.out, "method", got->method);
	json_put_text(&b.out, "purpose", got->purpose);
	json_put_text(&b.out, "argument", got->argument);
	json_put_int(&b.out, "incident", got->incident);
	json_put_int(&b.out, "version", got->version);
	json_put_text(&b.out, "error", got->error);
	json_put_text(&b.out, "ts", got->ts);
	json_put_raw(&b.out, "body", has_known(got) ? without_known(a, got, keepable) : keepable);
	return call_close(a, &packed, &b)->body;
}

static bool unpack(struct arena *a, const struct cJSON *root, struct answer *out, struct fail *why)
{
	struct answer kept = { 0 };
	char *body;
	bool ok;

	if (!json_read(root, "answer", PACKED, COUNT(PACKED), &kept, why))
		return false;
	body = cJSON_PrintUnformatted(json_at(root, "body", NULL));
	ok = body != NULL ? answer_read(body, kept.argument, a, out, why)
			  : fail_set(why, FAIL_BROKEN, "answer: no 'body'");
	cJSON_free(body);
	out->kept = true;
	out->call = kept.call;
	out->method = arena_copy(a, kept.method);
	out->purpose = arena_copy(a, kept.purpose);
	out->argument = arena_copy(a, kept.argument);
	out->incident = kept.incident;
	out->version = kept.version;
	out->error = arena_copy(a, kept.error);
	out->ok = kept.error == NULL;
	out->ts = kept.ts != NULL ? arena_copy(a, kept.ts) : out->ts;
	return ok;
}

bool answer_unpack(struct arena *a, const char *packed, struct event *ev, struct fail *why)
{
	struct event read = { .kind = EVENT_ANSWER };
	cJSON *root = json_tree(packed, strlen(packed));
	bool ok = root != NULL ? unpack(a, root, &read.as.answer, why)
			       : fail_set(why, FAIL_BROKEN, "a kept answer is no JSON");

	cJSON_Delete(root);
	read.type = read.as.answer.method;
	if (ok)
		*ev = read;
	return ok;
}
