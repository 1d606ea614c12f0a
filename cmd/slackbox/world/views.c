#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "deed.h"

/* Modals and home tabs. Each person has a stack of at most three modals, and one home. */

enum { STACK_HIGHEST = 3, VIEW_LARGEST = 250000, TRIGGER_MS = 3000, MOST_TRIGGERS = 1000 };

void world_trigger_new(struct world *w, const char *user_id, int64_t now_ms, char out[64])
{
	char id[ID_ROOM];
	cJSON *trigger = cJSON_CreateObject();
	int len;

	world_time(w, now_ms);
	len = snprintf(out, 64, "%lld.%s.%s", (long long)now_ms, TEAM_ID, world_id(w, 't', id));
	if (len < 0 || len >= 64)
		abort();
	tree_set_text(trigger, "id", out);
	tree_set_text(trigger, "user", user_id);
	tree_set_int(trigger, "at", now_ms);
	if (cJSON_GetArraySize(w->triggers) >= MOST_TRIGGERS)
		cJSON_DeleteItemFromArray(w->triggers, 0);
	cJSON_AddItemToArray(w->triggers, trigger);
}

/* Whose trigger it is; it is used up by this. */
static const char *exchange(struct call *c)
{
	const char *given = call_text(c, "trigger_id");
	cJSON *trigger;

	if (given == NULL)
		given = call_text(c, "interactivity_pointer");
	if (given == NULL) {
		call_complain(c, "[ERROR] missing required field: trigger_id");
		call_fail(c, "invalid_arguments");
		return NULL;
	}
	cJSON_ArrayForEach(trigger, c->w->triggers)
	{
		int64_t at = (int64_t)cJSON_GetObjectItemCaseSensitive(trigger, "at")->valuedouble;

		if (strcmp(tree_text(trigger, "id"), given) != 0)
			continue;
		if (tree_yes(trigger, "used"))
			call_fail(c, "exchanged_trigger_id");
		else if (c->w->now_ms - at > TRIGGER_MS)
			call_fail(c, "expired_trigger_id");
		tree_set_yes(trigger, "used", true);
		return c->error == NULL ? tree_text(trigger, "user") : NULL;
	}
	call_fail(c, "invalid_trigger_id");
	return NULL;
}

static cJSON *view_stack(const struct world *w, const char *user_id)
{
	return cJSON_GetObjectItemCaseSensitive(w->views, user_id);
}

static cJSON *top_of(const cJSON *stack)
{
	return cJSON_GetArrayItem(stack, cJSON_GetArraySize(stack) - 1);
}

const cJSON *world_view_of(const struct world *w, const char *user_id)
{
	const cJSON *stack = view_stack(w, user_id);

	return stack != NULL ? top_of(stack) : NULL;
}

void world_view_close(struct world *w, const char *user_id)
{
	cJSON *stack = view_stack(w, user_id);

	if (stack == NULL)
		return;
	cJSON_Delete(cJSON_DetachItemViaPointer(stack, top_of(stack)));
	if (stack->child == NULL)
		tree_drop(w->views, user_id);
}

/* A view by the name and value of a member, among all that are open and all homes. */
static cJSON *view_find(const struct world *w, const char *name, const char *value)
{
	cJSON *stack, *view;

	if (value == NULL || *value == '\0')
		return NULL;
	cJSON_ArrayForEach(stack, w->views) cJSON_ArrayForEach(
		view, stack) if (strcmp(tree_text(view, name), value) == 0) return view;
	cJSON_ArrayForEach(
		view, w->homes) if (strcmp(tree_text(view, name), value) == 0) return view;
	return NULL;
}

static void set_default(cJSON *view, const char *name, cJSON *item)
{
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(view, name);

	if (given == NULL || cJSON_IsNull(given))
		tree_set(view, name, item);
	else
		cJSON_Delete(item);
}

/* The view as Slack shows it back. before: what it replaces, or NULL. below: what it lies on, or NULL. */
static cJSON *view_made(
	struct world *w, const cJSON *given, const cJSON *before, const cJSON *below)
{
	cJSON *view = cJSON_Duplicate(given, true), *state;
	char id[ID_ROOM], hash[TS_ROOM], made[TS_ROOM + ID_ROOM];
	const char *of = tree_text(before, "id");

	tree_set_text(view, "id", of != NULL ? of : world_id(w, 'V', id));
	tree_set_text(view, "team_id", TEAM_ID);
	tree_set_text(view, "app_id", APP_ID);
	tree_set_text(view, "bot_id", BOT_ID);
	tree_set_text(view, "app_installed_team_id", TEAM_ID);
	if (snprintf(made, sizeof(made), "%s.%s", world_ts(w, hash), world_id(w, 'h', id)) < 0)
		abort();
	tree_set_text(view, "hash", made);
	set_default(view, "private_metadata", cJSON_CreateString(""));
	set_default(view, "callback_id", cJSON_CreateString(""));
	set_default(view, "external_id", cJSON_CreateString(""));
	set_default(view, "clear_on_close", cJSON_CreateFalse());
	set_default(view, "notify_on_close", cJSON_CreateFalse());
	set_default(view, "close", cJSON_CreateNull());
	set_default(view, "submit", cJSON_CreateNull());
	state = cJSON_CreateObject();
	cJSON_AddObjectToObject(state, "values");
	tree_set(view, "state", state);
	if (before != NULL)
		below = before;
	of = tree_text(below, "root_view_id");
	tree_set_text(view, "root_view_id", of != NULL ? of : tree_text(view, "id"));
	of = tree_text(below, before != NULL ? "previous_view_id" : "id");
	tree_set_text(view, "previous_view_id", of);
	blocks_name(w, cJSON_GetObjectItemCaseSensitive(view, "blocks"));
	return view;
}

/* Its shape, its size, its external id. before: the view that it is to replace. */
static bool view_takes(struct call *c, const cJSON *view, const char *type, const cJSON *before)
{
	char *printed = cJSON_PrintUnformatted(view);
	size_t len = strlen(printed);
	const cJSON *twin = view_find(c->w, "external_id", tree_text(view, "external_id"));

	free(printed);
	if (len > VIEW_LARGEST)
		return call_fail(c, "view_too_large");
	if (!view_right(c, view, type))
		return call_fail(c, "invalid_arguments");
	if (twin != NULL && twin != before)
		return call_fail(c, "duplicate_external_id");
	return true;
}

static void show_view(struct call *c, const cJSON *view)
{
	tree_set(c->body, "view", cJSON_Duplicate(view, true));
}

void views_open(struct call *c)
{
	const cJSON *given = call_tree(c, "view");
	const char *user;
	cJSON *stack, *view;

	if (!view_takes(c, given, "modal", NULL))
		return;
	user = exchange(c);
	if (user == NULL)
		return;
	view = view_made(c->w, given, NULL, NULL);
	stack = cJSON_CreateArray();
	cJSON_AddItemToArray(stack, view);
	tree_set(c->w->views, user, stack);
	show_view(c, view);
}

static const char *push_wrong(const cJSON *stack)
{
	if (stack == NULL)
		return "not_found";
	return cJSON_GetArraySize(stack) >= STACK_HIGHEST ? "push_limit_reached" : NULL;
}

static void push(struct world *w, cJSON *stack, const cJSON *given)
{
	cJSON_AddItemToArray(stack, view_made(w, given, NULL, top_of(stack)));
}

void views_push(struct call *c)
{
	const cJSON *given = call_tree(c, "view");
	const char *user, *wrong;
	cJSON *stack;

	if (!view_takes(c, given, "modal", NULL))
		return;
	user = exchange(c);
	if (user == NULL)
		return;
	stack = view_stack(c->w, user);
	wrong = push_wrong(stack);
	if (wrong != NULL) {
		call_fail(c, wrong);
		return;
	}
	push(c->w, stack, given);
	show_view(c, top_of(stack));
}

static cJSON *replace(struct world *w, cJSON *list, cJSON *old, const cJSON *given)
{
	cJSON *view = view_made(w, given, old, NULL);

	if (cJSON_IsObject(list)) {
		tree_set(list, old->string, view);
		return view;
	}
	if (!cJSON_ReplaceItemViaPointer(list, old, view))
		abort();
	return view;
}

static cJSON *list_of(struct world *w, const cJSON *view)
{
	cJSON *stack, *in;

	cJSON_ArrayForEach(stack, w->views)
		cJSON_ArrayForEach(in, stack) if (in == view) return stack;
	return w->homes;
}

static bool hash_right(struct call *c, const cJSON *view)
{
	const char *hash = call_text(c, "hash");

	return hash == NULL || *hash == '\0' || strcmp(tree_text(view, "hash"), hash) == 0 ||
		call_fail(c, "hash_conflict");
}

void views_update(struct call *c)
{
	const char *id = call_text(c, "view_id"), *external = call_text(c, "external_id");
	cJSON *old =
		id != NULL ? view_find(c->w, "id", id) : view_find(c->w, "external_id", external);

	if (id == NULL && external == NULL) {
		call_complain(c, "[ERROR] missing required field: view_id");
		call_fail(c, "invalid_arguments");
		return;
	}
	if (old == NULL) {
		call_fail(c, "not_found");
		return;
	}
	if (!view_takes(c, call_tree(c, "view"), tree_text(old, "type"), old) ||
		!hash_right(c, old))
		return;
	show_view(c, replace(c->w, list_of(c->w, old), old, call_tree(c, "view")));
}

void views_publish(struct call *c)
{
	const char *user = call_text(c, "user_id");
	cJSON *old = cJSON_GetObjectItemCaseSensitive(c->w->homes, user), *view;

	if (c->w->no_home) {
		call_fail(c, "not_enabled");
		return;
	}
	if (world_user(c->w, user) == NULL) {
		call_complain(c, "[ERROR] invalid `user_id`");
		call_fail(c, "invalid_arguments");
		return;
	}
	if (!view_takes(c, call_tree(c, "view"), "home", old))
		return;
	if (old != NULL && !hash_right(c, old))
		return;
	view = view_made(c->w, call_tree(c, "view"), old, NULL);
	tree_set(c->w->homes, user, view);
	show_view(c, view);
}

void world_has_home(struct world *w, bool has)
{
	w->no_home = !has;
}

const cJSON *world_home_of(const struct world *w, const char *user_id)
{
	return cJSON_GetObjectItemCaseSensitive(w->homes, user_id);
}

/* They look at the home tab: the event has what it shows, if it shows something. */
const char *do_home(const struct deed *d)
{
	const cJSON *home = world_home_of(d->w, d->user);
	cJSON *event = cJSON_CreateObject();

	tree_set_text(event, "type", "app_home_opened");
	tree_set_text(event, "user", d->user);
	tree_set_text(event, "channel", channel_id(d->ch));
	tree_set_text(event, "tab", d->w->no_home ? "messages" : "home");
	if (home != NULL)
		tree_set(event, "view", cJSON_Duplicate(home, true));
	world_emit(d->w, event);
	return NULL;
}

static const char *answer_view(struct call *c, cJSON *stack, const cJSON *given, bool pushed)
{
	cJSON *top = top_of(stack);
	const char *wrong = pushed ? push_wrong(stack) : NULL;

	if (given == NULL)
		return "invalid_arguments";
	if (wrong != NULL || !view_takes(c, given, "modal", pushed ? NULL : top))
		return wrong != NULL ? wrong : c->error;
	if (pushed)
		push(c->w, stack, given);
	else
		(void)replace(c->w, stack, top, given); /* it is in the stack */
	return NULL;
}

static const char *answer_errors(const cJSON *view, const cJSON *errors)
{
	const cJSON *item, *block;

	if (!cJSON_IsObject(errors) || errors->child == NULL)
		return "invalid_arguments";
	cJSON_ArrayForEach(item, errors)
	{
		bool known = false;

		cJSON_ArrayForEach(block, cJSON_GetObjectItemCaseSensitive(view, "blocks")) known =
			known || strcmp(tree_text(block, "block_id"), item->string) == 0;
		if (!known || !cJSON_IsString(item))
			return "invalid_arguments";
	}
	return NULL;
}

static const char *answer_take(
	struct call *c, cJSON *stack, const char *user_id, const cJSON *answer)
{
	const char *action = tree_text(answer, "response_action");
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(answer, "view");

	if (action == NULL) {
		world_view_close(c->w, user_id);
		return NULL;
	}
	if (strcmp(action, "clear") == 0) {
		tree_drop(c->w->views, user_id);
		return NULL;
	}
	if (strcmp(action, "errors") == 0)
		return answer_errors(
			top_of(stack), cJSON_GetObjectItemCaseSensitive(answer, "errors"));
	if (strcmp(action, "update") == 0 || strcmp(action, "push") == 0)
		return answer_view(c, stack, given, *action == 'p');
	return "invalid_arguments";
}

const char *world_view_answer(
	struct world *w, const char *user_id, const cJSON *answer, int64_t now_ms)
{
	struct call c = { .w = w };
	cJSON *stack = view_stack(w, user_id), *message;
	const char *wrong;

	world_time(w, now_ms);
	if (stack == NULL)
		return "not_found";
	wrong = answer_take(&c, stack, user_id, answer);
	if (wrong != NULL)
		world_finding(w, "the answer to a view_submission: %s", wrong);
	cJSON_ArrayForEach(message, c.messages)
		world_finding(w, "the answer to a view_submission: %s", message->valuestring);
	cJSON_Delete(c.messages);
	return wrong;
}
