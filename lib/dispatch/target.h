#ifndef TARGET_H
#define TARGET_H

#include <stdbool.h>
#include <stdint.h>

#include "dispatch.h"

/* Private to dispatch: which incident a command is about. */
struct target {
	struct incident incident;
	bool found;
	bool elsewhere;            /* it is not the incident of the channel where it was typed */
	bool number_may_be_a_word; /* "status 3 pages fail" */
	int64_t number;            /* as it was named, or 0 */
};

/*
 * "#12 resolve it" is about incident 12 wherever it is typed. Without a number in front a command is about the channel's
 * incident; where there is none, "resolve 12 it" is about incident 12, and the number is taken from c->rest.
 */
bool target_find(struct turn *, struct command *c, struct target *, struct fail *why);
/* "#12" is 12; 0: it is no number. *behind is what follows it and its blanks. */
int64_t target_number(const char *text, const char **behind);

#endif
