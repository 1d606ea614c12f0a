#ifndef ANSWER_H
#define ANSWER_H

#include "event.h"

/*
 * Reads the body of a Web API answer into what answers hold of it; call, method, purpose, argument, incident
 * and version are left as they were. The strings go into the arena.
 *
 * look_for, when not NULL, is searched for in lists: found_ts is the message whose metadata is of type "incidentd"
 * and names it as event_payload.row (text or number), found_channel the channel of that name,
 * with who made it and when.
 *
 * Fails (FAIL_LATER) when the body is not a JSON object that says "ok" or not: then it is not Slack who answered.
 */
bool answer_read(const char *body, const char *look_for, struct arena *arena, struct answer *out,
	struct fail *why);

#endif
