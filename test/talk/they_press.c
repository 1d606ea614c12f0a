/* What people do with buttons, menus and forms. */
#include <string.h>

#include "they.h"

static cJSON *interactive(struct stage *s, const char *type, const char *user)
{
	cJSON *p = cJSON_CreateObject();

	they_put(p, "type", type);
	they_put(p, "trigger_id", they_id(s, "trigger"));
	they_put(cJSON_AddObjectToObject(p, "team"), "id", THEIR_TEAM);
	they_put(cJSON_AddObjectToObject(p, "user"), "id", user);
	return p;
}

/* What a view of ours brings with it, which Slack was told last by that method and with these words. */
static void add_metadata(struct stage *s, cJSON *view, const char *method, const char *words)
{
	cJSON *body = cJSON_Parse(stage_ask(s,
		arena_printf(s->arena,
			"select coalesce((select body from outbox where method = '%s' and id > $1"
			" and position('%s' in body) > 0 order by id desc limit 1), '{}')",
			method, words),
		0));
	const cJSON *asked = cJSON_GetObjectItemCaseSensitive(body, "view");

	they_put(view, "private_metadata",
		cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(asked, "private_metadata")));
	cJSON_Delete(body);
}

static void add_shown(cJSON *view)
{
	cJSON *block = cJSON_CreateObject();

	they_put(block, "text", "shown at home");
	cJSON_AddItemToArray(cJSON_AddArrayToObject(view, "blocks"), block);
}

/* U1: they look at our home tab, which shows something already */
void they_see_home(struct stage *s, const char *rest)
{
	cJSON *event = cJSON_CreateObject(), *view;

	they_put(event, "type", "app_home_opened");
	they_put(event, "user", rest);
	they_put(event, "channel", arena_printf(s->arena, "D%s", rest));
	they_put(event, "tab", "home");
	they_put(event, "event_ts", they_ts(s, &(const char *){ "" }));
	view = cJSON_AddObjectToObject(event, "view");
	add_metadata(s, view, "views.publish", arena_printf(s->arena, "\"user_id\":\"%s\"", rest));
	add_shown(view);
	they_play(s, event);
}

/* In no channel: in a form, at home, or in Slack's own menu. */
static bool is_nowhere(const char *channel)
{
	return channel != NULL && strcmp(channel, "nowhere") == 0;
}

static void choose_nowhere(struct stage *s, const char *user, const char *callback)
{
	cJSON *p = interactive(s, "shortcut", user);

	they_put(p, "callback_id", callback);
	they_deliver(s, "interactive", p);
}

/*
 * C1 U1 add_to_timeline ts=7.1 U2 it is the database: U1 chose that in the menu of what U2 said; or Slack, of U2: U2/left; with
 * file=F1,trace.png before the text.
 * nowhere U1 declare: in Slack's own menu
 */
void they_choose(struct stage *s, const char *rest)
{
	const char *channel = stage_word(s, &rest), *user = stage_word(s, &rest);
	const char *callback = stage_word(s, &rest), *ts = they_ts(s, &rest);
	const char *author = stage_word(s, &rest);
	const char *file = strncmp(rest, "file=", 5) == 0 ? stage_word(s, &rest) + 5 : NULL;
	const char *slash = author != NULL ? strchr(author, '/') : NULL;
	cJSON *p, *message;

	if (is_nowhere(channel) && callback != NULL) {
		choose_nowhere(s, user, callback);
		return;
	}
	if (author == NULL)
		stage_wrong(s, rest, "CHANNEL USER SHORTCUT ts=TS AUTHOR[/SUBTYPE] text");
	p = interactive(s, "message_action", user);
	they_put(p, "callback_id", callback);
	they_put(cJSON_AddObjectToObject(p, "channel"), "id", channel);
	they_put(p, "message_ts", ts);
	message = cJSON_AddObjectToObject(p, "message");
	they_put(message, "type", "message");
	they_put(message, "subtype", slash != NULL ? slash + 1 : NULL);
	they_put(message, "user",
		slash != NULL ? arena_printf(s->arena, "%.*s", (int)(slash - author), author)
			      : author);
	they_put(message, "ts", ts);
	they_put(message, "text", stage_text(s, rest));
	they_put_file(s, message, file);
	they_deliver(s, "interactive", p);
}

/* U1 declare title="payments are down" severity=p1 */
void they_submit(struct stage *s, const char *rest)
{
	const char *user = stage_word(s, &rest), *callback = stage_word(s, &rest), *pair;
	cJSON *p, *view, *values;

	if (callback == NULL)
		stage_wrong(s, rest, "USER FORM field=value ...");
	p = interactive(s, "view_submission", user);
	view = cJSON_AddObjectToObject(p, "view");
	they_put(view, "id", they_id(s, "V"));
	they_put(view, "hash", they_id(s, "h"));
	they_put(view, "callback_id", callback);
	add_metadata(
		s, view, "views.open", arena_printf(s->arena, "\"callback_id\":\"%s\"", callback));
	values = cJSON_AddObjectToObject(cJSON_AddObjectToObject(view, "state"), "values");
	while ((pair = stage_word(s, &rest)) != NULL) {
		size_t len = strcspn(pair, "=");

		stage_set(s, values,
			arena_printf(s->arena, "%.*s.element.value%s", (int)len, pair, pair + len));
	}
	they_deliver(s, "interactive", p);
}

/* C1 U1 lead_me 3: the button of that name, on the card of incident 3; nowhere U1 join 3: one in a form */
void they_press(struct stage *s, const char *rest)
{
	const char *channel = stage_word(s, &rest), *user = stage_word(s, &rest);
	const char *action = stage_word(s, &rest), *value = stage_word(s, &rest);
	cJSON *p, *button;

	if (value == NULL)
		stage_wrong(s, rest, "CHANNEL USER BUTTON VALUE");
	p = interactive(s, "block_actions", user);
	if (is_nowhere(channel)) {
		they_put(cJSON_AddObjectToObject(p, "container"), "type", "view");
		add_shown(cJSON_AddObjectToObject(p, "view"));
	} else {
		they_put(cJSON_AddObjectToObject(p, "channel"), "id", channel);
		they_put(p, "response_url",
			arena_printf(s->arena, "https://hooks.slack.com/actions/T1/%d", s->count));
	}
	button = cJSON_CreateObject();
	they_put(button, "type", "button");
	they_put(button, "action_id", action);
	they_put(button, "action_ts", they_id(s, "1."));
	they_put(button, "value", value);
	cJSON_AddItemToArray(cJSON_AddArrayToObject(p, "actions"), button);
	they_deliver(s, "interactive", p);
}
