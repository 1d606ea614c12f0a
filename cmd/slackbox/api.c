#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "box.h"
#include "clock.h"
#include "fault.h"
#include "form.h"
#include "link.h"

/* POST /api/METHOD: faults first, then Socket Mode's own method, then the workspace's. */

enum { TIMEOUT_MS = 60 * 1000 };

static const char BAD_GATEWAY[] =
	"<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>";

static void api_answer_tree(struct request *r, int status, cJSON *body)
{
	char *text = cJSON_PrintUnformatted(body);

	request_answer(r, status, "application/json; charset=utf-8", text);
	cJSON_free(text);
	cJSON_Delete(body);
}

static void api_answer_error(struct request *r, int status, const char *error)
{
	cJSON *body = cJSON_CreateObject();

	cJSON_AddFalseToObject(body, "ok");
	cJSON_AddStringToObject(body, "error", error);
	api_answer_tree(r, status, body);
}

static const char *api_bearer(const struct request *r)
{
	const char *header = request_header(r, "Authorization");

	return header != NULL && strncasecmp(header, "Bearer ", 7) == 0 ? header + 7 : NULL;
}

static void api_reply(struct request *r, struct api_reply *reply)
{
	char seconds[16];

	if (reply->scopes[0] != '\0')
		request_add_header(r, "X-OAuth-Scopes", reply->scopes);
	if (reply->retry_after > 0) {
		if (snprintf(seconds, sizeof seconds, "%d", reply->retry_after) < 0)
			abort();
		request_add_header(r, "Retry-After", seconds);
	}
	api_answer_tree(r, reply->status, reply->body);
}

/* The token must be in the header here, unlike elsewhere. */
static void api_open(
	struct box *box, struct request *r, struct api_request *call, const char *bearer)
{
	struct api_reply reply = { 0 };
	char url[256];

	if (fault_strikes(&box->faults.open_failed)) {
		api_answer_error(r, 200, box->faults.open_error);
		return;
	}
	if (box->faults.link_disabled) {
		api_answer_error(r, 200, "forbidden_team");
		return;
	}
	if (bearer == NULL && call->token != NULL)
		world_finding(box->world, "apps.connections.open with its token as an argument");
	call->token = bearer;
	world_call(box->world, call, &reply);
	if (tree_yes(reply.body, "ok")) {
		link_url(box->link, url, sizeof url);
		tree_set_text(reply.body, "url", url);
	}
	api_reply(r, &reply);
}

static enum api_fault api_fault(struct box *box, const char *method)
{
	struct faults *f = &box->faults;

	if (f->api_method[0] != '\0' && strcmp(f->api_method, method) != 0)
		return API_FINE;
	return fault_strikes(&f->api_left) ? f->api : API_FINE;
}

/* true: the fault is the answer. A held request comes here again, and then it is due. */
static bool api_fails(struct box *box, struct request *r, enum api_fault fault)
{
	char seconds[16];

	switch (fault) {
	case API_429:
		if (snprintf(seconds, sizeof seconds, "%d", box->faults.retry_after_s) < 0)
			abort();
		request_add_header(r, "Retry-After", seconds);
		api_answer_error(r, 429, "ratelimited");
		return true;
	case API_500: api_answer_error(r, 500, "internal_error"); return true;
	case API_502: request_answer(r, 502, "text/html", BAD_GATEWAY); return true;
	case API_TIMEOUT:
		request_hold(r, clock_ms() + TIMEOUT_MS);
		request_cut_when_due(r);
		return true;
	case API_SLOW: request_hold(r, clock_ms() + box->faults.api_ms); return true;
	default: return false;
	}
}

/* Whoever asked has seen the connection end, and does not know that it will be done. */
static void api_put_off(struct box *box, const struct api_request *call)
{
	cJSON *late = cJSON_CreateObject();

	tree_set_text(late, "method", call->method);
	if (call->token != NULL)
		tree_set_text(late, "token", call->token);
	cJSON_AddBoolToObject(late, "json", call->json_body);
	tree_set(late, "args", cJSON_Duplicate(call->args, true));
	tree_set_int(late, "due", clock_ms() + box->faults.api_ms);
	cJSON_AddItemToArray(box->late, late);
}

static void api_run_late(struct box *box, const cJSON *late)
{
	struct api_request call = {
		.method = tree_text(late, "method"),
		.token = tree_text(late, "token"),
		.json_body = tree_yes(late, "json"),
		.args = cJSON_GetObjectItemCaseSensitive(late, "args"),
		.now_ms = box_wall_ms(),
	};
	struct api_reply reply = { 0 };

	world_call(box->world, &call, &reply);
	cJSON_Delete(reply.body);
}

void api_tick(struct box *box, int64_t now_ms)
{
	for (cJSON *late = box->late->child, *next; late != NULL; late = next) {
		next = late->next;
		if (tree_number(late, "due", 0) > (double)now_ms)
			continue;
		api_run_late(box, late);
		cJSON_Delete(cJSON_DetachItemViaPointer(box->late, late));
	}
}

static void api_run(struct box *box, struct request *r, const char *method, bool late)
{
	const char *type = request_header(r, "Content-Type"), *bearer = api_bearer(r);
	bool json = type != NULL && strncasecmp(type, "application/json", 16) == 0;
	cJSON *args = json && request_body(r)[0] != '\0' ? cJSON_Parse(request_body(r))
							 : form_read(json ? "" : request_body(r));
	struct api_request call = { .method = method, .json_body = json, .now_ms = box_wall_ms() };
	struct api_reply reply = { 0 };

	if (!cJSON_IsObject(args)) {
		cJSON_Delete(args);
		api_answer_error(r, 200, "invalid_json");
		return;
	}
	call.token = bearer != NULL ? bearer : tree_text(args, "token");
	if (tree_text(args, "team_id") != NULL && strcmp(tree_text(args, "team_id"), TEAM_ID) == 0)
		tree_drop(args, "team_id"); /* Bolt adds it to every call, and Slack lets it */
	call.args = args;
	if (late) {
		api_put_off(box, &call);
		request_cut(r);
	} else if (strcmp(method, "apps.connections.open") == 0) {
		api_open(box, r, &call, bearer);
	} else {
		world_call(box->world, &call, &reply);
		api_reply(r, &reply);
	}
	cJSON_Delete(args);
}

void api_request(struct box *box, struct request *r)
{
	const char *method = request_path(r) + strlen("/api/");
	enum api_fault fault = request_was_held(r) ? API_FINE : api_fault(box, method);

	if (api_fails(box, r, fault))
		return;
	api_run(box, r, method, fault == API_LATE);
	if (fault == API_LOST)
		request_cut(r);
}
