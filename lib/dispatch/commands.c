#include "commands.h"

#include <string.h>
#include <strings.h>

#include "buf.h"
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

static bool help(struct turn *t, const struct command *c)
{
	const struct verb *one = *c->rest != '\0' ? verb_find(c->rest) : NULL;
	struct buf b = { 0 };

	buf_add(&b, "What you can do here:");
	for (size_t i = 0; i < VERB_COUNT; i++)
		if (one == NULL || one == &VERBS[i])
			put_help(&b, &VERBS[i], t->house->slash);
	buf_add(&b, "\nThe same words work when you mention me, also in threads.");
	turn_tell(t, c, arena_copy(t->arena, b.text));
	buf_done(&b);
	return true;
}

static bool not_here(
	struct turn *t, const struct command *c, const struct verb *v, struct fail *why)
{
	const char *open;

	if (!incidents_as_text(t, &open, why))
		return false;
	turn_tell(t, c,
		arena_printf(
			t->arena, "`%s` works in an incident's channel only. %s", v->name, open));
	return true;
}

static bool run_verb(
	struct turn *t, const struct verb *v, const struct command *c, struct fail *why)
{
	struct incident i;
	bool found;

	if (v->act == NULL)
		return help(t, c);
	if (!v->needs_incident)
		return v->act(t, c, NULL, why);
	if (!store_incident_in_channel(t->store, t->arena, c->channel, &i, &found, why))
		return false;
	return found ? v->act(t, c, &i, why) : not_here(t, c, v, why);
}

/* Nothing was said: how the incident of this channel stands, or the form to declare one. */
static bool say_nothing(struct turn *t, const struct command *c, struct fail *why)
{
	struct incident i;
	bool found;

	if (!store_incident_in_channel(t->store, t->arena, c->channel, &i, &found, why))
		return false;
	return found ? verb_card(t, c, &i, why) : verb_declare(t, c, NULL, why);
}

/* No verb: what was typed is taken as the title of a new incident, and nothing of it is lost. */
static bool free_text(struct turn *t, const struct command *c, const char *text, struct fail *why)
{
	if (c->trigger == NULL)
		return fail_set(why, FAIL_REFUSED,
			"I do not know that word. Say `help` to see what I can do.");
	return declare_form(t, c, plain_text(t, text), why);
}

/* Words that will be verbs: until then they are no titles. */
static bool is_not_yet(const char *word)
{
	static const char *const WORDS[] = { "role", "web", "login" };

	for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++)
		if (strcasecmp(WORDS[i], word) == 0)
			return true;
	return false;
}

/* The whole of what was typed is in the answer, to be sent again. */
static bool suggest(struct turn *t, const struct command *c, const char *word, const struct verb *v)
{
	turn_tell(t, c,
		arena_printf(t->arena,
			"I do not know `%s`. Did you mean `%s %s %s`? To declare an incident with this "
			"title, use `%s declare %s %s`.",
			word, t->house->slash, v->name, c->rest, t->house->slash, word, c->rest));
	return true;
}

bool command_run(struct turn *t, struct command *c, const char *text, struct fail *why)
{
	const char *word, *begin = text + typed_blanks(text);
	size_t len = word_len(begin);
	const struct verb *v;

	begin = c->typed = arena_printf(t->arena, "%.*s", (int)trimmed_len(begin), begin);
	c->rest = "";
	if (len == 0)
		return say_nothing(t, c, why);
	word = arena_printf(t->arena, "%.*s", (int)len, begin);
	c->rest = begin + len + typed_blanks(begin + len);
	v = verb_find(word);
	if (v != NULL)
		return run_verb(t, v, c, why);
	if (is_not_yet(word))
		return fail_set(why, FAIL_REFUSED,
			"`%.20s` is not there yet. `%.30s help` lists what is.", word,
			t->house->slash);
	v = verb_nearest(word);
	if (v == NULL)
		return free_text(t, c, begin, why);
	return suggest(t, c, word, v);
}
