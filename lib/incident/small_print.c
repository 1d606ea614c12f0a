#include "small_print.h"

#include <stddef.h>
#include <string.h>

/* Private channels had names of their own, and some of their messages have them still. */
/* clang-format off */
static const struct { const char *subtype, *kind; } SMALL_PRINT[] = {
	{ "channel_join",               "joined" },
	{ "group_join",                 "joined" },
	{ "channel_leave",              "left" },
	{ "group_leave",                "left" },
	{ "channel_topic",              "topic" },
	{ "group_topic",                "topic" },
	{ "channel_purpose",            "purpose" },
	{ "group_purpose",              "purpose" },
	{ "channel_name",               "renamed" },
	{ "group_name",                 "renamed" },
	{ "channel_archive",            "archived" },
	{ "group_archive",              "archived" },
	{ "channel_unarchive",          "unarchived" },
	{ "group_unarchive",            "unarchived" },
	{ "channel_convert_to_private", "converted" },
	{ "channel_convert_to_public",  "converted" },
};
/* clang-format on */

const char *entry_kind(const char *subtype)
{
	for (size_t i = 0; subtype != NULL && i < sizeof(SMALL_PRINT) / sizeof(SMALL_PRINT[0]); i++)
		if (strcmp(SMALL_PRINT[i].subtype, subtype) == 0)
			return SMALL_PRINT[i].kind;
	return "message";
}
