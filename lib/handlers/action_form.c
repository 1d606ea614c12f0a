#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "action.h"
#include "asker.h"
#include "call_action.h"
#include "forms.h"
#include "record.h"
#include "store_action.h"
#include "store_entry.h"
#include "text.h"
#include "timeline_form.h"

/* The forms of actions: for a new one, to change one, and to make one of a message. */

static const int64_t SECOND_US = 1000000;

static bool open_form(struct turn *t, const struct command *c, const struct action_form *f,
	const char *otherwise, struct fail *why)
{
	if (c->trigger == NULL)
		return fail_set(why, FAIL_REFUSED, "A form cannot be opened here.");
	turn_open(t, call_action_form(t->arena, c->trigger, f),
		&(struct asker){ .user = c->user,
			.channel = c->channel,
			.respond = c->respond,
			.text = otherwise });
	return true;
}

bool action_ask_new(
	struct turn *t, const struct command *c, const struct incident *i, struct fail *why)
{
	const struct action_form f = {
		.callback = ACTION_NEW,
		.metadata = arena_printf(t->arena, "%" PRId64, i->id),
		.title = "New action",
		.submit = "Log it",
	};

	return open_form(t, c, &f, "action TEXT @name due WHEN", why);
}

bool action_ask_change(struct turn *t, const struct command *c, const struct incident *i,
	const struct action *one, enum deed deed, struct fail *why)
{
	struct action_form f = {
		.callback = ACTION_EDIT,
		.metadata = arena_printf(
			t->arena, "%" PRId64 " %" PRId64 " %" PRId64, i->id, one->id, one->version),
		.title = arena_printf(t->arena, "Action %" PRId64, one->id),
		.submit = "Save",
		.assignee = one->assignee.id,
		.only_assignee = deed == DEED_ASSIGN,
	};

	if (one->dropped)
		return fail_set(why, FAIL_REFUSED,
			"Action %" PRId64 " is dropped: `%.45s action reopen %" PRId64
			"` takes it up again.",
			one->id, t->slash, one->id);
	if (deed == DEED_ASSIGN) {
		f.callback = ACTION_ASSIGN;
		return open_form(t, c, &f,
			arena_printf(t->arena, "action assign %" PRId64 " @name", one->id), why);
	}
	f.text = form_text(t, one->text);
	f.due_s = one->due_at / SECOND_US;
	return open_form(
		t, c, &f, arena_printf(t->arena, "action edit %" PRId64 ": TEXT", one->id), why);
}

/* --- what was sent ------------------------------------------------------------------------------------ */

static const struct field *field(const struct submit *s, const char *block)
{
	for (int n = 0; n < s->count; n++)
		if (strcmp(s->fields[n].block, block) == 0)
			return &s->fields[n];
	return NULL;
}

static bool refuse(struct turn *t, const struct submit *s, const char *block, const char *text)
{
	t->reply = field(s, block) != NULL ? reply_form_error(t->arena, block, text)
					   : reply_submit_error(t->arena, s, text);
	return true;
}

/* What fails to be a refusal is one. */
static bool or_fail(struct turn *t, const struct submit *s, const char *block,
	const struct fail *no, struct fail *why)
{
	if (no->kind == FAIL_REFUSED)
		return refuse(t, s, block, no->text);
	*why = *no;
	return false;
}

static bool says_something(const char *text)
{
	return text != NULL && text[strspn(text, " \t\r\n")] != '\0';
}

/* The text as it is now, if what the form showed of it was left as it was; else in the words of who sent it. */
static bool fill_text(struct turn *t, const struct submit *s, struct action *one)
{
	const struct field *f = field(s, ACTION_TEXT);

	if (f == NULL)
		return true;
	if (!says_something(f->value))
		return !refuse(t, s, ACTION_TEXT, "Say what is to be done.");
	if (one->text != NULL && strcmp(f->value, form_text(t, one->text)) == 0)
		return true;
	one->text = slack_escaped(t, f->value);
	one->text_by = s->user;
	return true;
}

/* Only a date that is another one must be to come. */
static bool fill_due(
	struct turn *t, const struct submit *s, struct action *one, bool *ok, struct fail *why)
{
	const int64_t minute_s = 60;
	const struct field *f = field(s, ACTION_DUE);
	int64_t due_s = f != NULL && f->value != NULL ? strtoll(f->value, NULL, 10) : 0;
	const char *shown, *now;

	*ok = true;
	if (f == NULL || due_s / minute_s == one->due_at / SECOND_US / minute_s)
		return true;
	if (due_s != 0 && due_s * SECOND_US <= t->now_us) {
		*ok = false;
		return turn_show_due(t, due_s * SECOND_US, &shown, why) &&
			turn_show_due(t, t->now_us, &now, why) &&
			refuse(t, s, ACTION_DUE,
				arena_printf(t->arena, "%s is over: now it is %s.", shown, now));
	}
	one->due_at = due_s * SECOND_US;
	return true;
}

static bool fill_assignee(
	struct turn *t, const struct submit *s, struct action *one, bool *ok, struct fail *why)
{
	const struct field *f = field(s, ACTION_ASSIGNEE);
	const char *who = f != NULL && says_something(f->value) ? f->value : NULL;
	struct fail no = { 0 };

	*ok = true;
	if (f == NULL)
		return true;
	if (who != NULL && (one->assignee.id == NULL || strcmp(who, one->assignee.id) != 0) &&
		!turn_may_act(t, who, &no)) {
		*ok = false;
		return or_fail(t, s, ACTION_ASSIGNEE, &no, why);
	}
	one->assignee.id = who;
	return true;
}

/* *ok false: what is wrong is said at its field. */
static bool fill(
	struct turn *t, const struct submit *s, struct action *one, bool *ok, struct fail *why)
{
	*ok = fill_text(t, s, one);
	return !*ok ||
		(fill_assignee(t, s, one, ok, why) && (!*ok || fill_due(t, s, one, ok, why)));
}

static bool add(struct turn *t, const struct submit *s, const struct incident *i, struct fail *why)
{
	struct action new = { .author.id = s->user };
	bool ok;

	return fill(t, s, &new, &ok, why) && (!ok || action_log(t, i, &new, s->user, why));
}

static bool is_same(const struct action *a, const struct action *b)
{
	return strcmp(a->text, b->text) == 0 && a->due_at == b->due_at &&
		(a->assignee.id == NULL || b->assignee.id == NULL
				? a->assignee.id == b->assignee.id
				: strcmp(a->assignee.id, b->assignee.id) == 0);
}

/* "1 3 7": the incident, the action, and its version when the form was opened */
static bool change(struct turn *t, const struct submit *s, const struct incident *i,
	const char *which, struct fail *why)
{
	char *version;
	int64_t id = strtoll(which, &version, 10);
	struct action was, now;
	struct fail no;
	const char *tail;
	bool ok;

	if (!action_find(t, i, id, &was, &no))
		return or_fail(t, s, ACTION_TEXT, &no, why);
	if (was.dropped)
		return refuse(t, s, ACTION_TEXT, "This action was dropped meanwhile.");
	if (was.version != strtoll(version, NULL, 10))
		return action_tail(t, &was, &tail, why) &&
			refuse(t, s, ACTION_TEXT,
				arena_printf(t->arena,
					"Somebody changed it meanwhile: now it is %s\u201c%s\u201d%s. Copy what "
					"you wrote, close this, and open it again.",
					was.done ? "done, " : "", turn_cut(t, was.text, 500),
					plain_text(t, tail)));
	now = was;
	if (!fill(t, s, &now, &ok, why))
		return false;
	return !ok || is_same(&was, &now) || action_save(t, i, s->user, &was, &now, why);
}

/* --- of a message ------------------------------------------------------------------------------------- */

/* The incident in whose channel it was said; 0: it was said elsewhere. */
bool action_ask_of_message(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct shortcut *s = &ev->as.shortcut;
	const struct command c = {
		.user = s->user, .channel = s->channel, .trigger = s->trigger, .respond = s->respond
	};
	struct action_form f = {
		.callback = ACTION_MESSAGE,
		.metadata = ev->key,
		.title = "New action",
		.submit = "Log it",
		.text = form_text(t, s->message.text != NULL ? s->message.text : ""),
	};
	int64_t here;

	if (!store_incident_of_channel(t->store, s->channel, &here, why) ||
		(here == 0 && !timeline_offer(t, s, &f.incidents, &f.incident_count, why)))
		return false;
	return open_form(t, &c, &f, "action TEXT @name due WHEN", why);
}

static bool is_ours(struct turn *t, const struct message *m, bool *ours, struct fail *why)
{
	const char *self = NULL, *bot = NULL;

	if (!store_workspace_us(t->store, t->arena, &self, &bot, why))
		return false;
	*ours = (self != NULL && m->user != NULL && strcmp(self, m->user) == 0) ||
		(bot != NULL && m->bot != NULL && strcmp(bot, m->bot) == 0);
	return true;
}

/* The message has its place on the record; what we said ourselves has none. */
static bool find_source(struct turn *t, const struct submit *s, const struct incident *i,
	const struct event *was, struct said_row *row, struct fail *why)
{
	const struct shortcut *chosen = &was->as.shortcut;
	bool ours, added;

	*row = (struct said_row){ 0 };
	if (!is_ours(t, &chosen->message, &ours, why))
		return false;
	return ours ||
		(timeline_put(t, i, was, s, &added, why) &&
			store_said_get(t->store, t->arena, i->id, chosen->channel,
				chosen->message.ts, row, why));
}

static bool is_made_already(struct turn *t, const struct submit *s, const struct incident *i,
	int64_t source, bool *made, struct fail *why)
{
	const struct action *list;
	int count;

	*made = false;
	if (source == 0)
		return true;
	if (!store_actions(t->store, t->arena, i->id, &list, &count, why))
		return false;
	for (int n = 0; n < count && !*made; n++)
		if (list[n].source == source) {
			*made = true;
			(void)refuse(t, s, ACTION_TEXT, /* is true */
				arena_printf(t->arena,
					"Action %" PRId64 " was made of this message already.",
					list[n].id));
		}
	return true;
}

static bool log_message(struct turn *t, const struct submit *s, const struct incident *i,
	const struct event *was, struct fail *why)
{
	const struct message *m = &was->as.shortcut.message;
	struct action new = { .text = m->text, .author.id = s->user };
	struct said_row row;
	bool ok, made;

	if (!fill(t, s, &new, &ok, why))
		return false;
	if (!ok)
		return true;
	if (!store_said_get(t->store, t->arena, i->id, was->as.shortcut.channel, m->ts, &row, why))
		return false;
	if (!is_made_already(t, s, i, row.entry, &made, why) || made)
		return made;
	if (row.said.closed)
		return refuse(t, s, ACTION_TEXT, "This message was redacted.");
	if (!find_source(t, s, i, was, &row, why))
		return false;
	new.source = row.entry;
	return action_log(
		t, i, &new, new.text_by == NULL && m->user != NULL ? m->user : s->user, why);
}

static bool of_message(
	struct turn *t, const struct submit *s, const struct event *was, struct fail *why)
{
	struct incident i;
	int64_t id;
	bool found, may = true;

	if (!store_incident_of_channel(t->store, was->as.shortcut.channel, &id, why) ||
		!store_incident_get(
			t->store, t->arena, id != 0 ? id : timeline_chosen(s), &i, &found, why))
		return false;
	if (!found || i.channel == NULL)
		return refuse(t, s, ACTION_INCIDENT,
			"This incident cannot have actions: choose another.");
	if (id == 0 &&
		!form_reaches(t, s, &i, was->as.shortcut.channel, ACTION_INCIDENT, &may, why))
		return false;
	return !may || log_message(t, s, &i, was, why);
}

bool action_submitted(struct turn *t, const struct submit *s, struct fail *why)
{
	char *which;
	int64_t id;
	struct incident i;
	bool found;

	if (strcmp(s->callback, ACTION_MESSAGE) == 0)
		return form_of_message(t, s, of_message, why);
	if (s->metadata == NULL)
		return true;
	id = strtoll(s->metadata, &which, 10);
	if (!store_incident_get(t->store, t->arena, id, &i, &found, why))
		return false;
	if (!found)
		return refuse(t, s, ACTION_TEXT, "This incident is not there any more.");
	if (strcmp(s->callback, ACTION_NEW) == 0)
		return add(t, s, &i, why);
	return change(t, s, &i, which, why);
}
