#include "call_action.h"

#include "call_private.h"

/* --- the list -------------------------------------------------------------------------------------- */

static void put_choice(struct json_out *o, const char *label, const char *value)
{
	json_open(o, NULL, '{');
	block_text(o, "text", "plain_text", label);
	json_put_text(o, "value", value);
	json_close(o);
}

static void put_choices(struct json_out *o, struct arena *a, const struct action_row *row)
{
	static const struct {
		const char *word, *label;
		bool while_open, when_done;
	} CHOICES[] = {
		{ "done", "Done", true, false },
		{ "reopen", "Reopen", false, true },
		{ "assign", "Assign\u2026", true, false },
		{ "edit", "Edit\u2026", true, true },
		{ "drop", "Drop", true, true },
	};

	json_open(o, "options", '[');
	for (size_t i = 0; i < sizeof(CHOICES) / sizeof(CHOICES[0]); i++)
		if (row->done ? CHOICES[i].when_done : CHOICES[i].while_open)
			put_choice(o, CHOICES[i].label,
				arena_printf(a, "%s %s", row->value, CHOICES[i].word));
	json_close(o);
}

static void put_row(struct json_out *o, struct arena *a, const struct action_row *row)
{
	json_open(o, NULL, '{');
	json_put_text(o, "type", "section");
	block_text(o, "text", "mrkdwn", call_nobody(a, row->text));
	json_open(o, "accessory", '{');
	json_put_text(o, "type", "overflow");
	json_put_text(o, "action_id", ACTION_MENU);
	put_choices(o, a, row);
	json_close(o);
	json_close(o);
}

static void put_buttons(struct json_out *o, const struct action_page *p)
{
	json_open(o, NULL, '{');
	json_put_text(o, "type", "actions");
	json_put_text(o, "block_id", "buttons");
	json_open(o, "elements", '[');
	if (p->earlier != NULL)
		block_button(o, ACTION_EARLIER, "Earlier ones", p->earlier);
	if (p->later != NULL)
		block_button(o, ACTION_LATER, "More", p->later);
	block_button(o, ACTION_NEW, "New action", p->more);
	json_close(o);
	json_close(o);
}

static void put_page(struct json_out *o, struct arena *a, const struct action_page *p)
{
	json_put_text(o, "text", call_nobody(a, p->text));
	json_open(o, "blocks", '[');
	block_section(o, "heading", p->heading);
	for (int i = 0; i < p->count; i++)
		put_row(o, a, &p->rows[i]);
	put_buttons(o, p);
	block_section(o, "foot", p->foot);
	json_close(o);
}

const char *reply_actions(struct arena *a, const struct action_page *p)
{
	struct body b;
	const char *reply;

	call_open(&b);
	json_put_text(&b.out, "response_type", "ephemeral");
	put_page(&b.out, a, p);
	json_close(&b.out);
	reply = arena_copy(a, b.buf.text);
	buf_done(&b.buf);
	return reply;
}

/* --- the forms ------------------------------------------------------------------------------------- */

struct call *call_action_form(struct arena *a, const char *trigger, const struct action_form *f)
{
	const struct form_field incident = { .id = ACTION_INCIDENT,
		.label = "Incident",
		.optional = f->incident_count > FORM_CHOICES_MOST,
		.kind = FIELD_CHOICE,
		.choices = f->incidents,
		.choice_count = f->incident_count };
	const struct form_field text = {
		.id = ACTION_TEXT, .label = "What is to be done?", .initial = f->text
	};
	const struct form_field assignee = { .id = ACTION_ASSIGNEE,
		.label = "Who is to do it?",
		.initial = f->assignee,
		.optional = true,
		.kind = FIELD_PERSON };
	const struct form_field due = { .id = ACTION_DUE,
		.label = "When is it due? (by your own clock)",
		.initial = f->due_s != 0 ? arena_printf(a, "%lld", (long long)f->due_s) : NULL,
		.optional = true,
		.kind = FIELD_TIME };
	const struct form_field number = { .id = ACTION_NUMBER,
		.label = "Or its number, if it is not in the list",
		.optional = true,
		.kind = FIELD_LINE };
	struct form_field fields[5];
	struct form form = { .callback = f->callback,
		.metadata = f->metadata,
		.title = f->title,
		.submit = f->submit,
		.fields = fields };

	if (f->incidents != NULL)
		fields[form.field_count++] = incident;
	if (f->incident_count > FORM_CHOICES_MOST)
		fields[form.field_count++] = number;
	if (!f->only_assignee)
		fields[form.field_count++] = text;
	fields[form.field_count++] = assignee;
	if (!f->only_assignee)
		fields[form.field_count++] = due;
	return call_form(a, trigger, &form);
}
