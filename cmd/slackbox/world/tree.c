#include "tree.h"

#include <stdlib.h>
#include <string.h>

const char *tree_text(const cJSON *object, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

double tree_number(const cJSON *object, const char *name, double otherwise)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsNumber(item) ? item->valuedouble : otherwise;
}

bool tree_yes(const cJSON *object, const char *name)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, name));
}

static cJSON *list_find(const cJSON *list, const char *text)
{
	cJSON *item;

	cJSON_ArrayForEach(item,
		list) if (cJSON_IsString(item) && strcmp(item->valuestring, text) == 0) return item;
	return NULL;
}

bool tree_has(const cJSON *list, const char *text)
{
	return text != NULL && list_find(list, text) != NULL;
}

void tree_set(cJSON *object, const char *name, cJSON *item)
{
	bool kept;

	if (item == NULL)
		abort();
	if (cJSON_GetObjectItemCaseSensitive(object, name) != NULL)
		kept = cJSON_ReplaceItemInObjectCaseSensitive(object, name, item);
	else
		kept = cJSON_AddItemToObject(object, name, item);
	if (!kept)
		abort();
}

void tree_set_text(cJSON *object, const char *name, const char *text)
{
	tree_set(object, name, text != NULL ? cJSON_CreateString(text) : cJSON_CreateNull());
}

void tree_set_int(cJSON *object, const char *name, int64_t number)
{
	tree_set(object, name, cJSON_CreateNumber((double)number));
}

void tree_set_yes(cJSON *object, const char *name, bool yes)
{
	tree_set(object, name, cJSON_CreateBool(yes));
}

void tree_drop(cJSON *object, const char *name)
{
	cJSON_DeleteItemFromObjectCaseSensitive(object, name);
}

void tree_drop_text(cJSON *list, const char *text)
{
	cJSON *item = list_find(list, text);

	if (item != NULL)
		cJSON_Delete(cJSON_DetachItemViaPointer(list, item));
}

size_t tree_units(const char *text)
{
	size_t units = 0;

	for (; *text != '\0'; text++) {
		unsigned char byte = (unsigned char)*text;

		if ((byte & 0xC0) != 0x80)
			units += byte >= 0xF0 ? 2 : 1;
	}
	return units;
}
