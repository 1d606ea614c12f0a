#include "redact.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "incident.h"
#include "redact_scrub.h"
#include "redact_words.h"
#include "text.h"

static const char BLOT[] = "[redacted]";
/* With less in common nobody has said the same. */
enum { SHORTEST = 6 };

/* One redaction under way. */
struct work {
	struct store *store;
	struct arena *arena;
	const struct redact_order *order;
	struct incident incident;
	const char *entries; /* all that are redacted */
	struct redact_list lines;
	struct redact_words words;
	struct sweep sweep;
	struct redact_tally tally;
};

static bool find(struct work *w, struct redactable *out, struct fail *why)
{
	const struct redact_order *o = w->order;
	bool found;

	/* In the order in which a turn locks them. */
	if (!store_incident_get(w->store, w->arena, o->incident, &w->incident, &found, why))
		return false;
	if (!found)
		return fail_set(
			why, FAIL_REFUSED, "There is no incident %" PRId64 ".", o->incident);
	if (!store_redact_find(w->store, w->arena, o->incident, &o->which, out, &found, why))
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

/* --- what it said ---------------------------------------------------------------------------------- */

static bool has_line(const struct work *w, const char *kind)
{
	for (int i = 0; i < w->lines.count; i++)
		if (w->lines.list[i].ts == NULL && strcmp(w->lines.list[i].kind, kind) == 0)
			return true;
	return false;
}

/* What has not been written again since is as it was declared. */
static bool is_as_declared(struct work *w, const char *kind, bool *so, struct fail *why)
{
	const char *last;

	if (!store_entry_last(w->store, w->arena, w->order->incident, kind, &last, NULL, why))
		return false;
	*so = last == NULL;
	return true;
}

/* In a form it is typed without Slack's entities, in a command with them. */
static void learn_typed(struct work *w, const char *frame)
{
	for (const char *const *typed = scrub_typed(w->arena, frame); *typed != NULL; typed++) {
		struct buf escaped = { 0 };

		slack_text(&escaped, *typed);
		redact_words_text(&w->words, *typed);
		redact_words_text(&w->words, escaped.text);
		buf_done(&escaped);
	}
}

/* A form has more than the line says, and a title may be the beginning of what was typed. */
static bool learn_declaration(struct work *w, struct fail *why)
{
	struct incident *i = &w->incident;
	struct redact_list frames;
	bool summary, impact, rename, renamed;

	if (!has_line(w, "declared"))
		return true;
	if (!store_redact_lines(
		    w->store, w->arena, REDACT_FRAMES, i->id, w->entries, &frames, why) ||
		!is_as_declared(w, "summary", &summary, why) ||
		!is_as_declared(w, "impact", &impact, why) ||
		!is_as_declared(w, "rename", &rename, why) ||
		!is_as_declared(w, "renamed", &renamed, why))
		return false;
	for (int n = 0; n < frames.count; n++)
		learn_typed(w, frames.list[n].text);
	redact_words_text(&w->words, summary ? i->summary : NULL);
	redact_words_text(&w->words, impact ? i->impact : NULL);
	if (rename && renamed && i->channel_name != NULL && !i->adopted)
		redact_words_name(&w->words, i->channel_name);
	return true;
}

static bool learn_words(struct work *w, struct fail *why)
{
	struct redact_list actions;

	w->words.incident = w->order->incident;
	if (!store_redact_lines(w->store, w->arena, REDACT_LINES, w->order->incident, w->entries,
		    &w->lines, why) ||
		!store_redact_lines(w->store, w->arena, REDACT_ACTIONS, w->order->incident,
			w->entries, &actions, why))
		return false;
	for (int i = 0; i < w->lines.count; i++)
		redact_words_of(&w->words, &w->lines.list[i]);
	for (int i = 0; i < actions.count; i++)
		redact_words_text(&w->words, actions.list[i].text);
	if (!learn_declaration(w, why))
		return false;
	buf_add(&w->words.texts, "");
	buf_add(&w->words.names, "");
	w->sweep.texts = arena_copy(w->arena, w->words.texts.text);
	w->sweep.names = arena_copy(w->arena, w->words.names.text);
	return true;
}

/* --- where the incident repeats it ------------------------------------------------------------------- */

static void hide(struct work *w, const char **field)
{
	if (!redact_words_have(&w->words, *field))
		return;
	*field = BLOT;
	w->sweep.shown = true;
}

static bool hide_name(struct work *w, struct fail *why)
{
	struct incident *i = &w->incident;
	const char *left =
		scrub_names(w->arena, i->channel_name, redact_names(w->arena, w->sweep.names), "");
	char bare[81];

	if (left == NULL)
		return true;
	incident_channel_name(i->id, "", 1, bare);
	i->channel_name = arena_copy(w->arena, bare);
	w->sweep.renamed = true;
	return i->channel == NULL || store_redact_named(w->store, i->channel, i->channel_name, why);
}

static bool hide_fields(struct work *w, struct fail *why)
{
	struct incident *i = &w->incident;

	hide(w, &i->title);
	hide(w, &i->summary);
	hide(w, &i->impact);
	hide(w, &i->fixed_by);
	if (!hide_name(w, why))
		return false;
	w->tally.copies += w->sweep.shown + w->sweep.renamed;
	return (!w->sweep.shown && !w->sweep.renamed) || store_incident_save(w->store, i, why);
}

/* "text <@U1> (due Fri 27 Nov 17:00 Europe/London)": with what stands behind it, or without. */
static bool has_text(struct work *w, const char *text)
{
	static const char *const TAILS[] = { " (due ", " <@" };

	for (size_t n = 0; n < sizeof(TAILS) / sizeof(TAILS[0]); n++) {
		const char *tail = NULL, *at = text;

		if (redact_words_have(&w->words, text))
			return true;
		while ((at = strstr(at, TAILS[n])) != NULL)
			tail = at++;
		if (tail != NULL)
			text = arena_printf(w->arena, "%.*s", (int)(tail - text), text);
	}
	return redact_words_have(&w->words, text);
}

/* "2: text <@U1>", "2 is done: text", "2 reads now: text, was text" */
static const char *action_line(struct work *w, const struct redact_line *l)
{
	const char *text = redact_action_text(l), *left = NULL;
	struct redact_line changed = { .kind = "title", .text = text };

	if (text == NULL)
		return NULL;
	if (redact_action_changed(l))
		left = redact_title_line(
			w->arena, &changed, redact_texts(w->arena, w->sweep.texts));
	else if (has_text(w, text))
		left = BLOT;
	return left != NULL ? arena_printf(w->arena, "%.*s%s", (int)(text - l->text), l->text, left)
			    : NULL;
}

static const char *line_without(struct work *w, const struct redact_line *l)
{
	if (strcmp(l->kind, "action") == 0)
		return action_line(w, l);
	if (strcmp(l->kind, "declared") == 0 || strcmp(l->kind, "title") == 0)
		return redact_title_line(w->arena, l, redact_texts(w->arena, w->sweep.texts));
	return scrub_names(w->arena, l->text, redact_names(w->arena, w->sweep.names), "[redacted]");
}

static bool hide_lines(struct work *w, struct fail *why)
{
	struct redact_list others;

	if (!store_redact_lines(w->store, w->arena, REDACT_OTHERS, w->order->incident, w->entries,
		    &others, why))
		return false;
	for (int i = 0; i < others.count; i++) {
		const char *left = line_without(w, &others.list[i]);

		if (left == NULL)
			continue;
		w->tally.copies++;
		if (!store_redact_line_put(
			    w->store, w->order->incident, others.list[i].id, left, why))
			return false;
	}
	return true;
}

/* --- the redaction ----------------------------------------------------------------------------------- */

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

	for (const char *at = w->entries; at != NULL; at = strchr(at + 1, ','))
		w->tally.entries++;
	return store_redact_close(s, incident, w->entries, &w->order->how, why) &&
		store_redact_revisions(s, incident, w->entries, &w->tally.revisions, why) &&
		store_redact_close_files(s, incident, w->entries, &w->tally.files, why) &&
		tell(s, w->arena, w->order, &w->tally.what, why);
}

/* For a person to look at: what they say is theirs. */
static bool find_same(struct work *w, struct fail *why)
{
	struct buf needles = { 0 };

	for (int i = 0; i < w->lines.count; i++) {
		const char *needle = scrub_needle(w->arena, w->lines.list[i].text);

		if (strlen(needle) >= SHORTEST)
			redact_needle(&needles, needle);
	}
	for (const char *const *text = redact_texts(w->arena, w->sweep.texts); *text != NULL;
		text++)
		if (strlen(*text) >= SHORTEST)
			redact_needle(&needles, scrub_needle(w->arena, *text));
	return store_redact_same(w->store, w->arena, w->order->incident,
		redact_needles_end(w->arena, &needles), &w->tally.others, why);
}

static bool put_sweep(struct work *w, struct fail *why)
{
	w->sweep.incident = w->order->incident;
	w->sweep.entries = w->entries;
	w->sweep.asked_by = w->order->asked_in != NULL ? w->order->how.by : NULL;
	w->sweep.asked_in = w->order->asked_in;
	return store_sweep_add(w->store, &w->sweep, &w->tally.sweep, why);
}

bool redact_entry(struct store *s, struct arena *a, const struct redact_order *o,
	struct redact_tally *tally, struct fail *why)
{
	struct work w = { .store = s, .arena = a, .order = o };
	bool ok = find(&w, &w.tally.what, why) &&
		store_redact_kin(s, a, o->incident, w.tally.what.id, &w.entries, why) &&
		learn_words(&w, why) && close_entries(&w, why) && hide_fields(&w, why) &&
		hide_lines(&w, why) && find_same(&w, why) && put_sweep(&w, why);

	redact_words_done(&w.words);
	if (ok)
		*tally = w.tally;
	return ok;
}

/* What we have posted of an action or update is found as what a redaction takes away is; so is what told of it, after the last one. */
static bool sweep_left(struct store *s, struct arena *a, int64_t incident, int64_t entry,
	const struct redact_list *was, bool was_last, struct fail *why)
{
	struct redact_words words = { .incident = incident };
	struct sweep sweep = {
		.incident = incident, .entries = arena_printf(a, "%" PRId64, entry), .names = ""
	};
	int64_t id;

	for (int i = 0; i < was->count; i++)
		redact_words_text(&words, was->list[i].text);
	buf_add(&words.texts, "");
	sweep.texts = arena_copy(a, words.texts.text);
	redact_words_done(&words);
	return (was->count == 0 && !was_last) || store_sweep_add(s, &sweep, &id, why);
}

bool redact_forget(struct store *s, struct arena *a, int64_t incident, int64_t entry,
	const char *channel, const char *ts, struct fail *why)
{
	const struct scrub what = { .ts = ts }; /* its channel may have had another id then */
	const struct scrub_where where = {
		.incident = incident, .entries = arena_printf(a, "%" PRId64, entry), .needles = ts
	};
	int64_t frames = 0, texts = 0;
	struct redact_list made = { 0 };
	bool stands, was_last;

	return store_redact_stands(s, incident, channel, ts, &stands, why) &&
		store_redact_was_last(s, incident, entry, channel, ts, &was_last, why) &&
		store_redact_revisions(s, incident, where.entries, &texts, why) &&
		store_redact_unlink_files(s, incident, entry, why) &&
		store_redact_made_of(s, a, incident, entry, "its text is not kept", &made, why) &&
		sweep_left(s, a, incident, entry, &made, was_last, why) &&
		(stands || redact_scrub(s, a, SCRUB_TOLD, &where, &what, &frames, why));
}

bool redact_incoming(struct store *s, struct arena *a, const char *json,
	const struct redact_ours *us, const char **left, struct fail *why)
{
	const struct scrub ours = {
		.app = us->app, .user = us->user, .unnamed = us->unnamed, .unshown = us->unshown
	};
	const struct redacted *list;
	int count;

	*left = us->app != NULL || us->user != NULL || us->unnamed || us->unshown
		? scrub_json(a, json, &ours)
		: NULL;
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
