#ifndef CALL_ACTION_H
#define CALL_ACTION_H

#include "call_form.h"

/* The list of an incident's actions, with a menu for each, and the forms. Texts are mrkdwn, escaped, unless they are plain. */

struct action_row {
	const char *text;
	const char *
		value; /* "1 3 7 0": the words of its menu have a blank and what was chosen behind it */
	bool done;
};

/* At most so many rows: with long texts they still fit into an acknowledgement, most often. */
enum { ACTION_PAGE = 10 };
struct action_page {
	const char *text; /* all of it, for who sees no blocks */
	const char *heading, *foot;
	const struct action_row *rows;
	int count;
	const char *earlier, *later; /* values of their buttons, or NULL */
	const char *more;            /* value of the button for a new one */
};

const char *reply_actions(struct arena *, const struct action_page *); /* as reply_text */

/* How the names of its buttons and forms begin. */
#define ACTION_PREFIX  "action_"
#define ACTION_MENU    "action_menu"
#define ACTION_TURN    "action_page"
#define ACTION_EARLIER "action_page_earlier"
#define ACTION_LATER   "action_page_later"
#define ACTION_NEW     "action_new"
#define ACTION_EDIT    "action_edit"
#define ACTION_ASSIGN  "action_assign"
#define ACTION_MESSAGE "action_of_message" /* in a message's menu as well */

/* Fields of the forms. */
#define ACTION_TEXT     "text"
#define ACTION_ASSIGNEE "assignee"
#define ACTION_DUE      "due"
#define ACTION_INCIDENT "incident" /* both as timeline_chosen() reads them */
#define ACTION_NUMBER   "number"

struct action_form {
	const char *callback, *metadata, *title, *submit;
	const char *text;               /* plain, to begin with, or NULL */
	const char *assignee;           /* or NULL */
	int64_t due_s;                  /* since 1970, or 0 */
	bool only_assignee;             /* nothing else is asked for */
	const struct choice *incidents; /* to choose from, or NULL */
	int incident_count;
};
struct call *call_action_form(struct arena *, const char *trigger, const struct action_form *);

#endif
