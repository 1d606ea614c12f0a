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

static bool is_its_channel(const struct incident *i, const char *channel)
{
	return channel != NULL && i->channel != NULL && strcmp(i->channel, channel) == 0;
}

bool may_reach(const struct incident *i, const struct visitor *v)
{
	return (!i->private && !v->guest) || is_its_channel(i, v->channel) || leads(i, v->user) ||
		strcmp(i->reporter, v->user) == 0;
}
