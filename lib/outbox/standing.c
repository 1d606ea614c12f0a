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
static bool token_is_good(struct store *store, struct arena *a, const char *desk,
	const struct outbox_reply *r, struct fail *why)
{
	const char *missing;

	if (!store_trouble_end(store, desk, TROUBLE_TOKEN, why))
		return false;
	if (r->scopes == NULL)
		return true;
	missing = scopes_missing(a, r->scopes);
	return missing != NULL ? store_trouble_put(store, desk, TROUBLE_SCOPES, missing, why)
			       : store_trouble_end(store, desk, TROUBLE_SCOPES, why);
}

/* The token is that of who sent it, and says nothing of others'. */
static bool note_token(struct store *store, struct arena *a, const struct outbox_row *row,
	const struct outbox_reply *r, const struct answer *got, enum verdict v, struct fail *why)
{
	if (row->taken_by == NULL)
		return true;
	if (v == VERDICT_CREDENTIALS)
		return store_trouble_put(store, row->taken_by, TROUBLE_TOKEN, got->error, why);
	return v != VERDICT_DONE || !is_for(row, "workspace_known") ||
		token_is_good(store, a, row->taken_by, r, why);
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
		return store_trouble_end(store, TROUBLE_OF_ALL, channel, why);
	return store_trouble_put(store, TROUBLE_OF_ALL, channel, error, why);
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

	if (!note_token(store, a, row, r, got, v, why))
		return false;
	if (!is_final || row->argument == NULL)
		return true;
	if (is_for(row, "joined") && v == VERDICT_REFUSED)
		return put(store,
			call_place(a, row->argument,
				got->error != NULL ? got->error : "no reason given"),
			why);
	if (is_for(row, "joined"))
		return store_trouble_end(store, TROUBLE_OF_ALL, row->argument, why);
	return !is_for(row, "place_known") || place_known(store, a, row, got, why);
}

static bool ask_places(struct store *store, struct arena *a, const char *channels, struct fail *why)
{
	for (const char *at = channels; *at != '\0';) {
		size_t len = strcspn(at, ",");

		if (!put(store, call_join(a, arena_printf(a, "%.*s", (int)len, at)), why))
			return false;
		at += len + (at[len] == ',');
	}
	return true;
}

bool outbox_ask_places(struct store *store, struct arena *a, const char *channels, struct fail *why)
{
	if (store_begin(store, why) && ask_places(store, a, channels, why) &&
		store_commit(store, why))
		return true;
	store_abandon(store);
	return false;
}

bool outbox_greet(struct store *store, struct arena *a, const char *desk, const char *channels,
	struct fail *why)
{
	if (store_begin(store, why) && store_trouble_forget(store, why) &&
		put(store, call_who_am_i(a, desk), why) && ask_places(store, a, channels, why) &&
		store_commit(store, why))
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
