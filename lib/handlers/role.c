#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "asker.h"
#include "buf.h"
#include "forms.h"
#include "role_form.h"
#include "store_role.h"
#include "text.h"
#include "typed.h"

enum { WORD_SHOWN = 80 }; /* all of it is repeated below */

static const char FIELD_ROLE[] = "role", FIELD_PERSON_ID[] = "person";

static const struct roles *roles(const struct turn *t)
{
	return &t->house->levels.roles;
}

static const struct role_given *given(const struct incident *i, const char *role)
{
	for (int n = 0; n < i->role_count; n++)
		if (strcmp(i->roles[n].id, role) == 0)
			return &i->roles[n];
	return NULL;
}

/* What the incident has from now on; person NULL: nobody has it. */
static void keep(struct turn *t, struct incident *i, const struct role_given *now)
{
	struct role_given *list =
		arena_zeroed(t->arena, sizeof(*list) * (size_t)(i->role_count + 1));
	int count = 0;
	bool kept = now->person == NULL;

	for (int n = 0; n < i->role_count; n++) {
		if (strcmp(i->roles[n].id, now->id) != 0) {
			list[count++] = i->roles[n];
		} else if (!kept) {
			list[count++] = *now;
			kept = true;
		}
	}
	if (!kept)
		list[count++] = *now;
	i->roles = list;
	i->role_count = count;
}

static bool take(struct turn *t, struct incident *i, const char *by, const struct role_given *had,
	const char *because, struct fail *why)
{
	const struct role_given none = { had->id, had->label, NULL };

	if (!store_role_take(t->store, i->id, had->id, why))
		return false;
	keep(t, i, &none);
	return incident_change(t, i, by, "role",
		arena_printf(t->arena, "%s: nobody, was <@%s>%s", slack_escaped(t, had->label),
			had->person, because),
		why);
}

static bool give(struct turn *t, struct incident *i, const char *by, const struct role *role,
	const char *who, struct fail *why)
{
	const struct role_given *had = given(i, role->id);
	const struct role_given now = { role->id, role->label, who };
	const char *before = had != NULL ? arena_printf(t->arena, "<@%s>", had->person) : "nobody";
	struct person_known ignored;
	bool known, is_new;

	if (had != NULL && strcmp(had->person, who) == 0)
		return fail_set(why, FAIL_REFUSED, "<@%.30s> has the role %.80s already.", who,
			slack_escaped(t, role->label));
	if (!turn_may_act(t, who, why) ||
		!store_person_facts(t->store, t->arena, who, &ignored, &known, why))
		return false;
	/* Slack is asked below, so that we hear what it says. */
	if (!known && !store_person_meet(t->store, who, &is_new, why))
		return false;
	if (!store_role_give(t->store, i->id, &now, why))
		return false;
	keep(t, i, &now);
	if (!incident_change(t, i, by, "role",
		    arena_printf(t->arena, "%s: <@%s>, was %s", slack_escaped(t, role->label), who,
			    before),
		    why))
		return false;
	if (incident_can_say(i) && strcmp(by, who) != 0)
		turn_say(t, call_invite(t->arena, i, who));
	if (!known && strcmp(by, who) != 0)
		turn_say(t, call_who_leads(t->arena, i, who));
	return true;
}

static bool take_from(struct turn *t, struct incident *i, const char *by, const struct role *role,
	struct fail *why)
{
	const struct role_given *had = given(i, role->id);

	if (had == NULL)
		return fail_set(why, FAIL_REFUSED, "Nobody has the role %.80s.",
			slack_escaped(t, role->label));
	return take(t, i, by, had, "", why);
}

bool roles_lose(struct turn *t, struct incident *i, const char *person, const char *because,
	struct fail *why)
{
	for (int n = 0; n < i->role_count; n++) {
		const struct role_given had = i->roles[n];

		if (strcmp(had.person, person) != 0)
			continue;
		if (!take(t, i, NULL, &had, arena_printf(t->arena, ": %s", because), why))
			return false;
		n = -1; /* the list is another now */
	}
	return true;
}

/* Those of the settings, then what somebody was given that is in use no more. */
static const char *who_has_which(struct turn *t, const struct incident *i)
{
	struct buf b = { 0 };
	const char *text;

	for (int n = 0; n < roles(t)->count; n++) {
		const struct role *r = &roles(t)->list[n];
		const struct role_given *had = given(i, r->id);

		buf_printf(&b, "\n- *%s* ", slack_escaped(t, r->label));
		if (had != NULL)
			buf_printf(&b, "<@%s>", had->person);
		else
			buf_printf(&b, "nobody%s%s", r->description != NULL ? ": " : "",
				r->description != NULL ? slack_escaped(t, r->description) : "");
	}
	for (int n = 0; n < i->role_count; n++)
		if (roles_find(roles(t), i->roles[n].id) == NULL)
			buf_printf(&b, "\n- *%s* <@%s>", slack_escaped(t, i->roles[n].label),
				i->roles[n].person);
	text = arena_copy(t->arena, b.text != NULL ? b.text : "");
	buf_done(&b);
	return text;
}

static bool ask(struct turn *t, const struct command *c, const struct incident *i,
	const struct role *chosen)
{
	const struct roles *all = roles(t);
	struct choice *choices = arena_zeroed(t->arena, sizeof(*choices) * (size_t)all->count);
	const struct role_given *had = chosen != NULL ? given(i, chosen->id) : NULL;
	const struct form_field fields[] = {
		{ .id = FIELD_ROLE,
			.label = "Role",
			.initial = chosen != NULL ? chosen->id : NULL,
			.kind = FIELD_CHOICE,
			.choices = choices,
			.choice_count = all->count },
		{ .id = FIELD_PERSON_ID,
			.label = "Who has it; nobody chosen takes it away",
			.initial = had != NULL ? had->person : NULL,
			.optional = true,
			.kind = FIELD_PERSON },
	};
	struct form form = {
		.callback = ROLE_CALLBACK,
		.title = "Give a role",
		.submit = "Give",
		.intro = arena_printf(
			t->arena, "Roles in incident %" PRId64 ":%s", i->id, who_has_which(t, i)),
		.fields = fields,
		.field_count = 2,
	};

	for (int n = 0; n < all->count; n++)
		choices[n] = (struct choice){ all->list[n].label, all->list[n].id };
	form_open(t, c, i, &form,
		arena_printf(t->arena, "role %s @name",
			chosen != NULL ? slack_escaped(t, chosen->label) : "ROLE"));
	return true;
}

/* Labels are no mrkdwn: what is typed is escaped, and people are not named in one. */
static const char *as_label(struct turn *t, const char *text, size_t len)
{
	struct buf b = { 0 };
	const char *label;

	text_typed(&b, arena_printf(t->arena, "%.*s", (int)len, text), NULL);
	label = arena_copy(t->arena, b.text != NULL ? b.text : "");
	buf_done(&b);
	return label;
}

const struct role *role_at(struct turn *t, const char *text, const char **rest)
{
	size_t len = strlen(text);

	while (len > 0) {
		const struct role *r = roles_find(roles(t), as_label(t, text, len));

		if (r != NULL) {
			*rest = text + len + strspn(text + len, " \t\r\n");
			return r;
		}
		while (len > 0 && strchr(" \t\r\n", text[len - 1]) == NULL)
			len--;
		while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL)
			len--;
	}
	return NULL;
}

static bool no_such_role(struct turn *t, const struct command *c, struct fail *why)
{
	const char *typed = plain_text(t, c->rest);
	const char *word = arena_printf(
		t->arena, "%.*s", (int)strcspn(typed_meant(t->arena, typed), " \n"), typed);
	struct nearest near = { .word = word };
	const char *meant, *all = "";

	roles_try(roles(t), &near);
	meant = nearest_found(&near);
	for (int n = 0; n < roles(t)->count; n++)
		all = arena_printf(t->arena, "%s%s%s", all, n > 0 ? ", " : "",
			slack_escaped(t, roles(t)->list[n].label));
	return turn_refuse(t,
		arena_printf(t->arena, "`%s` is not a role%s%s%s The roles are %s.",
			turn_cut(t, slack_escaped(t, word), WORD_SHOWN),
			meant != NULL ? "; did you mean `" : "",
			meant != NULL ? slack_escaped(t, meant) : "", meant != NULL ? "`?" : ".",
			all),
		why);
}

/* ROLE @name, ROLE me, ROLE none. What cannot be read is an error, never the caller. */
static bool set(struct turn *t, const struct command *c, struct incident *i,
	const struct role *role, const char *rest, struct fail *why)
{
	const char *behind = "", *who = mention_of(t->arena, rest, &behind);

	if (strcasecmp(rest, "none") == 0 || strcasecmp(rest, "nobody") == 0)
		return take_from(t, i, c->user, role, why);
	if (strcasecmp(rest, "me") == 0)
		who = c->user;
	if (who == NULL || *behind != '\0')
		return fail_set(why, FAIL_REFUSED,
			"`%.80s` is not a person I can read: use `role %.80s @name`, or `none` in "
			"the place of a name.",
			slack_escaped(t, plain_text(t, rest)), slack_escaped(t, role->label));
	return give(t, i, c->user, role, who, why);
}

/* role ROLE @name; role ROLE none; nothing, or ROLE alone: who has which, and a form */
bool verb_role(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	const char *rest = "";
	const struct role *role = role_at(t, typed_meant(t->arena, c->rest), &rest);

	if (roles(t)->count == 0)
		return fail_set(why, FAIL_REFUSED,
			"There are no roles but the lead: administrators name them in "
			"`severities.yml`.");
	if (role == NULL && *c->rest != '\0')
		return no_such_role(t, c, why);
	if (role != NULL && *rest != '\0')
		return set(t, c, i, role, rest, why);
	if (c->trigger != NULL)
		return ask(t, c, i, role);
	turn_tell(t, c,
		arena_printf(t->arena,
			"Roles in incident %" PRId64 ":%s\nGive one with `%s role ROLE @name`.",
			i->id, who_has_which(t, i), t->slash));
	return true;
}

bool role_submitted(struct turn *t, const struct submit *s, struct incident *i, struct fail *why)
{
	const struct role *role = roles_find(roles(t), submit_value(s, FIELD_ROLE));
	const char *who = submit_value(s, FIELD_PERSON_ID);
	struct fail no = { 0 };

	if (role == NULL)
		return form_refuse(
			t, FIELD_ROLE, "This role is not in use any more: choose another.");
	return (*who != '\0' ? give(t, i, s->user, role, who, &no)
			     : take_from(t, i, s->user, role, &no)) ||
		form_refuse_for(t, FIELD_PERSON_ID, &no, why);
}
