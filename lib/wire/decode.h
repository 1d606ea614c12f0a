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

/* Parses text that mend() made, with nothing behind it. len does not count the NUL. NULL: not JSON. */
struct cJSON *tree_of(const char *json, size_t len);

/* Each fills ev->as, from the event or the payload that it is named for. */
bool read_message(struct event *ev, const struct cJSON *event, struct fail *why);
bool read_person_event(struct event *ev, const struct cJSON *event, struct fail *why);
bool read_slash(struct event *ev, const struct cJSON *payload, struct fail *why);
bool read_press(struct event *ev, const struct cJSON *payload, struct fail *why);
bool read_submit(struct event *ev, const struct cJSON *payload, struct fail *why);

/* A user object. display_name is what to call them: it is NULL only when they have no name at all. */
bool read_person(const struct cJSON *user, struct known_person *out, struct fail *why);

/* What makes the event the same one when it comes again. In the event's arena. */
const char *key_of(const struct event *ev, const char *envelope_type, const struct cJSON *payload);

#endif
