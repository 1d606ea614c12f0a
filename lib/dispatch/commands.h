#ifndef COMMANDS_H
#define COMMANDS_H

#include "dispatch.h"

/* Private to dispatch: runs what was typed after /incident or after our name. */
bool command_run(struct turn *, struct command *, const char *text, struct fail *why);

#endif
