#ifndef ELEMENT_H
#define ELEMENT_H

#include <cjson/cJSON.h>
#include <stdbool.h>

/* Elements of Block Kit as people use them. */

/* The element with this action_id, and the block it is in; value: NULL or the one that it must carry. */
const cJSON *element_find(
	const cJSON *blocks, const char *action_id, const char *value, const cJSON **block_out);

/* What `value` (text, a list of texts, or NULL for what the app filled in) makes of an element: {"type",
 * "value"} or {"type", "selected_option"} … Owned by the caller. NULL: there is no such option. */
cJSON *element_state(const cJSON *element, const cJSON *value);

/* Is anything chosen or typed in a state? */
bool element_filled(const cJSON *state);

#endif
