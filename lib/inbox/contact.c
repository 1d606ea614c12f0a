#include "contact.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "log.h"
#include "outbox.h"
#include "troubles.h"

void contact_init(struct contact *c, const char *conninfo, const struct house *house)
{
	unsigned char bytes[CONTACT_NAME / 2];

	*c = (struct contact){ .conninfo = conninfo, .house = house };
	if (getentropy(bytes, sizeof(bytes)) != 0)
		abort();
	for (size_t i = 0; i < sizeof(bytes); i++)
		(void)snprintf(c->desk + 2 * i, 3, "%02x", bytes[i]); /* fits */
}

static bool migrate(struct contact *c, struct fail *why)
{
	int made = 0;

	if (c->migrated)
		return true;
	c->migrated = store_migrate(c->conninfo, MIGRATE_SOON, &made, why);
	if (made > 0)
		log_info("schema brought up to date files=%d", made);
	return c->migrated;
}

static bool greet(struct contact *c, struct fail *why)
{
	struct arena *a = arena_new();

	if (!c->greeted)
		c->greeted = outbox_greet(c->store, a, c->desk, house_channels(a, c->house), why) &&
			outbox_ask_emoji(c->store, a, why);
	arena_free(a);
	return c->greeted;
}

/* A server that takes connections may still take no writes: a standby, a full disk. */
static bool takes_writes(struct contact *c, struct fail *why)
{
	return outbox_alive(c->store, c->desk, why) && greet(c, why);
}

bool contact_make(struct contact *c, struct fail *why)
{
	if (c->store != NULL && store_alive(c->store))
		return true;
	contact_drop(c);
	if (migrate(c, why))
		c->store = store_open(c->conninfo, why);
	if (c->store != NULL && takes_writes(c, why))
		return true;
	contact_drop(c);
	return false;
}

void contact_drop(struct contact *c)
{
	store_close(c->store);
	c->store = NULL;
}
