#ifndef WORLD_SCENE_H
#define WORLD_SCENE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "world.h"

/* A workspace with a few people in it, and what was heard of it. */
struct scene {
	struct world *w;
	cJSON *events;
	cJSON *last; /* the body of the last answer */
	int status, retry_after;
	int64_t now_ms;
};

void scene_begin(struct scene *); /* in place: the world keeps a pointer to it */
void scene_end(struct scene *);

const char *text(const cJSON *object, const char *name);
const cJSON *member(const cJSON *object, const char *name);
void add(struct scene *, const char *(*to)(struct world *, const cJSON *), const char *json);
void say(struct scene *, const char *json, char ts[32]);
const char *act(struct scene *, const char *verb, const char *json); /* the error word, or NULL */

const char *call_as(struct scene *, const char *token, const char *method, const char *json);
const char *call(
	struct scene *, const char *method, const char *json); /* the error word, or NULL */
void answers(struct scene *, const char *method, const char *json, const char *error);

void forget_events(struct scene *);
const cJSON *heard(const struct scene *, const char *type, const char *subtype); /* the first one */
int findings(const struct scene *);

/* The format with its dollars replaced. */
const char *json_with(char *room, size_t size, const char *fmt, const char *a, const char *b);

/* All that is wanted is there: members not named may be too, null is what must not be there. */
bool tree_like(const cJSON *got, const cJSON *wanted);
void shows(const cJSON *got, const char *json);

#endif
