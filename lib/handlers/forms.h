#ifndef FORMS_H
#define FORMS_H

#include "call_form.h"
#include "handler.h"

/* Forms: what those who ask have in common. A form is a struct form, opened by turn_open() and read by submit_value(). */

/* What was sent in a form of that name. What is wrong is said at its field, and nothing typed is lost. */
typedef bool submitted(struct turn *, const struct submit *, struct fail *why);
submitted action_submitted, declare_submitted, redact_submitted, timeline_submitted;
/* The same of a form about an incident, which who sent it may reach. */
typedef bool submitted_on(
	struct turn *, const struct submit *, struct incident *, struct fail *why);
submitted_on remind_submitted, role_submitted, status_submitted, verbs_submitted;

#define STATUS_CALLBACK   "status"
#define ROLE_CALLBACK     "role"
#define VERBS_CALLBACK    "verbs"
#define REDACT_CALLBACK   "redact_message" /* in a message's menu as well, as the next */
#define TIMELINE_CALLBACK "add_to_timeline"

/* Says it at the field. True, as there is nothing else to do. */
bool form_refuse(struct turn *, const char *field, const char *text);
/* The same of a failure, where it is a refusal: another one fails as it is. */
bool form_refuse_for(struct turn *, const char *field, const struct fail *no, struct fail *why);
/*
 * Whether who sent it may reach the incident from that channel; says why not at the field. A form has no turn later: who is
 * not known, and how would they have opened it, sends it again.
 */
bool form_reaches(struct turn *, const struct submit *, const struct incident *,
	const char *channel, const char *field, bool *reaches, struct fail *why);

/*
 * Opens a form about an incident for who asked. Its metadata begins with both: what it has is put behind that. instead: what
 * to type to do without it.
 */
void form_open(struct turn *, const struct command *, const struct incident *, struct form *,
	const char *instead);

/* What was sent about a message that was chosen in its menu: the metadata is that event's key. */
typedef bool submitted_about(
	struct turn *, const struct submit *, const struct event *was, struct fail *why);
bool form_of_message(struct turn *, const struct submit *, submitted_about *, struct fail *why);
/* What a form can hold of a text, as it is shown there. */
const char *form_text(struct turn *, const char *mrkdwn);

/* What may be chosen of. */
const struct choice *choices_of_levels(struct turn *, int *count);
const struct choice *choices_of_incidents(struct turn *, const struct incident *, int count);

#endif
