#ifndef TREE_H
#define TREE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* cJSON's trees, read and changed by name.. */

const char *tree_text(const cJSON *object, const char *name); /* NULL: absent or no string */
double tree_number(const cJSON *object, const char *name, double otherwise);
bool tree_yes(const cJSON *object, const char *name);
bool tree_has(const cJSON *list, const char *text);
void tree_set(cJSON *object, const char *name, cJSON *item); /* adds or replaces; takes the item */
void tree_set_text(cJSON *object, const char *name, const char *text);
void tree_set_int(cJSON *object, const char *name, int64_t number);
void tree_set_yes(cJSON *object, const char *name, bool yes);
void tree_drop(cJSON *object, const char *name);
void tree_drop_text(cJSON *list, const char *text);
size_t tree_units(const char *text); /* UTF-16 units, as Slack counts */

#endif
