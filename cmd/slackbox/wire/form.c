#include "form.h"

#include <stdlib.h>
#include <string.h>

static int form_digit(char c)
{
	static const char DIGITS[] = "0123456789abcdef";
	const char *at =
		c != '\0' ? strchr(DIGITS, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c) : NULL;

	return at != NULL ? (int)(at - DIGITS) : -1;
}

/* What is no good escape stays as it is. */
static char *form_decode(const char *from, size_t len)
{
	char *text = malloc(len + 1), *to = text;

	if (text == NULL)
		abort();
	for (size_t i = 0; i < len; i++) {
		int high = len - i > 2 && from[i] == '%' ? form_digit(from[i + 1]) : -1;
		int low = high >= 0 ? form_digit(from[i + 2]) : -1;

		if (low >= 0) {
			*to++ = (char)(high * 16 + low);
			i += 2;
		} else if (from[i] == '+') {
			*to++ = ' ';
		} else {
			*to++ = from[i];
		}
	}
	*to = '\0';
	return text;
}

cJSON *form_read(const char *text)
{
	cJSON *object = cJSON_CreateObject();

	while (text != NULL && *text != '\0') {
		size_t len = strcspn(text, "&");
		size_t name_len = strcspn(text, "=&");
		size_t value_at = name_len < len ? name_len + 1 : len;
		char *name = form_decode(text, name_len);
		char *value = form_decode(text + value_at, len - value_at);

		if (name_len > 0)
			cJSON_AddStringToObject(object, name, value);
		free(name);
		free(value);
		text += len + (text[len] == '&' ? 1 : 0);
	}
	return object;
}
