#ifndef CALL_HOME_H
#define CALL_HOME_H

#include "call.h"

/* The app's home tab, as one person sees it. */
#define HOME_DECLARE "declare" /* its button; the value says nothing */

struct home {
	const char *user;
	const char *const *lines; /* mrkdwn, ended by NULL; at most HOME_LINES_MOST */
	const char *mark;         /* that the tab has which is there now; or NULL */
};
enum { HOME_LINES_MOST = 90 };

/* NULL: what is there shows the same already. */
struct call *call_home(struct arena *, const struct home *);

#endif
