#ifndef FORM_H
#define FORM_H

#include <cjson/cJSON.h>
#include <stddef.h>

/* application/x-www-form-urlencoded as an object of strings. The caller owns it. */
cJSON *form_read(const char *text);

#endif
