#ifndef CALL_REMINDER_H
#define CALL_REMINDER_H

#include "call.h"

/* A message with buttons, and forms of menus and texts. */
struct button {
	const char *action, *label, *value;
};

struct reminder_post {
	int64_t incident;
	const char *channel, *ts; /* ts NULL: a new message */
	const char *text;         /* mrkdwn */
	const char *about;        /* "update_due 0": handed to the handler of the answer */
	const struct button *buttons;
	int button_count;
	const char *
		choose; /* action of a menu in front of the buttons, whose options are choices; or NULL */
	const struct button *choices; /* labels and values */
	int choice_count;
};
struct call *call_reminder(struct arena *, const struct reminder_post *);

struct text_field {
	const char *id, *label;
	const char *initial; /* plain text, or NULL */
	bool optional;
};
/* A menu of these choices, or, without any, of all people. */
struct menu_field {
	const char *id, *label;
	const struct button *choices; /* labels, in plain text, and values: at most 100 */
	int choice_count;
	const char *chosen; /* a value, or NULL */
	bool optional;
};
struct text_form {
	const char *callback, *metadata, *title, *submit;
	const char *intro;              /* mrkdwn, or NULL */
	const struct menu_field *menus; /* they come first */
	int menu_count;
	const struct text_field *fields;
	int field_count;
};
struct call *call_text_form(struct arena *, const char *trigger, const struct text_form *);

#endif
