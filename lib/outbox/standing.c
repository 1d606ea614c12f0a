#include "standing.h"

#include <string.h>

#include "call.h"
#include "scopes.h"
#include "store_trouble.h"

static bool is_for(const struct outbox_row *row, const char *purpose)
{
	return strcmp(row->purpose, purpose) == 0;
}

static bool put(struct store *store, const struct call *c, struct fail *why)
{
	struct outbox_row row = { .method = c->method,
		.lane = c->lane,
		.purpose = c->purpose,
		.argument = c->argument,
		.body = c->body };

	return store_outbox_put(store, &row, c->lane, 0, why);
}

/* The answer to auth.test: the token is good; does it have what the manifest asks for? */
static bool token_is_good(
	struct store *store, struct arena *a, const struct outbox_reply *r, struct fail *why)
{
	const char *missing;

	if (!store_trouble_end(store, TROUBLE_TOKEN, why))
		return false;
	if (r->scopes == NULL)
		return true;
	missing = scopes_missing(a, r->scopes);
	return missing != NULL ? store_trouble_put(store, TROUBLE_SCOPES, missing, why)
			       : store_trouble_end(store, TROUBLE_SCOPES, why);
}

/* What is asked about a private channel, where nobody joins by themselves: are we in it? */
static bool place_known(struct store *store, struct arena *a, const struct outbox_row *row,
	const struct answer *got, struct fail *why)
{
	size_t len = strcspn(row->argument, " ");
	const char *channel = arena_printf(a, "%.*s", (int)len, row->argument);
	const char *error = !got->ok && got->error != NULL ? got->error
		: got->about.is_archived                   ? "is_archived"
							   : row->argument + len + 1;

	if (got->ok && got->about.is_member && !got->about.is_archived)
		return store_trouble_end(store, channel, why);
	return store_trouble_put(store, channel, error, why);
}

bool standing_tells(const struct outbox_row *row)
{
	return is_for(row, "joined") || is_for(row, "place_known");
}

bool standing_asks(const struct outbox_row *row)
{
	return standing_tells(row) || is_for(row, "workspace_known");
}

bool standing_note(struct store *store, struct arena *a, const struct outbox_row *row,
	const struct outbox_reply *r, const struct answer *got, enum verdict v, struct fail *why)
{
	bool is_final = v == VERDICT_DONE || v == VERDICT_REFUSED;

	if (v == VERDICT_CREDENTIALS)
		return store_trouble_put(store, TROUBLE_TOKEN, got->error, why);
	if (!is_final || row->argument == NULL)
		return !is_for(row, "workspace_known") || v != VERDICT_DONE ||
			token_is_good(store, a, r, why);
	if (is_for(row, "joined") && v == VERDICT_REFUSED)
		return put(store,
			call_place(a, row->argument,
				got->error != NULL ? got->error : "no reason given"),
			why);
	if (is_for(row, "joined"))
		return store_trouble_end(store, row->argument, why);
	return !is_for(row, "place_known") || place_known(store, a, row, got, why);
}

bool outbox_greet(struct store *store, struct arena *a, const char *channels, struct fail *why)
{
	bool ok = store_begin(store, why) && store_trouble_forget(store, channels, why) &&
		put(store, call_who_am_i(a), why);

	for (const char *at = channels; ok && *at != '\0';) {
		size_t len = strcspn(at, ",");

		ok = put(store, call_join(a, arena_printf(a, "%.*s", (int)len, at)), why);
		at += len + (at[len] == ',');
	}
	if (ok && store_commit(store, why))
		return true;
	store_abandon(store);
	return false;
}

bool outbox_ask_emoji(struct store *store, struct arena *a, struct fail *why)
{
	if (store_begin(store, why) && put(store, call_emoji(a), why) && store_commit(store, why))
		return true;
	store_abandon(store);
	return false;
}
