#ifndef COMMANDS_H
#define COMMANDS_H

#include "dispatch.h"

/* Private to dispatch: runs what was typed after /incident or after our name, and notes it in the command. */
bool command_run(struct turn *, struct command *, const char *text, struct fail *why);
/* Notes in *c what was typed, without the blanks around it, and what follows its first word. Returns that. */
const char *command_read(struct turn *, struct command *c, const char *text);

#endif
