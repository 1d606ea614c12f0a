#ifndef FORM_H
#define FORM_H

#include <stdbool.h>

#include "buf.h"

/*
 * A JSON object as application/x-www-form-urlencoded: strings as they are, numbers and booleans as text, null
 * left out, objects and lists as JSON text. False when json is not an object; NULL is the empty one.
 */
bool form_from_json(const char *json, struct buf *out);

#endif
