#include "call_form.h"

#include <stdlib.h>
#include <string.h>

#include "call_private.h"
#include "event.h"
#include "text.h"

/* Slack's limits, in characters. */
enum { LABEL_MOST = 75, INTRO_MOST = 2990, HINT_MOST = 2000 };

enum { TRIGGER_MS = 2800 }; /* a trigger_id dies after 3 s */

static const char *cut(struct arena *a, const char *text, size_t most)
{
	size_t len = text_fit(text, most);

	if (text[len] == '\0')
		return text;
	return arena_printf(a, "%.*s...", (int)text_fit(text, most - strlen("...")), text);
}

static void put_choice(
	struct json_out *o, struct arena *a, const char *name, const struct choice *c)
{
	json_open(o, name, '{');
	block_text(o, "text", "plain_text", cut(a, c->label, LABEL_MOST));
	json_put_text(o, "value", c->value);
	json_close(o);
}

static void put_choices(struct json_out *o, struct arena *a, const struct form_field *f)
{
	json_open(o, "options", '[');
	for (int i = 0; i < f->choice_count && i < FORM_CHOICES_MOST; i++)
		put_choice(o, a, NULL, &f->choices[i]);
	json_close(o);
	for (int i = 0; f->initial != NULL && i < f->choice_count && i < FORM_CHOICES_MOST; i++)
		if (strcmp(f->choices[i].value, f->initial) == 0) {
			put_choice(o, a, "initial_option", &f->choices[i]);
			return;
		}
}

static void put_tick(struct json_out *o, struct arena *a, const struct form_field *f)
{
	const struct choice box = { f->label, FORM_TICKED };

	json_open(o, "options", '[');
	put_choice(o, a, NULL, &box);
	json_close(o);
	if (f->initial == NULL || strcmp(f->initial, FORM_TICKED) != 0)
		return;
	json_open(o, "initial_options", '[');
	put_choice(o, a, NULL, &box);
	json_close(o);
}

static void put_line(struct json_out *o, const struct form_field *f)
{
	json_put_bool(o, "multiline", f->kind == FIELD_TEXT);
	json_put_int(o, "max_length",
		(int64_t)(f->kind == FIELD_TEXT ? FORM_TEXT_MOST : FORM_TITLE_MOST));
	if (f->initial != NULL && *f->initial != '\0')
		json_put_text(o, "initial_value", f->initial);
}

static void put_element(struct json_out *o, struct arena *a, const struct form_field *f)
{
	static const char *const TYPES[] = {
		[FIELD_TEXT] = "plain_text_input",
		[FIELD_LINE] = "plain_text_input",
		[FIELD_CHOICE] = "static_select",
		[FIELD_PERSON] = "users_select",
		[FIELD_TICK] = "checkboxes",
		[FIELD_TIME] = "datetimepicker",
	};

	json_open(o, "element", '{');
	json_put_text(o, "type", TYPES[f->kind]);
	json_put_text(o, "action_id", f->id);
	switch (f->kind) {
	case FIELD_TEXT:
	case FIELD_LINE: put_line(o, f); break;
	case FIELD_CHOICE: put_choices(o, a, f); break;
	case FIELD_TICK: put_tick(o, a, f); break;
	case FIELD_PERSON:
		if (f->initial != NULL)
			json_put_text(o, "initial_user", f->initial);
		break;
	case FIELD_TIME:
		if (f->initial != NULL)
			json_put_int(o, "initial_date_time", strtoll(f->initial, NULL, 10));
		break;
	}
	json_close(o);
}

static void put_field(struct json_out *o, struct arena *a, const struct form_field *f)
{
	json_open(o, NULL, '{');
	json_put_text(o, "type", "input");
	json_put_text(o, "block_id", f->id);
	json_put_bool(o, "optional", f->optional || f->kind == FIELD_TICK);
	block_text(o, "label", "plain_text", f->label);
	if (f->hint != NULL)
		block_text(o, "hint", "plain_text", cut(a, f->hint, HINT_MOST));
	put_element(o, a, f);
	json_close(o);
}

static void put_offer(struct json_out *o, struct arena *a, const struct form_offer *f)
{
	json_open(o, NULL, '{');
	json_put_text(o, "type", "section");
	json_put_text(o, "block_id", arena_printf(a, "%s %s", f->action, f->value));
	block_text(o, "text", "mrkdwn", cut(a, call_nobody(a, f->text), INTRO_MOST));
	json_open(o, "accessory", '{');
	json_put_text(o, "type", "button");
	json_put_text(o, "action_id", f->action);
	block_text(o, "text", "plain_text", f->label);
	json_put_text(o, "value", f->value);
	json_close(o);
	json_close(o);
}

struct call *call_form(struct arena *a, const char *trigger, const struct form *f)
{
	struct call *c = call_new(a, "views.open", trigger, "form_shown");
	struct body b;

	c->not_after_ms = TRIGGER_MS;
	call_open(&b);
	json_put_text(&b.out, "trigger_id", trigger);
	json_open(&b.out, "view", '{');
	json_put_text(&b.out, "type", "modal");
	json_put_text(&b.out, "callback_id", f->callback);
	json_put_text(&b.out, "private_metadata", f->metadata);
	block_text(&b.out, "title", "plain_text", f->title);
	block_text(&b.out, "close", "plain_text", "Cancel");
	block_text(&b.out, "submit", "plain_text", f->submit);
	json_open(&b.out, "blocks", '[');
	if (f->intro != NULL)
		block_section(&b.out, "intro", cut(a, call_nobody(a, f->intro), INTRO_MOST));
	for (int i = 0; i < f->offer_count; i++)
		put_offer(&b.out, a, &f->offers[i]);
	for (int i = 0; i < f->field_count; i++)
		put_field(&b.out, a, &f->fields[i]);
	json_close(&b.out);
	json_close(&b.out);
	return call_close(a, c, &b);
}

const char *submit_value(const struct submit *s, const char *id)
{
	for (int n = 0; n < s->count; n++) {
		const char *value = s->fields[n].value;

		if (strcmp(s->fields[n].block, id) == 0)
			return value != NULL && value[strspn(value, " \t\r\n")] != '\0' ? value
											: "";
	}
	return "";
}

int64_t submit_number(const struct submit *s)
{
	int64_t number = s->metadata != NULL ? strtoll(s->metadata, NULL, 10) : 0;

	return number > 0 ? number : 0;
}

const char *reply_form_error(struct arena *a, const char *field, const char *text)
{
	struct body b;
	const char *reply;

	call_open(&b);
	json_put_text(&b.out, "response_action", "errors");
	json_open(&b.out, "errors", '{');
	json_put_text(&b.out, field, text);
	json_close(&b.out);
	json_close(&b.out);
	reply = arena_copy(a, b.buf.text);
	buf_done(&b.buf);
	return reply;
}

const char *reply_submit_error(struct arena *a, const struct submit *s, const char *text)
{
	return reply_form_error(a, s->count > 0 ? s->fields[0].block : "title", text);
}
