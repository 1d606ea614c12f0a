#ifndef CALL_FORM_H
#define CALL_FORM_H

#include "call.h"

/*
 * A form: what it asks for, and what was put in. Whoever asks for something fills in these structs; what was sent comes as a
 * struct submit with the same callback and metadata, a field of it for each that was shown, by its id.
 */
struct choice {
	const char *
		label; /* plain text, as the form's other texts but the intro; cut to what Slack takes */
	const char *value;
};

enum field_kind {
	FIELD_TEXT,   /* of several lines, FORM_TEXT_MOST characters */
	FIELD_LINE,   /* FORM_TITLE_MOST characters */
	FIELD_CHOICE, /* one of choices: of FORM_CHOICES_MOST */
	FIELD_PERSON, /* a user id */
	FIELD_TICK,   /* a box: FORM_TICKED, or nothing */
	FIELD_TIME    /* seconds since 1970, as text */
};
#define FORM_TICKED "yes"

struct form_field {
	const char *id, *label;
	const char *initial; /* what is put in at first, as it will be sent; or NULL */
	bool optional;
	enum field_kind kind;
	const struct choice *choices; /* of FIELD_CHOICE */
	int choice_count;
	const char *hint; /* small, below the field; or NULL */
};

/* A choice that is offered in front of the fields: text in mrkdwn, and a button. */
struct form_offer {
	const char *text, *action, *label, *value;
};

struct form {
	const char *callback;
	const char *metadata;       /* at most FORM_METADATA_MOST characters */
	const char *title, *submit; /* at most 24 characters */
	const char *intro;          /* mrkdwn, cut to what Slack takes; or NULL */
	const struct form_offer *offers;
	int offer_count;
	const struct form_field *fields;
	int field_count;
};
enum {
	FORM_TITLE_MOST = 150,
	FORM_TEXT_MOST = 3000,
	FORM_METADATA_MOST = 3000,
	FORM_CHOICES_MOST = 100
};

/* Opens it; the trigger is good for 3 seconds. */
struct call *call_form(struct arena *, const char *trigger, const struct form *);

/* What was sent in the field of this id; "": nothing but blanks, or no such field. */
struct submit;
const char *submit_value(const struct submit *, const char *id);
/* The same of a number in the metadata's first word; 0: there is none. */
int64_t submit_number(const struct submit *);

/* At a field of the form. */
const char *reply_form_error(struct arena *, const char *field, const char *text);
/* At the first field of what was sent: whatever the form was, that is one that Slack knows. */
const char *reply_submit_error(struct arena *, const struct submit *, const char *text);

#endif
