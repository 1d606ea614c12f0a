#include <string.h>

#include "handler.h"

/* Is it one of these, with commas between? */
static bool has_channel(const char *all, const char *channel)
{
	size_t len = strlen(channel);

	for (; *all != '\0'; all += strcspn(all, ",") + (all[strcspn(all, ",")] == ','))
		if (strcspn(all, ",") == len && strncmp(all, channel, len) == 0)
			return true;
	return false;
}

static const char *add_channel(struct arena *a, const char *all, const char *channel)
{
	if (channel == NULL || has_channel(all, channel))
		return all;
	return *all == '\0' ? channel : arena_printf(a, "%s,%s", all, channel);
}

const char *house_channels(struct arena *a, const struct house *h)
{
	const char *all = add_channel(a, add_channel(a, "", h->announce), h->reports);

	all = add_channel(a, all, h->admin);
	for (int i = 0; i < h->levels.count; i++) {
		const char *const *more = h->levels.list[i].announce;

		for (; more != NULL && *more != NULL; more++)
			all = add_channel(a, all, *more);
	}
	return all;
}

bool house_announces_in(struct arena *a, const struct house *h, const char *channel)
{
	return channel != NULL && has_channel(house_channels(a, h), channel);
}
