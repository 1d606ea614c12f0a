#include "call_reminder.h"

#include "call_private.h"
#include "text.h"

/* Slack's limits: a section's text, a menu's option, and how many there may be. */
enum { SECTION_MOST = 2900, LABEL_MOST = 75, CHOICES_MOST = 100 };

static const char *cut(struct arena *a, const char *text, size_t most)
{
	size_t len = text_fit(text, most);

	return text[len] == '\0'
		? text
		: arena_printf(a, "%.*s\u2026", (int)text_fit(text, most - 1), text);
}

static void put_choices(struct json_out *o, struct arena *a, const struct reminder_post *p)
{
	json_open(o, NULL, '{');
	json_put_text(o, "type", "static_select");
	json_put_text(o, "action_id", p->choose);
	block_text(o, "placeholder", "plain_text", "Choose");
	json_open(o, "options", '[');
	for (int i = 0; i < p->choice_count && i < CHOICES_MOST; i++) {
		json_open(o, NULL, '{');
		block_text(o, "text", "plain_text", cut(a, p->choices[i].label, LABEL_MOST));
		json_put_text(o, "value", p->choices[i].value);
		json_close(o);
	}
	json_close(o);
	json_close(o);
}

static void put_buttons(struct json_out *o, struct arena *a, const struct reminder_post *p)
{
	if (p->button_count == 0 && p->choose == NULL)
		return;
	json_open(o, NULL, '{');
	json_put_text(o, "type", "actions");
	json_put_text(o, "block_id", "reminder");
	json_open(o, "elements", '[');
	if (p->choose != NULL)
		put_choices(o, a, p);
	for (int i = 0; i < p->button_count; i++)
		block_button(o, p->buttons[i].action, p->buttons[i].label, p->buttons[i].value);
	json_close(o);
	json_close(o);
}

struct call *call_reminder(struct arena *a, const struct reminder_post *p)
{
	struct call *c = p->ts == NULL ? call_new(a, "chat.postMessage", p->channel, "reminded")
				       : call_new(a, "chat.update", p->channel, "reminder_shown");
	const char *text = cut(a, call_nobody(a, p->text), SECTION_MOST);
	struct body b;

	c->incident = p->incident;
	c->argument = arena_copy(a, p->about);
	if (p->ts != NULL)
		c->replaces = arena_printf(a, "reminder %s", p->ts);
	call_open(&b);
	json_put_text(&b.out, "channel", p->channel);
	if (p->ts != NULL)
		json_put_text(&b.out, "ts", p->ts);
	json_put_text(&b.out, "text", text);
	json_open(&b.out, "blocks", '[');
	block_section(&b.out, "what", text);
	put_buttons(&b.out, a, p);
	json_close(&b.out);
	if (p->ts == NULL) {
		json_put_bool(&b.out, "unfurl_links", false);
		json_put_bool(&b.out, "unfurl_media", false);
	}
	return call_close(a, c, &b);
}
