#ifndef FILES_H
#define FILES_H

#include "schema.h"
#include "settings.h"

/* The two kinds of file, each by its table. What is wrong is told in the reading's mistakes. */
void daemon_defaults(struct settings *out);
void daemon_read(struct reading *, const struct node *root, struct settings *out);
void daemon_read_environment(struct reading *, struct settings *out);

/* All of webhooks.send leads where webhooks.allow says, which may come from elsewhere. root NULL: there is no file. */
void daemon_check_webhooks(struct reading *, const struct node *root, const struct settings *);

void severities_read(struct reading *, const struct node *root, struct levels *out);
/* A page goes to one of these hosts only: see address_is_at(). */
void severities_check_pages(struct reading *, const struct node *root, const char *hosts);

#endif
