#include "redact.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "scrub.h"
#include "text.h"

/* Which columns of a row are JSON; the others are texts. */
static const struct {
	int columns;
	bool json[SCRUB_COLUMNS];
} PLACES[SCRUB_PLACE_COUNT] = {
	[SCRUB_TOLD] = { 3, { true, true } },
	[SCRUB_FRAMES] = { 3, { true, true } },
	[SCRUB_ALL_FRAMES] = { 3, { true, true } },
	[SCRUB_CALLS] = { 5, { true, true } },
	[SCRUB_ENTRIES] = { 3, { false, true } },
	[SCRUB_ACTIONS] = { 1, { false } },
	[SCRUB_INCIDENT] = { 4, { false } },
};

/* The fourth column of a frame says whether what was typed in it is what goes. */
enum { TYPED_COLUMN = 3 };

static bool scrub_row(
	struct arena *a, enum scrub_place place, const struct scrub *what, struct scrub_row *row)
{
	struct scrub here = *what;
	bool changed = false;

	here.typed = place <= SCRUB_ALL_FRAMES && row->column[TYPED_COLUMN] != NULL;
	for (int c = 0; c < PLACES[place].columns; c++) {
		const char *was = row->column[c], *left = NULL;

		if (was != NULL)
			left = PLACES[place].json[c] ? scrub_json(a, was, &here)
						     : scrub_text(a, was, here.texts);
		if (left == NULL)
			continue;
		row->column[c] = left;
		changed = true;
	}
	return changed;
}

static bool scrub_place(struct store *s, struct arena *a, enum scrub_place place,
	const struct scrub_where *where, const struct scrub *what, int64_t *changed,
	struct fail *why)
{
	struct scrub_row *rows;
	int count;

	if (!store_scrub_get(s, a, place, where, &rows, &count, why))
		return false;
	for (int i = 0; i < count; i++) {
		if (!scrub_row(a, place, what, &rows[i]))
			continue;
		++*changed;
		if (!store_scrub_put(s, place, where, &rows[i], why))
			return false;
	}
	return true;
}

static int length(const char *const *list)
{
	int n = 0;

	while (list[n] != NULL)
		n++;
	return n;
}

/* In a form it was typed without Slack's entities. */
static const char *const *with_typed(struct arena *a, const char *const *texts)
{
	int n = length(texts), all = 0;
	const char **list = arena_zeroed(a, sizeof(*list) * (2 * (size_t)n + 1));

	for (int i = 0; i < n; i++) {
		struct buf typed = { 0 };

		text_typed(&typed, texts[i], NULL);
		list[all++] = texts[i];
		if (typed.text != NULL && strcmp(typed.text, texts[i]) != 0)
			list[all++] = arena_copy(a, typed.text);
		buf_done(&typed);
	}
	return list;
}

static void add_needle(struct buf *b, const char *needle)
{
	if (needle != NULL && *needle != '\0')
		buf_printf(b, "%s%s", b->len > 0 ? "\1" : "", needle);
}

static const char *needles_of(
	struct arena *a, const char *ts, const char *const *files, const char *const *texts)
{
	struct buf b = { 0 };
	const char *all;

	add_needle(&b, ts);
	for (int i = 0; files != NULL && files[i] != NULL; i++)
		add_needle(&b, files[i]);
	for (int i = 0; texts[i] != NULL; i++)
		add_needle(&b, scrub_needle(a, texts[i]));
	/* An empty needle is in everything. */
	all = b.text != NULL ? arena_copy(a, b.text) : "\1";
	buf_done(&b);
	return all;
}

/* One redaction under way. */
struct work {
	struct store *store;
	struct arena *arena;
	const struct redact_order *order;
	const char *entries; /* all that are redacted */
	struct scrub what;
	struct redact_tally tally;
};

static bool sweep_places(
	struct work *w, const struct scrub_where *where, const struct scrub *what, struct fail *why)
{
	const struct scrub_where others = { where->incident, w->entries, where->needles };
	struct redact_tally *t = &w->tally;
	const struct {
		enum scrub_place place;
		const struct scrub_where *where;
		int64_t *changed;
	} places[] = {
		{ SCRUB_TOLD, where, &t->frames },
		{ w->order->everywhere ? SCRUB_ALL_FRAMES : SCRUB_FRAMES, where, &t->frames },
		{ SCRUB_CALLS, where, &t->calls },
		{ SCRUB_ENTRIES, &others, &t->copies },
		{ SCRUB_ACTIONS, where, &t->copies },
		{ SCRUB_INCIDENT, where, &t->copies },
	};

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (!scrub_place(w->store, w->arena, places[i].place, places[i].where, what,
			    places[i].changed, why))
			return false;
	return true;
}

/* All places where something of one of the entries may be. */
static bool sweep(struct work *w, const struct redactable *one, struct fail *why)
{
	struct scrub what = w->what;
	const struct scrub_where where = {
		.incident = w->order->incident,
		.entries = arena_printf(w->arena, "%" PRId64, one->id),
		.needles = needles_of(w->arena, one->ts, what.files, what.texts),
	};
	int64_t quotes = 0;

	what.channel = one->channel;
	what.ts = one->ts;
	if (!sweep_places(w, &where, &what, why))
		return false;
	if (one->ts != NULL &&
		!store_redact_quotes(w->store, where.incident, w->entries, one->ts, &quotes, why))
		return false;
	w->tally.copies += quotes;
	return true;
}

static bool sweep_all(struct work *w, struct fail *why)
{
	for (const char *at = w->entries; *at != '\0'; at += *at == ',') {
		struct redact_which which = { 0 };
		struct redactable one;
		char *end;
		bool found;

		which.entry = strtoll(at, &end, 10);
		at = end;
		if (!store_redact_find(
			    w->store, w->arena, w->order->incident, &which, &one, &found, why))
			return false;
		w->tally.entries++;
		if (found && !sweep(w, &one, why))
			return false;
	}
	return true;
}

static bool find(struct store *s, struct arena *a, const struct redact_order *o,
	struct redactable *out, struct fail *why)
{
	bool found;

	if (!store_redact_find(s, a, o->incident, &o->which, out, &found, why))
		return false;
	if (!found && o->which.entry != 0)
		return fail_set(why, FAIL_REFUSED, "Incident %" PRId64 " has no entry %" PRId64 ".",
			o->incident, o->which.entry);
	if (!found)
		return fail_set(why, FAIL_REFUSED,
			"Nothing is on record of that message in incident %" PRId64 ".",
			o->incident);
	if (out->redacted_at != 0)
		return fail_set(
			why, FAIL_REFUSED, "Entry %" PRId64 " is redacted already.", out->id);
	if (strcmp(out->kind, "redacted") == 0)
		return fail_set(why, FAIL_REFUSED,
			"Entry %" PRId64 " says that something was redacted: it stays.", out->id);
	return true;
}

/* By an administrator at the machine there is a name and no id. */
static bool tell(struct store *s, struct arena *a, const struct redact_order *o,
	const struct redactable *what, struct fail *why)
{
	const char *by = o->how.by;
	bool is_user = (*by == 'U' || *by == 'W') &&
		strspn(by, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == strlen(by);
	const char *of = what->author.id != NULL ? arena_printf(a, "<@%s>", what->author.id)
		: what->author.name != NULL      ? what->author.name
						 : "nobody known";
	struct entry e = {
		.kind = "redacted",
		.said_at = o->how.at,
		.received_at = o->how.at,
		.author = { is_user ? by : NULL, is_user ? NULL : by },
		.text = arena_printf(a, "a %s of %s: %s", what->kind, of, o->how.why),
		.provenance = o->provenance,
	};

	return store_entry_add(s, o->incident, &e, why);
}

static bool close_entries(struct work *w, struct fail *why)
{
	struct store *s = w->store;
	int64_t incident = w->order->incident;

	return store_redact_close(s, incident, w->entries, &w->order->how, why) &&
		store_redact_revisions(s, incident, w->entries, &w->tally.revisions, why) &&
		store_redact_close_files(s, incident, w->entries, &w->tally.files, why) &&
		tell(s, w->arena, w->order, &w->tally.what, why);
}

bool redact_entry(struct store *s, struct arena *a, const struct redact_order *o,
	struct redact_tally *tally, struct fail *why)
{
	struct work w = { .store = s, .arena = a, .order = o };

	if (!find(s, a, o, &w.tally.what, why) ||
		!store_redact_kin(s, a, o->incident, w.tally.what.id, &w.entries, why) ||
		!store_redact_texts(s, a, o->incident, w.entries, &w.what.texts, why) ||
		!store_redact_files(s, a, o->incident, w.entries, &w.what.files, why))
		return false;
	w.what.texts = with_typed(a, w.what.texts);
	if (!close_entries(&w, why) || !sweep_all(&w, why) ||
		!store_redact_same(s, a, o->incident, needles_of(a, NULL, NULL, w.what.texts),
			&w.tally.others, why))
		return false;
	*tally = w.tally;
	return true;
}

bool redact_forget(struct store *s, struct arena *a, int64_t incident, int64_t entry,
	const char *channel, const char *ts, struct fail *why)
{
	const struct scrub what = { .channel = channel, .ts = ts };
	const struct scrub_where where = {
		.incident = incident, .entries = arena_printf(a, "%" PRId64, entry), .needles = ts
	};
	int64_t frames = 0, texts = 0;

	return store_redact_revisions(s, incident, where.entries, &texts, why) &&
		store_redact_unlink_files(s, incident, entry, why) &&
		store_redact_made_of(s, incident, entry, "its text is not kept", why) &&
		scrub_place(s, a, SCRUB_TOLD, &where, &what, &frames, why);
}

bool redact_incoming(struct store *s, struct arena *a, const char *json, const char *app,
	const char **left, struct fail *why)
{
	const struct scrub ours = { .app = app };
	const struct redacted *list;
	int count;

	*left = app != NULL ? scrub_json(a, json, &ours) : NULL;
	if (!store_redacted_in(s, a, json, &list, &count, why))
		return false;
	for (int i = 0; i < count; i++) {
		const char *const file[] = { list[i].file, NULL };
		const struct scrub what = {
			.channel = list[i].channel, .ts = list[i].ts, .files = file
		};
		const char *less = scrub_json(a, *left != NULL ? *left : json, &what);

		*left = less != NULL ? less : *left;
	}
	return true;
}
