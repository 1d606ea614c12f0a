#ifndef MANIFEST_H
#define MANIFEST_H

#include <stdbool.h>

#include "buf.h"
#include "fail.h"

/* What an app's manifest asks for: words with blanks between. */
struct manifest {
	struct buf scopes,
		events; /* oauth_config.scopes.bot; settings.event_subscriptions.bot_events */
	bool home;      /* features.app_home.home_tab_enabled */
};

/*
 * Reads as much of YAML as a manifest needs for that: keys at the end of their line, and lists of one word a line. Fails
 * when there are no scopes in it. The caller empties it.
 */
bool manifest_read(struct manifest *, const char *path, struct fail *why);
void manifest_done(struct manifest *);

#endif
