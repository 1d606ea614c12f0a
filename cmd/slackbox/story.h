#ifndef STORY_H
#define STORY_H

#include <stdbool.h>
#include <stdint.h>

#include "box.h"
#include "transcript.h"

/* One line of a script: what it means. */
struct story {
	struct box *box;
	struct transcript *transcript;
};

/* What the line leaves to wait for. */
struct story_wait {
	bool done; /* nothing, or it has come */
	bool must; /* when the time is over without it, the script has failed */
	int64_t ms;
};

/* again: the line began before and is looked at again. An error in words, or NULL. */
const char *story_line(struct story *, const char *line, bool again, struct story_wait *out);

/* The next word: bare, or with parts in quotes. false: there is none. */
bool story_word(const char **at, char *out, size_t room);
/* "#inc-*": the newest channel of that name; "dm". */
struct channel *story_channel(const struct world *, const char *name);
/* The newest message that says this; NULL: none. */
const cJSON *story_message(const struct world *, const struct channel *, const char *text);

/* "wait …" and "expect …" (story_wait.c): has it come? */
const char *story_condition(struct story *, const char *rest, bool expect, struct story_wait *out);
const char *story_pause(struct story *, const char *rest, struct story_wait *out);

#endif
