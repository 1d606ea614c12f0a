#ifndef DEED_H
#define DEED_H

#include "workspace.h"

/* One thing that somebody does. */
struct deed {
	struct world *w;
	const cJSON *what;
	const char *user; /* ids */
	struct channel *ch;
	const char *ts;
};

const char *deed_read(struct world *, const cJSON *what, struct deed *out);

/* A file that somebody shares (id? name title? mimetype? size?); and the events that say so. */
cJSON *file_new(struct world *, const char *user_id, const cJSON *what);
void files_shared(struct world *, const struct channel *, const cJSON *message);

typedef const char *deed_run(const struct deed *); /* an error word, or NULL */

deed_run do_edit, do_update, do_delete, do_me, do_bot, do_subtype; /* deed_message.c */
deed_run do_convert, do_change_id, do_delete_channel;              /* channel_life.c */
deed_run do_home;                                                  /* views.c */
deed_run do_delete_file, do_rename_file;                           /* files.c */

#endif
