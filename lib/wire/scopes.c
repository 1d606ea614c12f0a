#include "scopes.h"

#include <stdbool.h>
#include <string.h>

/* config/slack-manifest.yml has the same: test/manifest.mjs compares them. */
static const char *const SCOPES[] = {
	"app_mentions:read",
	"channels:history",
	"channels:join",
	"channels:manage",
	"channels:read",
	"chat:write",
	"chat:write.public",
	"commands",
	"emoji:read",
	"files:read",
	"groups:history",
	"groups:read",
	"groups:write",
	"pins:read",
	"pins:write",
	"reactions:read",
	"reactions:write",
	"usergroups:read",
	"users:read",
};

static bool among(const char *list, const char *name)
{
	size_t len = strlen(name);

	while (*list != '\0') {
		size_t n = strcspn(list, ", ");

		if (n == len && strncmp(list, name, n) == 0)
			return true;
		list += n + strspn(list + n, ", ");
	}
	return false;
}

const char *scopes_missing(struct arena *a, const char *granted)
{
	const char *missing = NULL;

	for (size_t i = 0; i < sizeof(SCOPES) / sizeof(SCOPES[0]); i++)
		if (!among(granted, SCOPES[i]))
			missing = missing == NULL ? SCOPES[i]
						  : arena_printf(a, "%s %s", missing, SCOPES[i]);
	return missing;
}
