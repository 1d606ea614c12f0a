#include <inttypes.h>
#include <string.h>

#include "asker.h"
#include "buf.h"
#include "forms.h"
#include "status_form.h"
#include "typed.h"

enum { WORD_SHOWN = 80 }; /* all of it is repeated below */

static const char FIELD_STATUS[] = "status", FIELD_WHY[] = "why";

static const struct statuses *statuses(const struct turn *t)
{
	return &t->house->levels.statuses;
}

/* What it may be called, as long as it is not over. */
static const char *status_words(struct turn *t)
{
	const struct statuses *s = statuses(t);
	const char *words = "";

	for (int i = 0; i < s->count; i++)
		if (s->list[i].kind == STATUS_OPEN)
			words = arena_printf(t->arena, "%s%s%s", words, *words != '\0' ? ", " : "",
				slack_escaped(t, s->list[i].label));
	return words;
}

/* Slack takes 100 choices: no file has more statuses. An incident may have one that is in use no more. */
bool status_ask(struct turn *t, const struct command *c, const struct incident *i,
	const struct status *chosen)
{
	const struct statuses *all = statuses(t);
	struct choice *choices = arena_zeroed(t->arena, sizeof(*choices) * (size_t)all->count);
	const struct form_field fields[] = {
		{ .id = FIELD_STATUS,
			.label = "Status",
			.initial = chosen->id,
			.kind = FIELD_CHOICE,
			.choices = choices,
			.choice_count = all->count },
		{ .id = FIELD_WHY,
			.label = "What fixed it, or why it is cancelled or open again",
			.optional = true },
	};
	struct form form = {
		.callback = STATUS_CALLBACK,
		.title = "Set the status",
		.submit = "Set",
		.intro = arena_printf(t->arena, "Incident %" PRId64 " is %s.", i->id,
			slack_escaped(t, i->status.label)),
		.fields = fields,
		.field_count = 2,
	};

	for (int n = 0; n < all->count; n++)
		choices[n] = (struct choice){ all->list[n].label, all->list[n].id };
	form_open(t, c, i, &form,
		chosen->kind == STATUS_RESOLVED            ? "resolve WHAT FIXED IT"
			: chosen->kind == STATUS_CANCELLED ? "cancel REASON"
							   : "status STATUS");
	return true;
}

/* How it has ended is not to be said without how: a form asks, where there may be one. */
static bool say_how(struct turn *t, const struct command *c, const struct incident *i,
	const struct status *to, struct fail *why)
{
	if (c->trigger != NULL)
		return status_ask(t, c, i, to);
	return fail_set(why, FAIL_REFUSED,
		to->kind == STATUS_RESOLVED ? "Say what fixed it: `%.45s resolve WHAT FIXED IT`."
					    : "Say why: `%.45s cancel REASON`.",
		t->slash);
}

static bool resolve(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	i->fixed_by = c->rest;
	i->resolved_at = t->now_us;
	return incident_change(t, i, c->user, "resolved", i->fixed_by, why);
}

static bool cancel(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	i->cancelled_at = t->now_us;
	return incident_change(t, i, c->user, "cancelled", c->rest, why);
}

static bool reopen(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	int64_t duplicate_of = i->duplicate_of;

	i->resolved_at = i->cancelled_at = i->duplicate_of = i->duplicate_at = 0;
	i->fixed_by = NULL;
	if (!incident_change(t, i, c->user, "reopened",
		    *c->rest != '\0' ? c->rest : "no reason given", why) ||
		!duplicate_ended(t, i, c->user, duplicate_of, why) ||
		!incident_follow_level(t, i, why))
		return false;
	/* It is not asked first whether it is archived: nobody may have told us. */
	if (i->channel != NULL)
		turn_say_for(t, call_unarchive(t->arena, i),
			&(struct asker){
				.user = c->user, .channel = c->channel, .respond = c->respond });
	return true;
}

/* Where it is not the first of its kind, the word is said as well. */
static struct command with_word(struct turn *t, const struct command *c, const struct status *to)
{
	struct command said = *c;

	if (statuses_first(statuses(t), to->kind) != to)
		said.rest = arena_printf(t->arena, "%s%s%s", slack_escaped(t, to->label),
			*c->rest != '\0' ? ": " : "", c->rest);
	return said;
}

bool status_set(struct turn *t, const struct command *c, struct incident *i,
	const struct status *to, struct fail *why)
{
	bool was_over = incident_is_over(i), ends = !was_over && to->kind != STATUS_OPEN;
	const char *before = slack_escaped(t, i->status.label);
	const struct command said = with_word(t, c, to);

	if (was_over && to->kind == STATUS_OPEN && i->report_only)
		return fail_set(why, FAIL_REFUSED,
			"Incident %lld was recorded afterwards, so there is nothing to open again.",
			(long long)i->id);
	if (ends && *c->rest == '\0')
		return say_how(t, c, i, to, why);
	if (!incident_move(i, to, why))
		return false;
	if (ends && to->kind == STATUS_RESOLVED)
		return resolve(t, c, i, why);
	if (ends)
		return cancel(t, c, i, why);
	if (was_over && to->kind == STATUS_OPEN)
		return reopen(t, &said, i, why);
	return incident_change(t, i, c->user, "status",
		arena_printf(t->arena, "%s, was %s", slack_escaped(t, to->label), before), why);
}

/* "resolved a new fuse": how it has ended stands behind another verb. */
static const char *or_end_it(struct turn *t, const struct command *c)
{
	const char *number = t->slash + strlen(t->house->slash), *behind = c->rest;
	const struct status *to;

	while (*behind != '\0' && typed_blanks(behind) == 0)
		behind++;
	to = statuses_find(statuses(t),
		typed_meant(t->arena,
			plain_text(t,
				arena_printf(t->arena, "%.*s", (int)(behind - c->rest), c->rest))));
	behind += typed_blanks(behind);
	if (to == NULL || to->kind == STATUS_OPEN || *behind == '\0')
		return "";
	number += strspn(number, " ");
	return arena_printf(t->arena, " To end it, say how:%s",
		turn_sendable(t, c,
			arena_printf(t->arena, "%s%s%s %s", number, *number != '\0' ? " " : "",
				to->kind == STATUS_RESOLVED ? "resolve" : "cancel", behind)));
}

static bool no_such_status(
	struct turn *t, const struct command *c, const char *word, struct fail *why)
{
	struct nearest near = { .word = word };
	const char *meant;

	statuses_try(statuses(t), &near);
	meant = nearest_found(&near);
	return turn_refuse(t,
		arena_printf(t->arena, "`%s` is not a status%s%s%s It may be %s.%s",
			turn_cut(t, slack_escaped(t, word), WORD_SHOWN),
			meant != NULL ? "; did you mean `" : "", meant != NULL ? meant : "",
			meant != NULL ? "`?" : ".", status_words(t), or_end_it(t, c)),
		why);
}

/* status WORD; nothing: what it is, and what it may be */
bool verb_status(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	const char *word = typed_meant(t->arena, plain_text(t, c->rest));
	const struct status *to = statuses_find(statuses(t), word);
	struct command bare = *c;

	bare.rest = "";
	if (*word == '\0' && c->trigger != NULL)
		return status_ask(t, c, i, &i->status);
	if (*word == '\0') {
		turn_tell(t, c,
			arena_printf(t->arena,
				"Incident %lld is %s. It may be %s; `%s resolve` ends it.",
				(long long)i->id, slack_escaped(t, i->status.label),
				status_words(t), t->slash));
		return true;
	}
	return to != NULL ? status_set(t, &bare, i, to, why) : no_such_status(t, c, word, why);
}

bool status_submitted(struct turn *t, const struct submit *s, struct incident *i, struct fail *why)
{
	const struct status *to = statuses_find(statuses(t), submit_value(s, FIELD_STATUS));
	const struct command c = { .user = s->user,
		.channel = i->channel != NULL ? i->channel : "",
		.ts = "",
		.typed = "",
		.rest = slack_escaped(t, submit_value(s, FIELD_WHY)) };
	struct fail no = { 0 };

	if (to == NULL)
		return form_refuse(
			t, FIELD_STATUS, "This status is not in use any more: choose another.");
	if (!incident_is_over(i) && to->kind != STATUS_OPEN && *c.rest == '\0')
		return form_refuse(t, FIELD_WHY,
			to->kind == STATUS_RESOLVED ? "Say what fixed it." : "Say why.");
	return status_set(t, &c, i, to, &no) || form_refuse_for(t, FIELD_STATUS, &no, why);
}
