#include "verb_form.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "asker.h"
#include "forms.h"
#include "text.h"

enum { SHOWN_MOST = 200 }; /* of what another has put there */

/* clang-format off */
static const struct verb_field {
	const char *name, *label;
	enum field_kind kind;
	verb_handler *verb;
	const char *say;     /* what is typed instead of it */
	verb_handler *empty; /* what is done where nothing is left in it; NULL: something must be */
} FIELDS[] = {
	{ "title",    "What is wrong?",                 FIELD_LINE,   verb_title,    "title TEXT",     NULL },
	{ "severity", "Severity",                       FIELD_CHOICE, verb_severity, "severity LEVEL", NULL },
	{ "summary",  "What do we know so far?",        FIELD_TEXT,   verb_summary,  "summary TEXT",   summary_empty },
	{ "impact",   "Who is affected, and how?",      FIELD_TEXT,   verb_impact,   "impact TEXT",    impact_empty },
	{ "lead",     "Who leads?",                     FIELD_PERSON, verb_lead,     "lead @name",     NULL },
	{ "update",   "What should stakeholders know?", FIELD_TEXT,   verb_update,   "update TEXT",    NULL },
};
/* clang-format on */

enum { FIELDS_MOST = sizeof(FIELDS) / sizeof(FIELDS[0]) };

static bool is_named(const struct verb_field *f, const char *names)
{
	const char *at = strstr(names, f->name);
	size_t len = strlen(f->name);

	return at != NULL && (at[len] == '\0' || at[len] == ' ');
}

/* What the field is filled with, as it is sent where nobody changes it. */
static const char *value_of(struct turn *t, const struct verb_field *f, const struct incident *i)
{
	const char *value = NULL;

	if (f->verb == verb_severity)
		return i->severity_id;
	if (f->verb == verb_lead)
		return i->lead != NULL ? i->lead : "";
	if (f->verb == verb_title)
		value = i->title;
	else if (f->verb == verb_summary)
		value = i->summary;
	else if (f->verb == verb_impact)
		value = i->impact;
	return value != NULL ? plain_text(t, value) : "";
}

/* Slack may change the blanks at the ends of lines. */
static const char *mark_of(struct turn *t, const struct verb_field *f, const char *value)
{
	return arena_printf(t->arena, " %s=%016" PRIx64, f->name, text_hash(value));
}

static bool is_too_long(const struct verb_field *f, const char *value)
{
	size_t most = f->kind == FIELD_LINE ? FORM_TITLE_MOST : FORM_TEXT_MOST;

	return value[text_fit(value, most)] != '\0';
}

static const char *with_more(struct turn *t, const char *intro, const char *left_out)
{
	if (*left_out == '\0')
		return intro;
	return arena_printf(t->arena, "%s%sToo long for a form:%s.", intro != NULL ? intro : "",
		intro != NULL ? "\n" : "", left_out);
}

bool verb_form(struct turn *t, const struct command *c, const struct incident *i, const char *names,
	const char *intro, bool *opened, struct fail *why)
{
	struct form_field fields[FIELDS_MOST] = { 0 };
	struct form form = { .callback = VERBS_CALLBACK,
		.metadata = "",
		.title = strcmp(names, VERB_FORM_EDIT) == 0
			? arena_printf(t->arena, "Edit incident %" PRId64, i->id)
			: arena_printf(t->arena, "Incident %" PRId64, i->id),
		.submit = strcmp(names, "update") == 0 ? "Send" : "Save",
		.fields = fields };
	const char *left_out = "", *say = "";

	(void)why;
	for (const struct verb_field *f = FIELDS; f < FIELDS + FIELDS_MOST; f++) {
		const char *value = value_of(t, f, i);
		struct form_field *shown = &fields[form.field_count];

		if (!is_named(f, names))
			continue;
		if (is_too_long(f, value)) {
			left_out = arena_printf(t->arena, "%s `%s`", left_out, f->name);
			continue;
		}
		*shown = (struct form_field){ .id = f->name,
			.label = f->label,
			.initial = *value != '\0' ? value : NULL,
			.optional = *value == '\0' ? strchr(names, ' ') != NULL : f->empty != NULL,
			.kind = f->kind };
		if (f->kind == FIELD_CHOICE)
			shown->choices = choices_of_levels(t, &shown->choice_count);
		form.metadata = arena_printf(t->arena, "%s%s", form.metadata, mark_of(t, f, value));
		say = f->say;
		form.field_count++;
	}
	*opened = form.field_count > 0;
	form.intro = with_more(t, intro, left_out);
	if (*opened)
		form_open(t, c, i, &form, say);
	return true;
}

/* --- what was sent --------------------------------------------------------------------------------------- */

/* As it is typed behind the verb. */
static const char *typed(struct turn *t, const struct verb_field *f, const char *value)
{
	return f->kind == FIELD_PERSON ? arena_printf(t->arena, "<@%s>", value)
				       : slack_escaped(t, value);
}

static bool refuse_both(struct turn *t, const struct verb_field *f, const char *is)
{
	return form_refuse(t, f->name,
		arena_printf(t->arena,
			"Somebody else has changed this meanwhile: it is \u201c%s\u201d now. To leave it so, close "
			"this form; to have yours, copy it and send `%s %s`.",
			f->kind == FIELD_PERSON && *is != '\0'
				? plain_text(t, arena_printf(t->arena, "<@%s>", is))
				: turn_cut(t, is, SHOWN_MOST),
			t->slash, f->say));
}

/* Whether it is to be done; *clash: another has done something else to it. */
static bool is_changed(struct turn *t, const struct submit *s, const struct verb_field *f,
	const struct incident *i, bool *clash)
{
	const char *value = submit_value(s, f->name), *is = value_of(t, f, i);
	bool as_shown = strstr(s->metadata, mark_of(t, f, value)) != NULL;

	*clash = false;
	if (f->verb == verb_update)
		return true;
	/* Who sends the form of the severity alone has chosen it, also where that is the one it had. */
	if (f->verb == verb_severity && s->count == 1)
		return true;
	if (as_shown || text_hash(value) == text_hash(is))
		return false;
	*clash = strstr(s->metadata, mark_of(t, f, is)) == NULL;
	return true;
}

static bool is_sent(const struct submit *s, const struct verb_field *f)
{
	for (int n = 0; n < s->count; n++)
		if (strcmp(s->fields[n].block, f->name) == 0)
			return !s->fields[n].as_shown;
	return false;
}

/* Nothing is done as long as one of them is wrong. */
static bool find_clash(struct turn *t, const struct submit *s, const struct incident *i)
{
	bool clash;

	for (const struct verb_field *f = FIELDS; f < FIELDS + FIELDS_MOST; f++)
		if (is_sent(s, f) && is_changed(t, s, f, i, &clash) && clash)
			return refuse_both(t, f, value_of(t, f, i));
	return false;
}

bool verbs_submitted(struct turn *t, const struct submit *s, struct incident *i, struct fail *why)
{
	struct fail no;
	bool clash;

	if (find_clash(t, s, i))
		return true;
	for (const struct verb_field *f = FIELDS; f < FIELDS + FIELDS_MOST; f++) {
		const char *value = submit_value(s, f->name);
		const struct command c = { .user = s->user,
			.channel = i->channel != NULL ? i->channel : s->user,
			.ts = "",
			.typed = "",
			.rest = *value != '\0' ? typed(t, f, value) : "" };

		if (!is_sent(s, f) || !is_changed(t, s, f, i, &clash))
			continue;
		if (*value == '\0' && f->empty == NULL)
			return form_refuse(t, f->name, "Say something.");
		if (!(*value != '\0' ? f->verb : f->empty)(t, &c, i, &no))
			return form_refuse_for(t, f->name, &no, why);
	}
	return true;
}
