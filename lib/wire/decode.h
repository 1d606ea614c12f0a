#ifndef DECODE_H
#define DECODE_H

#include <stdbool.h>

#include "event.h"
#include "json.h"

/* Within wire: what its readers share. Strings are borrowed from the tree, unless it says arena. */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Readers for JSON_MAY: a member of another type is as good as absent. */
bool may_str(const struct cJSON *from, void *to);
bool may_int(const struct cJSON *from, void *to);
bool may_bool(const struct cJSON *from, void *to);

/* The string, or NULL when it is none. Of two strings the first that says something, or NULL. */
const char *text_of(const struct cJSON *);
const char *either(const char *first, const char *second);

/* A string that says something: the member's, or that of its id; else NULL. */
const char *word_of(const struct cJSON *);
const char *id_of(const struct cJSON *);
bool is_word(const char *word, const char *wanted); /* NULL is no word */

/* Refuses an event that has no such member. */
bool lacks(const struct event *ev, const char *member, struct fail *why);

/* A ts as digits, dot and digits, also where Slack sent a number or left the dot out; else NULL. Maybe in the arena. */
const char *ts_of(struct arena *, const struct cJSON *);

/*
 * A message object, wherever it stands; false when it is none. channel is what its surroundings say, or NULL.
 * Whether it has a ts is for the caller to see. Lists and rich are in the arena, the strings stay the tree's
 * until message_keep() moves them into the arena.
 */
bool message_read(
	struct arena *, const struct cJSON *from, const char *channel, struct message *out);
void message_keep(struct arena *, struct message *);

/*
 * Each fills ev->as, from the event or the payload that it is named for. What turns out to be of no concern, or of
 * a kind of its own, gets its ev->kind there.
 */
bool read_message(struct event *ev, const struct cJSON *event, struct fail *why);
bool read_mention(struct event *ev, const struct cJSON *event, struct fail *why);
bool read_reaction(struct event *ev, const struct cJSON *event, struct fail *why);
bool read_pin(struct event *ev, const struct cJSON *event, struct fail *why);
bool read_file(struct event *ev, const struct cJSON *event, struct fail *why);
bool read_channel(struct event *ev, const struct cJSON *event, struct fail *why);
bool read_group(struct event *ev, const struct cJSON *event, struct fail *why);
bool read_limited(struct event *ev, const struct cJSON *payload, struct fail *why);
bool read_shortcut(struct event *ev, const struct cJSON *payload, struct fail *why);
bool read_global_shortcut(struct event *ev, const struct cJSON *payload, struct fail *why);
bool read_person_event(struct event *ev, const struct cJSON *event, struct fail *why);
bool read_slash(struct event *ev, const struct cJSON *payload, struct fail *why);
bool read_press(struct event *ev, const struct cJSON *payload, struct fail *why);
bool read_home(struct event *ev, const struct cJSON *event, struct fail *why);
bool read_submit(struct event *ev, const struct cJSON *payload, struct fail *why);

/* A file's object; false when it has no id. */
bool file_read(const struct cJSON *from, struct message_file *out);
/* The arena's from now on. */
void file_keep(struct arena *, struct message_file *);

/* A user group's object; false when it has no id. */
bool group_read(const struct cJSON *from, struct known_group *out);

/* A user object. display_name is what to call them: it is NULL only when they have no name at all. */
bool read_person(const struct cJSON *user, struct known_person *out, struct fail *why);

/* What makes the event the same one when it comes again. In the event's arena. */
const char *key_of(const struct event *ev, const char *envelope_type, const struct cJSON *payload);

#endif
