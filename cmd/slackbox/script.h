#ifndef SCRIPT_H
#define SCRIPT_H

#include "box.h"

/* A story, one line an action (see demo.script), told to standard output while it happens. */
struct script;

struct script *script_open(struct box *, const char *path, struct fail *why);
void script_free(struct script *);
void script_tick(struct script *, int64_t now_ms); /* monotonic */

#endif
