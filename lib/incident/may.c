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

static bool leads(const struct incident *i, const char *user)
{
	return i->lead != NULL && strcmp(i->lead, user) == 0;
}

bool may_redact(const struct incident *i, const char *user, const char *admins)
{
	return leads(i, user) || is_among(user, admins);
}

bool may_reach(const struct incident *i, const char *user, bool guest)
{
	return (!i->private && !guest) || leads(i, user) || strcmp(i->reporter, user) == 0;
}
