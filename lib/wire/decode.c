#include "decode.h"

#include <cjson/cJSON.h>
#include <string.h>

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

const char *word_of(const struct cJSON *from)
{
	return either(text_of(from), NULL);
}

const char *id_of(const struct cJSON *from)
{
	return either(text_of(from), text_of(json_at(from, "id", NULL)));
}

bool is_word(const char *word, const char *wanted)
{
	return word != NULL && strcmp(word, wanted) == 0;
}

bool lacks(const struct event *ev, const char *member, struct fail *why)
{
	return fail_set(why, FAIL_REFUSED, "%s: no '%s'", ev->type, member);
}

enum {
	SECONDS_DIGITS = 11,  /* until the year 5138: Postgres can keep it */
	FRACTION_DIGITS = 12, /* Slack's have 6 */
	MICROS_DIGITS = 6,
};
static const double FIRST_IN_MICROS = 1e14, LAST_IN_MICROS = 9e15, LAST_IN_SECONDS = 9e10;

/* Old pins have "1515449522000016": microseconds. */
static const char *ts_of_text(struct arena *arena, const char *text)
{
	static const char DIGITS[] = "0123456789";
	size_t len = strlen(text), whole = strspn(text, DIGITS), rest;

	if (whole == len && len > SECONDS_DIGITS && len <= SECONDS_DIGITS + MICROS_DIGITS)
		return arena_printf(arena, "%.*s.%s", (int)len - MICROS_DIGITS, text,
			text + len - MICROS_DIGITS);
	if (whole == 0 || whole > SECONDS_DIGITS)
		return NULL;
	if (whole == len)
		return arena_printf(arena, "%s.000000", text);
	rest = strspn(text + whole + 1, DIGITS);
	return text[whole] == '.' && rest > 0 && rest <= FRACTION_DIGITS && whole + 1 + rest == len
		? text
		: NULL;
}

const char *ts_of(struct arena *arena, const struct cJSON *from)
{
	double number = cJSON_IsNumber(from) ? from->valuedouble : -1;

	if (cJSON_IsString(from))
		return ts_of_text(arena, from->valuestring);
	if (number >= FIRST_IN_MICROS && number <= LAST_IN_MICROS)
		return ts_of_text(arena, arena_printf(arena, "%.0f", number));
	return number >= 0 && number <= LAST_IN_SECONDS ? arena_printf(arena, "%.6f", number)
							: NULL;
}
