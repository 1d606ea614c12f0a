#include "may.h"

#include <string.h>

static bool is_among(const char *user, const char *users)
{
	size_t len = strlen(user);

	for (; users != NULL && *users != '\0'; users += *users == ',') {
		size_t n = strcspn(users, ",");

		if (n == len && strncmp(users, user, n) == 0)
			return true;
		users += n;
	}
	return false;
}

bool may_redact(const struct incident *i, const char *user, const char *admins)
{
	return (i->lead != NULL && strcmp(i->lead, user) == 0) || is_among(user, admins);
}
