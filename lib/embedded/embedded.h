#ifndef EMBEDDED_H
#define EMBEDDED_H

#include "fail.h"

/*
 * A Postgres of our own in data_dir/postgres, on a unix socket only, for when there is no DATABASE_URL.
 * Made at the first start, kept afterwards. Never run as root: started by root, it runs as `postgres`.
 */
struct embedded;

struct embedded *embedded_open(const char *data_dir, struct fail *why);
void embedded_close(struct embedded *); /* fast shutdown, and waits */

const char *embedded_conninfo(const struct embedded *);

/* For incidentctl: the conninfo of a daemon's embedded Postgres that is running now. The caller frees it. */
char *embedded_find(const char *data_dir, struct fail *why);

#endif
