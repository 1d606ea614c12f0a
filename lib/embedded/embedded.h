#ifndef EMBEDDED_H
#define EMBEDDED_H

#include <stdbool.h>

#include "fail.h"

/*
 * A Postgres of our own in data_dir/postgres, on a unix socket only, for when there is no DATABASE_URL.
 * Made at the first start, kept afterwards. Never run as root: started by root, it runs as `postgres`.
 */
struct embedded;

struct embedded *embedded_open(const char *data_dir, struct fail *why);
void embedded_close(struct embedded *); /* fast shutdown, and waits */

/*
 * To be called about every second, by the thread that opened it: a Postgres that ended by itself is started
 * again, at the same conninfo, after a pause that grows from half a second to half a minute as long as it does not
 * stay up. Does not wait until it is ready; logs why it ended. false: it could not be started now.
 */
bool embedded_watch(struct embedded *, struct fail *why);

/* From any thread: its data are where they were. Else somebody took them away under it, and there is no making them again. */
bool embedded_has_data(const struct embedded *);

/* A small file that is there as long as they are, for who watches it: read on no thread that must not wait. */
const char *embedded_data_file(const struct embedded *);

const char *embedded_conninfo(const struct embedded *);

/* For incidentctl: the conninfo of a daemon's embedded Postgres that is running now. The caller frees it. */
char *embedded_find(const char *data_dir, struct fail *why);

#endif
