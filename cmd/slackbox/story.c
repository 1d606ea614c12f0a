#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "people.h"

enum { WORD = 512 };

/* Somebody does something: NAME VERB REST. */
struct deed_line {
	struct story *story;
	const char *user; /* id */
	const char *rest;
};

typedef const char *story_deed(struct deed_line *);

bool story_word(const char **at, char *out, size_t room)
{
	const char *c = *at + strspn(*at, " \t");
	size_t len = 0;
	bool quoted = false;

	if (*c == '\0')
		return false;
	for (; *c != '\0' && (quoted || (*c != ' ' && *c != '\t')); c++) {
		if (*c == '"')
			quoted = !quoted;
		else if (len + 1 < room)
			out[len++] = *c;
	}
	out[len] = '\0';
	*at = c + strspn(c, " \t");
	return true;
}

/* --- furniture --------------------------------------------------------------------------------- */

static const char *story_person(struct story *s, const char *rest)
{
	char name[WORD], real_name[WORD];
	cJSON *what;
	const char *wrong;

	if (!story_word(&rest, name, sizeof name))
		return "person NAME \"Real Name\"";
	what = cJSON_CreateObject();
	tree_set_text(what, "name", name);
	tree_set_text(what, "real_name",
		story_word(&rest, real_name, sizeof real_name) ? real_name : name);
	wrong = world_add_person(s->box->world, what);
	cJSON_Delete(what);
	return wrong;
}

/* Quietly: they were there before the story begins. */
static const char *story_members(struct story *s, struct channel *ch, const char *rest)
{
	char word[WORD];
	const char *id;

	while (story_word(&rest, word, sizeof word)) {
		if (strcmp(word, "members") == 0)
			continue;
		id = world_user_id(s->box->world, word);
		if (id == NULL)
			return "no such person";
		if (!tree_has(ch->members, id))
			cJSON_AddItemToArray(ch->members, cJSON_CreateString(id));
	}
	return NULL;
}

static const char *story_add_channel(struct story *s, const char *rest)
{
	char word[WORD];
	const char *name, *wrong = NULL;
	cJSON *what;

	if (!story_word(&rest, word, sizeof word))
		return "channel #NAME members NAME …";
	name = word[0] == '#' ? word + 1 : word;
	if (channel_find(s->box->world, name) == NULL) {
		what = cJSON_CreateObject();
		tree_set_text(what, "name", name);
		wrong = world_add_channel(s->box->world, what);
		cJSON_Delete(what);
	}
	return wrong != NULL ? wrong : story_members(s, channel_find(s->box->world, name), rest);
}

/* --- deeds ------------------------------------------------------------------------------------- */

/* Reads the channel's word; {"user", "channel"} to be filled further, or NULL. */
static cJSON *deed_begin(struct deed_line *d, struct channel **ch_out)
{
	char word[WORD];
	struct channel *ch;
	cJSON *what;

	if (!story_word(&d->rest, word, sizeof word))
		return NULL;
	ch = story_channel(d->story->box->world, word);
	if (ch == NULL)
		return NULL;
	what = cJSON_CreateObject();
	tree_set_text(what, "user", d->user);
	tree_set_text(what, "channel", channel_id(ch));
	*ch_out = ch;
	return what;
}

static const char *deed_types(struct deed_line *d)
{
	char command[WORD];
	struct channel *ch;
	cJSON *what = deed_begin(d, &ch);
	const char *typed = d->rest, *wrong;

	if (what == NULL)
		return "no such channel";
	if (!story_word(&d->rest, command, sizeof command) || command[0] != '/') {
		cJSON_Delete(what);
		return "a command is wanted, like /incident help";
	}
	transcript_deed(d->story->box->world, ch, d->user, "types: ", typed);
	tree_set_text(what, "command", command);
	tree_set_text(what, "text", d->rest);
	wrong = people_command(d->story->box, what);
	cJSON_Delete(what);
	return wrong;
}

static const char *deed_says(struct deed_line *d)
{
	struct channel *ch;
	cJSON *what = deed_begin(d, &ch);
	const char *wrong;

	if (what == NULL)
		return "no such channel";
	tree_set_text(what, "text", d->rest);
	wrong = world_say(d->story->box->world, what, box_wall_ms(), NULL);
	cJSON_Delete(what);
	return wrong;
}

/* Reads the quoted words and adds the ts of the newest message that has them, as `name`. */
static const char *deed_add_message(
	struct deed_line *d, const struct channel *ch, cJSON *what, const char *name)
{
	char words[WORD];
	const cJSON *message;

	if (!story_word(&d->rest, words, sizeof words))
		return "which message";
	message = story_message(d->story->box->world, ch, words);
	if (message == NULL)
		return "no message says that";
	tree_set_text(what, name, tree_text(message, "ts"));
	return NULL;
}

static const char *deed_reply(struct deed_line *d, bool broadcast)
{
	struct channel *ch;
	cJSON *what = deed_begin(d, &ch);
	const char *wrong =
		what != NULL ? deed_add_message(d, ch, what, "thread_ts") : "no such channel";

	if (wrong == NULL) {
		tree_set_text(what, "text", d->rest);
		tree_set_yes(what, "broadcast", broadcast);
		wrong = world_say(d->story->box->world, what, box_wall_ms(), NULL);
	}
	cJSON_Delete(what);
	return wrong;
}

static const char *deed_replies(struct deed_line *d)
{
	return deed_reply(d, false);
}

static const char *deed_broadcasts(struct deed_line *d)
{
	return deed_reply(d, true);
}

/* verb: of world_act; the rest of the line goes in as `name`. */
static const char *deed_act(
	struct deed_line *d, const char *verb, const char *deed, const char *name)
{
	struct channel *ch;
	cJSON *what = deed_begin(d, &ch);
	const char *said = d->rest;
	const char *wrong = what != NULL ? deed_add_message(d, ch, what, "ts") : "no such channel";

	if (wrong == NULL) {
		transcript_deed(d->story->box->world, ch, d->user, deed, said);
		tree_set_text(what, name, d->rest);
		wrong = world_act(d->story->box->world, verb, what, box_wall_ms());
	}
	cJSON_Delete(what);
	return wrong;
}

static const char *deed_reacts(struct deed_line *d)
{
	return deed_act(d, "react", "reacts to ", "name");
}

static const char *deed_pins(struct deed_line *d)
{
	return deed_act(d, "pin", "pins ", "name");
}

static const char *deed_edits(struct deed_line *d)
{
	return deed_act(d, "edit", "edits ", "text");
}

static const char *deed_deletes(struct deed_line *d)
{
	return deed_act(d, "delete", "deletes ", "text");
}

static const char *deed_joins(struct deed_line *d)
{
	struct channel *ch;
	cJSON *what = deed_begin(d, &ch);
	const char *wrong = what != NULL
		? world_act(d->story->box->world, "join", what, box_wall_ms())
		: "no such channel";

	cJSON_Delete(what);
	return wrong;
}

/* NAME does VERB #CHANNEL [about "words"] name=value …: any verb of world_act. */
static const char *deed_does(struct deed_line *d)
{
	char verb[WORD] = "", word[WORD], *equals;
	const char *wrong = story_word(&d->rest, verb, sizeof verb) ? NULL : "which verb";
	struct channel *ch;
	cJSON *what = wrong == NULL ? deed_begin(d, &ch) : NULL;

	if (what == NULL)
		return wrong != NULL ? wrong : "no such channel";
	transcript_deed(d->story->box->world, ch, d->user, "does: ", verb);
	while (wrong == NULL && story_word(&d->rest, word, sizeof word)) {
		equals = strchr(word, '=');
		if (strcmp(word, "about") == 0) {
			wrong = deed_add_message(d, ch, what, "ts");
		} else if (equals == NULL) {
			wrong = "does wants name=value";
		} else {
			*equals = '\0';
			if (strcmp(equals + 1, "true") == 0)
				tree_set_yes(what, word, true);
			else
				tree_set_text(what, word, equals + 1);
		}
	}
	if (wrong == NULL)
		wrong = world_act(d->story->box->world, verb, what, box_wall_ms());
	cJSON_Delete(what);
	return wrong;
}

static const char *deed_shares(struct deed_line *d)
{
	char name[WORD];
	struct channel *ch;
	cJSON *what = deed_begin(d, &ch), *file;
	const char *wrong = "shares #CHANNEL FILE text";

	if (what == NULL)
		return "no such channel";
	if (story_word(&d->rest, name, sizeof name)) {
		file = cJSON_CreateObject();
		tree_set_text(file, "name", name);
		cJSON_AddItemToArray(cJSON_AddArrayToObject(what, "files"), file);
		tree_set_text(what, "text", d->rest);
		wrong = world_say(d->story->box->world, what, box_wall_ms(), NULL);
	}
	cJSON_Delete(what);
	return wrong;
}

static const char *deed_presses(struct deed_line *d)
{
	char action[WORD], value[WORD];
	struct channel *ch;
	cJSON *what = deed_begin(d, &ch);
	const char *wrong = NULL, *shown = d->rest;

	if (what == NULL)
		return "no such channel";
	if (story_word(&d->rest, action, sizeof action))
		tree_set_text(what, "action_id", action);
	if (story_word(&d->rest, value, sizeof value))
		tree_set_text(what, "value", value);
	transcript_deed(d->story->box->world, ch, d->user, "presses: ", shown);
	wrong = people_press(d->story->box, what);
	cJSON_Delete(what);
	return wrong;
}

static const char *deed_submits(struct deed_line *d)
{
	cJSON *what = cJSON_CreateObject(), *values = cJSON_AddObjectToObject(what, "values");
	const char *shown = d->rest, *wrong = NULL;
	char word[WORD], *equals;

	tree_set_text(what, "user", d->user);
	while (wrong == NULL && story_word(&d->rest, word, sizeof word)) {
		equals = strchr(word, '=');
		if (equals == NULL) {
			wrong = "submits wants block=value";
			continue;
		}
		*equals = '\0';
		tree_set_text(values, word, equals + 1);
	}
	transcript_deed(d->story->box->world, NULL, d->user, "submits: ", shown);
	if (wrong == NULL)
		wrong = people_submit(d->story->box, what);
	cJSON_Delete(what);
	return wrong;
}

static const char *deed_closes(struct deed_line *d)
{
	cJSON *what = cJSON_CreateObject();
	const char *wrong;

	tree_set_text(what, "user", d->user);
	wrong = people_close_view(d->story->box, what);
	cJSON_Delete(what);
	return wrong;
}

struct deed_row {
	const char *verb;
	story_deed *run;
};

/* clang-format off */
static const struct deed_row DEEDS[] = {
	{ "types",      deed_types      },
	{ "says",       deed_says       },
	{ "replies",    deed_replies    },
	{ "broadcasts", deed_broadcasts },
	{ "reacts",     deed_reacts     },
	{ "pins",       deed_pins       },
	{ "edits",      deed_edits      },
	{ "deletes",    deed_deletes    },
	{ "joins",      deed_joins      },
	{ "does",       deed_does       },
	{ "shares",     deed_shares     },
	{ "presses",    deed_presses    },
	{ "submits",    deed_submits    },
	{ "closes",     deed_closes     },
};
/* clang-format on */

static const char *story_deed_line(struct story *s, const char *name, const char *rest)
{
	struct deed_line d = { .story = s, .user = world_user_id(s->box->world, name) };
	char verb[WORD] = "";

	if (d.user == NULL)
		return "neither a person nor a word of scripts";
	(void)story_word(&rest, verb, sizeof verb); /* no word: no such verb */
	d.rest = rest;
	for (size_t i = 0; i < sizeof DEEDS / sizeof DEEDS[0]; i++) {
		if (strcmp(DEEDS[i].verb, verb) == 0)
			return DEEDS[i].run(&d);
	}
	return "people do not do that";
}

static const char *story_show(struct story *s, const char *rest)
{
	char word[WORD] = "";
	const struct channel *ch;

	(void)story_word(&rest, word, sizeof word); /* no word: no such channel */
	ch = story_channel(s->box->world, word);
	if (ch == NULL)
		return "no such channel";
	transcript_show(s->box->world, ch);
	return NULL;
}

const char *story_line(struct story *s, const char *line, bool again, struct story_wait *out)
{
	char first[WORD];

	if (!story_word(&line, first, sizeof first))
		return NULL;
	if (strcmp(first, "wait") == 0 || strcmp(first, "expect") == 0)
		return story_condition(s, line, first[0] == 'e', out);
	if (strcmp(first, "pause") == 0)
		return story_pause(s, line, out);
	out->done = true;
	if (again)
		return NULL;
	if (strcmp(first, "person") == 0)
		return story_person(s, line);
	if (strcmp(first, "channel") == 0)
		return story_add_channel(s, line);
	if (strcmp(first, "show") == 0)
		return story_show(s, line);
	if (strcmp(first, "title") == 0) {
		(void)printf("\n== %s\n", line);
		return NULL;
	}
	return story_deed_line(s, first, line);
}
