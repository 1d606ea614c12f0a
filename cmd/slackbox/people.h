#ifndef PEOPLE_H
#define PEOPLE_H

#include "box.h"

/* What people do that reaches the app as a command or as something interactive: an error word, or NULL. */
const char *people_command(struct box *, const cJSON *what); /* user channel text command? */
const char *people_press(struct box *, const cJSON *what); /* user channel? ts? action_id value? */
const char *people_submit(
	struct box *, const cJSON *what); /* user values{block_id:{action_id:value}} */
const char *people_close_view(struct box *, const cJSON *what); /* user */
const char *people_shortcut(struct box *, const cJSON *what);   /* user callback_id channel? ts? */

#endif
