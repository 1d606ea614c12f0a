#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "box.h"
#include "clock.h"
#include "delivery.h"
#include "fault.h"
#include "link.h"
#include "people.h"

/* POST /_box/VERB: what a test may do and see. Every verb answers {"ok":true,…} or {"ok":false,"error"}. */

typedef const char *control_verb(struct box *, const cJSON *what, cJSON *out);

static const char *control_say(struct box *box, const cJSON *what, cJSON *out)
{
	char ts[32];
	const char *wrong = world_say(box->world, what, box_wall_ms(), ts);

	if (wrong == NULL)
		tree_set_text(out, "ts", ts);
	return wrong;
}

static const char *control_command(struct box *box, const cJSON *what, cJSON *out)
{
	(void)out;
	return people_command(box, what);
}

static const char *control_press(struct box *box, const cJSON *what, cJSON *out)
{
	(void)out;
	return people_press(box, what);
}

static const char *control_submit(struct box *box, const cJSON *what, cJSON *out)
{
	(void)out;
	return people_submit(box, what);
}

static const char *control_close_view(struct box *box, const cJSON *what, cJSON *out)
{
	(void)out;
	return people_close_view(box, what);
}

static const char *control_shortcut(struct box *box, const cJSON *what, cJSON *out)
{
	(void)out;
	return people_shortcut(box, what);
}

static const char *control_act(struct box *box, const cJSON *what, cJSON *out)
{
	const char *verb = tree_text(what, "verb");

	(void)out;
	return verb != NULL ? world_act(box->world, verb, what, box_wall_ms()) : "no_verb";
}

static const char *control_person(struct box *box, const cJSON *what, cJSON *out)
{
	(void)out;
	return world_add_person(box->world, what);
}

static const char *control_channel(struct box *box, const cJSON *what, cJSON *out)
{
	const char *wrong = world_add_channel(box->world, what);

	if (wrong == NULL)
		tree_set_text(out, "id", world_channel_id(box->world, tree_text(what, "name")));
	return wrong;
}

static const char *control_usergroup(struct box *box, const cJSON *what, cJSON *out)
{
	(void)out;
	return world_add_usergroup(box->world, what);
}

static const char *control_emoji(struct box *box, const cJSON *what, cJSON *out)
{
	(void)out;
	return world_add_emoji(box->world, what);
}

/* {"channel"}: one channel with all its messages, and what became of them. */
static const char *control_truth(struct box *box, const cJSON *what, cJSON *out)
{
	cJSON *truth = world_truth(box->world, tree_text(what, "channel"));

	if (truth == NULL)
		return "channel_not_found";
	tree_set(out, "channel", truth);
	return NULL;
}

static const char *control_event(struct box *box, const cJSON *what, cJSON *out)
{
	(void)out;
	delivery_event(box, cJSON_Duplicate(what, true));
	return NULL;
}

/* {"text": "as it is"} or {"frame": {…}}. */
static const char *control_envelope(struct box *box, const cJSON *what, cJSON *out)
{
	const cJSON *frame = cJSON_GetObjectItemCaseSensitive(what, "frame");
	const char *text = tree_text(what, "text");
	char *printed = frame != NULL ? cJSON_PrintUnformatted(frame) : NULL;

	(void)out;
	text = printed != NULL ? printed : text;
	if (text == NULL)
		return "no_text";
	delivery_raw(box, text, strlen(text));
	cJSON_free(printed);
	return NULL;
}

static const char *control_idle(struct box *box, const cJSON *what, cJSON *out)
{
	(void)what;
	tree_set_yes(out, "idle",
		delivery_pending(box->delivery) == 0 && box->load.left == 0 &&
			box->late->child == NULL);
	tree_set_int(out, "pending", delivery_pending(box->delivery));
	return NULL;
}

static cJSON *load_dump(const struct load *l)
{
	cJSON *o = cJSON_CreateObject();
	int64_t until = l->ended_ms != 0 ? l->ended_ms : clock_ms();

	tree_set_int(o, "left", l->left);
	tree_set_int(o, "done", l->done);
	tree_set_int(o, "ms", l->began_ms != 0 ? until - l->began_ms : 0);
	tree_set_yes(o, "running", l->began_ms != 0 && l->ended_ms == 0);
	return o;
}

static const char *control_dump(struct box *box, const cJSON *what, cJSON *out)
{
	cJSON *world = world_dump(box->world), *item;

	(void)what;
	while ((item = world->child) != NULL) {
		char *name = strdup(item->string);

		tree_set(out, name, cJSON_DetachItemViaPointer(world, item));
		free(name);
	}
	cJSON_Delete(world);
	tree_set(out, "connections", link_dump(box->link));
	tree_set(out, "delivery", delivery_dump(box->delivery));
	tree_set(out, "load", load_dump(&box->load));
	return NULL;
}

/* The same without the workspace: for questions asked often. */
static const char *control_status(struct box *box, const cJSON *what, cJSON *out)
{
	(void)what;
	tree_set(out, "connections", link_dump(box->link));
	tree_set(out, "delivery", delivery_dump(box->delivery));
	tree_set(out, "load", load_dump(&box->load));
	return NULL;
}

/* {"since": 0}: the envelopes that were over since then, acked or late, and the next "since". */
static const char *control_journal(struct box *box, const cJSON *what, cJSON *out)
{
	long next;

	tree_set(out, "over",
		delivery_journal(box->delivery, (long)tree_number(what, "since", 0), &next));
	tree_set_int(out, "next", next);
	return NULL;
}

static const char *control_load(struct box *box, const cJSON *what, cJSON *out)
{
	const char *channel = world_channel_id(box->world, tree_text(what, "channel"));
	const cJSON *users = cJSON_GetObjectItemCaseSensitive(what, "users");

	(void)out;
	if (channel == NULL || cJSON_GetArraySize(users) == 0)
		return channel == NULL ? "channel_not_found" : "no_users";
	cJSON_Delete(box->load.users);
	box->load = (struct load){ .users = cJSON_Duplicate(users, true),
		.left = (long)tree_number(what, "count", 1000),
		.window = (long)tree_number(what, "window", 64),
		.began_ms = clock_ms() };
	if (snprintf(box->load.channel, sizeof box->load.channel, "%s", channel) < 0)
		abort();
	load_pump(box);
	return NULL;
}

static const char *control_limits(struct box *box, const cJSON *what, cJSON *out)
{
	struct limits limits = { .scale = tree_number(what, "scale", 1),
		.minute_ms = (int64_t)tree_number(what, "minute_ms", 60000),
		.outsider = tree_yes(what, "outsider") };

	(void)out;
	if (limits.minute_ms < 1)
		return "invalid_minute_ms";
	world_limits(box->world, &limits);
	return NULL;
}

static const char *control_scopes(struct box *box, const cJSON *what, cJSON *out)
{
	(void)out;
	world_scopes(box->world, tree_text(what, "scopes"));
	return NULL;
}

static const char *control_fault(struct box *box, const cJSON *what, cJSON *out)
{
	(void)out;
	return fault_request(box, what);
}

struct control_row {
	const char *name;
	control_verb *run;
};

/* clang-format off */
static const struct control_row VERBS[] = {
	{ "say",        control_say        },
	{ "command",    control_command    },
	{ "press",      control_press      },
	{ "submit",     control_submit     },
	{ "close_view", control_close_view },
	{ "shortcut",   control_shortcut   },
	{ "act",        control_act        },
	{ "person",     control_person     },
	{ "channel",    control_channel    },
	{ "usergroup",  control_usergroup  },
	{ "emoji",      control_emoji      },
	{ "truth",      control_truth      },
	{ "event",      control_event      },
	{ "envelope",   control_envelope   },
	{ "fault",      control_fault      },
	{ "limits",     control_limits     },
	{ "scopes",     control_scopes     },
	{ "load",       control_load       },
	{ "idle",       control_idle       },
	{ "status",     control_status     },
	{ "journal",    control_journal    },
	{ "dump",       control_dump       },
};
/* clang-format on */

static const char *control_run(struct box *box, const char *name, const cJSON *what, cJSON *out)
{
	for (size_t i = 0; i < sizeof VERBS / sizeof VERBS[0]; i++) {
		if (strcmp(VERBS[i].name, name) == 0)
			return VERBS[i].run(box, what, out);
	}
	return "unknown_verb";
}

void control_request(struct box *box, struct request *r)
{
	const char *body = request_body(r);
	cJSON *what = body[0] != '\0' ? cJSON_Parse(body) : cJSON_CreateObject();
	cJSON *out = cJSON_CreateObject();
	const char *wrong = "invalid_json";
	char *text;

	cJSON_AddTrueToObject(out, "ok");
	if (cJSON_IsObject(what))
		wrong = control_run(box, request_path(r) + strlen("/_box/"), what, out);
	if (wrong != NULL) {
		tree_set_yes(out, "ok", false);
		tree_set_text(out, "error", wrong);
	}
	text = cJSON_PrintUnformatted(out);
	request_answer(r, wrong == NULL ? 200 : 400, "application/json", text);
	cJSON_free(text);
	cJSON_Delete(out);
	cJSON_Delete(what);
}
