#ifndef FILES_H
#define FILES_H

#include "schema.h"
#include "settings.h"

/* The two kinds of file, each by its table. What is wrong is told in the reading's mistakes. */
void daemon_defaults(struct settings *out);
void daemon_read(struct reading *, const struct node *root, struct settings *out);
void daemon_read_environment(struct reading *, struct settings *out);

void severities_read(struct reading *, const struct node *root, struct levels *out);

#endif
