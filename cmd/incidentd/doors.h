#ifndef DOORS_H
#define DOORS_H

#include <stdbool.h>

#include "fail.h"
#include "settings.h"

/* Joins the rooms, and runs them until a signal. The only file that knows more than one. */
struct doors_needs {
	const struct settings *settings;
	const char *app_token, *bot_token; /* secrets */
	const char *webhook_secret;        /* another; or NULL */
	const char *api_url;               /* ends with a slash */
	const char *conninfo; /* NULL: a Postgres of our own in the settings' data_dir */
};

/* False when it could not begin, or had to end: why says so. */
bool doors_run(const struct doors_needs *, struct fail *why);

#endif
