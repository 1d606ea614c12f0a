#ifndef THEY_H
#define THEY_H

#include "stage.h"

/* Shared by the files that write frames as Slack does. */
#define THEIR_TEAM "T1"
/* One frame of that type, and its turn; payload passes. */
void they_deliver(struct stage *, const char *type, cJSON *payload);
/* A new id that begins with what. */
const char *they_id(struct stage *, const char *what);
void they_put(cJSON *object, const char *name, const char *value);
/* F1,trace.png: what the message has attached; NULL: nothing */
void they_put_file(struct stage *, cJSON *message, const char *file);
/* What Slack says of the whole workspace when it leaves events out: app_rate_limited. */
void they_limit(struct stage *);
/* An event of the Events API, and its turn. */
void they_play(struct stage *, cJSON *event);
/* Slack's answer to the call taken last; body passes. */
void they_answer(struct stage *, int status, cJSON *body);
/* A line may say when: ts=1.5; else it is now. */
const char *they_ts(struct stage *, const char **rest);

#endif
