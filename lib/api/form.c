#include "form.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* RFC 3986's unreserved characters; every other byte is escaped. */
static const char PLAIN[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

static void form_add_escaped(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t plain = strspn(text, PLAIN);

		buf_add_bytes(out, text, plain);
		text += plain;
		if (*text != '\0')
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*text++);
	}
}

static void form_add(struct buf *out, const char *name, const char *value)
{
	if (out->len > 0)
		buf_add(out, "&");
	form_add_escaped(out, name);
	buf_add(out, "=");
	form_add_escaped(out, value);
}

static void form_add_member(struct buf *out, const cJSON *member)
{
	char *text;

	if (cJSON_IsNull(member))
		return;
	if (cJSON_IsString(member)) {
		form_add(out, member->string, member->valuestring);
		return;
	}
	text = cJSON_PrintUnformatted(member);
	if (text == NULL)
		abort();
	form_add(out, member->string, text);
	cJSON_free(text);
}

bool form_from_json(const char *json, struct buf *out)
{
	cJSON *object;
	const cJSON *member;

	if (json == NULL)
		return true;
	object = cJSON_Parse(json);
	if (!cJSON_IsObject(object)) {
		cJSON_Delete(object);
		return false;
	}
	cJSON_ArrayForEach(member, object) form_add_member(out, member);
	cJSON_Delete(object);
	return true;
}
