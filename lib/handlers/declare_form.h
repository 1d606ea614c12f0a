#ifndef DECLARE_FORM_H
#define DECLARE_FORM_H

#include "handler.h"

/* The form that declares an incident. declare_form() opens it for a command: see incident_turn.h. */

#define DECLARE_CALLBACK                                                                           \
	"declare" /* among the global shortcuts as well; and the button that opens it */
#define DECLARE_MESSAGE "declare_of_message" /* in a message's menu as well */

/* One of these was chosen. Of a message it begins with what that says, and puts it on the timeline. */
handler declare_ask;

/*
 * A title is one line, and not a long one: what is more is the summary (else NULL), so that nothing typed is lost. False:
 * it says nothing.
 */
bool declare_split(struct turn *, const char *text, const char **title, const char **summary);

#endif
