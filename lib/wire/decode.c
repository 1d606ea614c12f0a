#include "decode.h"

#include <cjson/cJSON.h>

bool may_str(const struct cJSON *from, void *to)
{
	(void)json_str(from, to); /* of another type: left as it was */
	return true;
}

bool may_int(const struct cJSON *from, void *to)
{
	(void)json_int(from, to); /* of another type: left as it was */
	return true;
}

bool may_bool(const struct cJSON *from, void *to)
{
	(void)json_bool(from, to); /* of another type: left as it was */
	return true;
}

const char *text_of(const struct cJSON *from)
{
	return cJSON_IsString(from) ? from->valuestring : NULL;
}

const char *either(const char *first, const char *second)
{
	if (first != NULL && *first != '\0')
		return first;
	return second != NULL && *second != '\0' ? second : NULL;
}

struct cJSON *tree_of(const char *json, size_t len)
{
	if (json == NULL)
		return NULL;
	return cJSON_ParseWithLengthOpts(json, len + 1, NULL, true);
}
