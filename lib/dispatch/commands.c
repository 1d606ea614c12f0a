#include "commands.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "argument.h"
#include "buf.h"
#include "target.h"
#include "typed.h"

/* Up to the next blank. */
static size_t word_len(const char *text)
{
	size_t len = 0;

	while (text[len] != '\0' && typed_blanks(text + len) == 0)
		len++;
	return len;
}

/* Without the blanks at its end. */
static size_t trimmed_len(const char *text)
{
	size_t len = 0, at = 0;

	while (text[at] != '\0') {
		len = at + word_len(text + at);
		at = len + typed_blanks(text + len);
	}
	return len;
}

static void put_help(struct buf *b, const struct verb *v, const char *slash)
{
	buf_printf(b, "\n- `%s %s` %s", slash, v->usage, v->help);
	if (v->aliases != NULL)
		buf_printf(b, " (also: %s)", v->aliases);
}

static bool no_such_verb(struct turn *t, const char *word, struct fail *why)
{
	const struct verb *near = verb_nearest(word);

	return turn_refuse(t,
		arena_printf(t->arena,
			"There is no verb \u201c%s\u201d%s%s%s. `%s help` lists them.", word,
			near != NULL ? "; did you mean `" : "", near != NULL ? near->name : "",
			near != NULL ? "`?" : "", t->house->slash),
		why);
}

static bool help(struct turn *t, const struct command *c, struct fail *why)
{
	const struct verb *one = verb_find(c->rest);
	struct buf b = { 0 };

	if (*c->rest != '\0' && one == NULL)
		return no_such_verb(t, c->rest, why);
	buf_add(&b, "What you can do here:");
	for (size_t i = 0; i < VERB_COUNT; i++)
		if (one == NULL || one == &VERBS[i])
			put_help(&b, &VERBS[i], t->house->slash);
	if (one == NULL)
		buf_printf(&b,
			"\nOther words are the title of a new incident: `%s the lift is stuck` opens a "
			"form that has it. Behind `declare` and its other names a title declares at "
			"once.\nWith the number of an incident in front you reach it from anywhere: `%s #1 "
			"resolve a new fuse`.",
			t->house->slash, t->house->slash);
	buf_add(&b, "\nA message that begins with my name does the same, also in threads.");
	turn_tell(t, c, arena_copy(t->arena, b.text));
	buf_done(&b);
	return true;
}

/* What else may have been meant: all of it as the title of an incident. "" where there is nothing to be one. */
static const char *or_declare(struct turn *t, const struct command *c)
{
	if (argument_words(c->typed) < 2)
		return "";
	return arena_printf(t->arena, "\nTo declare an incident with this title:%s",
		turn_sendable(t, c, arena_printf(t->arena, "declare %s", c->typed)));
}

static bool not_here(struct turn *t, const struct command *c, const struct verb *v,
	const struct target *to, struct fail *why)
{
	/* Not there at all, or out of reach: then it is known what it is. */
	const struct incident none = { .id = to->number };
	const char *open, *wrong;

	if (!incidents_as_text(t, c->user, c->channel, &open, why))
		return false;
	wrong = to->number != 0
		? turn_out_of_reach(t, to->incident.id == to->number ? &to->incident : &none)
		: arena_printf(t->arena,
			  "`%s` works in an incident's channel, and elsewhere with the incident's number: `%s #1 %s`.",
			  v->name, t->house->slash, v->usage);
	return turn_refuse(
		t, arena_printf(t->arena, "%s %s%s", wrong, open, or_declare(t, c)), why);
}

/*
 * No verb, or none that these words can follow: all that was typed is the title of a new incident, and a form asks
 * whether it is. In an incident's channel, and where no form can be opened, nothing is done, and that is said.
 */
static bool as_title(struct turn *t, const struct command *c, const char *reason, struct fail *why)
{
	int64_t here;

	if (!store_incident_of_channel(t->store, c->channel, &here, why))
		return false;
	if (c->trigger == NULL || here != 0)
		return turn_refuse(
			t, arena_printf(t->arena, "%s%s", reason, or_declare(t, c)), why);
	if (!declare_form(t, c, plain_text(t, c->typed), why))
		return false;
	if (t->reply == NULL)
		turn_tell(t, c,
			arena_printf(t->arena,
				"%s\nI took all of it as the title of a new incident: send the form, "
				"or close it.",
				reason));
	return true;
}

static bool not_its_argument(
	struct turn *t, const struct command *c, const struct verb *v, struct fail *why)
{
	return as_title(t, c,
		arena_printf(t->arena, "`%s` takes %s: `%s %s`.", v->name, argument_wanted(v),
			t->slash, v->usage),
		why);
}

/* Here the verb itself says best what is wrong with these words. */
static bool refuse_by_verb(struct turn *t, const struct verb *v, const struct command *c,
	struct incident *i, struct fail *why)
{
	bool ok = v->act(t, c, i, why);

	if (ok || why->kind != FAIL_REFUSED)
		return ok;
	return turn_refuse(t,
		arena_printf(t->arena, "%s%s", t->refusal != NULL ? t->refusal : why->text,
			or_declare(t, c)),
		why);
}

static const char *who_is_told(struct turn *t, const struct incident *i)
{
	if (i->channel == NULL)
		return "It has no channel: this is on its record.";
	if (i->channel_closed != NULL)
		return arena_printf(t->arena,
			"Its channel <#%s> is %s: nobody is told there, and it is on its record.",
			i->channel, i->channel_closed);
	return arena_printf(t->arena, "<#%s> is told.", i->channel);
}

/* Who changed it from elsewhere does not see that its channel is told. */
static bool act(struct turn *t, const struct verb *v, const struct command *c, struct target *to,
	struct fail *why)
{
	int before = store_changes(t->store);
	const struct incident *i = &to->incident;

	if (!v->act(t, c, &to->incident, why))
		return false;
	if (!to->elsewhere || store_changes(t->store) == before || t->reply != NULL)
		return true;
	turn_tell(t, c,
		arena_printf(t->arena, "Done: %s, for incident %" PRId64 ", %s. %s", v->name, i->id,
			i->title, who_is_told(t, i)));
	return true;
}

static bool takes_nothing(struct turn *t, const struct verb *v, struct fail *why)
{
	return fail_set(why, FAIL_REFUSED, "`%s` takes nothing behind it: `%.45s %s`.", v->name,
		t->slash, v->name);
}

static bool run_on_incident(
	struct turn *t, const struct verb *v, struct command *c, struct fail *why)
{
	struct target to;
	bool fits;

	if (!target_find(t, c, &to, why) || !argument_fits(t, v, c->rest, &fits, why))
		return false;
	if (to.found && !fits && v->takes != TAKES_NOTHING && !to.number_may_be_a_word)
		return refuse_by_verb(t, v, c, &to.incident, why);
	if (!fits)
		return not_its_argument(t, c, v, why);
	if (!to.found)
		return not_here(t, c, v, &to, why);
	if (v->takes == TAKES_NOTHING && *c->rest != '\0')
		return takes_nothing(t, v, why);
	return act(t, v, c, &to, why);
}

static bool run_verb(struct turn *t, const struct verb *v, struct command *c, struct fail *why)
{
	bool fits;

	if (v->needs_incident)
		return run_on_incident(t, v, c, why);
	if (!argument_fits(t, v, c->rest, &fits, why))
		return false;
	if (!fits)
		return not_its_argument(t, c, v, why);
	if (v->takes == TAKES_NOTHING && *c->rest != '\0')
		return takes_nothing(t, v, why);
	return v->act != NULL ? v->act(t, c, NULL, why) : help(t, c, why);
}

/* Nothing was said: how the incident stands, or the form to declare one. */
static bool say_nothing(struct turn *t, struct command *c, struct fail *why)
{
	static const struct verb CARD = { .name = "report", .usage = "" };
	struct target to;

	if (!target_find(t, c, &to, why))
		return false;
	if (to.found)
		return verb_card(t, c, &to.incident, why);
	return c->named != 0 ? not_here(t, c, &CARD, &to, why) : verb_declare(t, c, NULL, why);
}

/* The first word, and what follows it. */
static const char *split(struct turn *t, const char *text, const char **rest)
{
	size_t len = word_len(text);

	*rest = text + len + typed_blanks(text + len);
	return arena_printf(t->arena, "%.*s", (int)len, text);
}

/* No verb: what was typed is taken as the title of a new incident, also where others go on. */
static bool free_text(struct turn *t, const struct command *c, const char *word, struct fail *why)
{
	const char *behind, *rest;

	if (c->trigger != NULL)
		return declare_form(t, c, plain_text(t, c->typed), why);
	if (*word == '#' && target_number(c->typed, &behind) != 0)
		word = split(t, behind, &rest);
	return as_title(t, c,
		arena_printf(t->arena,
			"I do not know the verb \u201c%s\u201d: `%s help` lists them.", word,
			t->house->slash),
		why);
}

/* Words that will be verbs: by themselves, or with a person behind them, they are no titles. */
static bool is_not_yet(const struct command *c, const char *word)
{
	static const char *const WORDS[] = { "web", "login" };

	for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++)
		if (strcasecmp(WORDS[i], word) == 0)
			return argument_words(c->rest) < 2 || strstr(c->rest, "<@") != NULL;
	return false;
}

/* With a number in front it is surely no title. */
static bool suggest(struct turn *t, const struct command *c, const char *word, const struct verb *v,
	struct fail *why)
{
	const char *number = c->named != 0 ? arena_printf(t->arena, "#%" PRId64 " ", c->named) : "";
	const char *meant = arena_printf(
		t->arena, "%s%s%s%s", number, v->name, *c->rest != '\0' ? " " : "", c->rest);
	const char *reason = arena_printf(t->arena,
		"I do not know the verb \u201c%s\u201d. Did you mean this?%s", word,
		turn_sendable(t, c, meant));

	if (c->named != 0)
		return turn_refuse(
			t, arena_printf(t->arena, "%s%s", reason, or_declare(t, c)), why);
	return *c->rest != '\0' ? as_title(t, c, reason, why) : turn_refuse(t, reason, why);
}

/* Or what was probably meant to be one. */
static bool is_about_incident(const char *word)
{
	const struct verb *v = verb_find(word);

	if (v == NULL)
		v = verb_nearest(word);
	return v != NULL && v->needs_incident;
}

/* "#12 resolve it": only a verb that has to do with an incident makes a number of its first word. */
static const char *read_named(struct turn *t, struct command *c, const char *word)
{
	const char *verb, *behind, *rest;
	int64_t number = *word == '#' ? target_number(c->typed, &behind) : 0;

	if (number == 0)
		return word;
	verb = split(t, behind, &rest);
	if (*verb != '\0' && !is_about_incident(verb))
		return word;
	c->named = number;
	c->rest = rest;
	return verb;
}

const char *command_read(struct turn *t, struct command *c, const char *text)
{
	text += typed_blanks(text);
	c->typed = arena_printf(t->arena, "%.*s", (int)trimmed_len(text), text);
	return split(t, c->typed, &c->rest);
}

bool command_run(struct turn *t, struct command *c, const char *text, struct fail *why)
{
	const char *word = read_named(t, c, command_read(t, c, text));
	const struct verb *v;

	if (*word == '\0')
		return say_nothing(t, c, why);
	v = verb_find(word);
	if (v != NULL)
		return run_verb(t, v, c, why);
	if (is_not_yet(c, word))
		return fail_set(why, FAIL_REFUSED,
			"`%.20s` is not there yet. `%.30s help` lists what is.", word,
			t->house->slash);
	v = verb_nearest(word);
	return v != NULL ? suggest(t, c, word, v, why) : free_text(t, c, word, why);
}
