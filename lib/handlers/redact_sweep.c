#include <inttypes.h>
#include <string.h>

#include "decode.h"
#include "handler.h"
#include "redact.h"
#include "redact_scrub.h"
#include "redact_words.h"

/* Which columns of a row are JSON; the others are texts. */
static const struct {
	int columns;
	bool json[SCRUB_COLUMNS];
} PLACES[SCRUB_PLACE_COUNT] = {
	[SCRUB_TOLD] = { 3, { true, true } },
	[SCRUB_FRAMES] = { 3, { true, true } },
	[SCRUB_CALLS] = { 5, { true, true } },
	[SCRUB_ENTRIES] = { 1, { true } },
	[SCRUB_REVISIONS] = { 1, { true } },
};

/* The fourth column of a frame that is known to have told, and of any, says whether what was typed in it is what goes, and whether it is another incident's. */
enum { FRAME_COLUMN = 3 };

static const char *scrub_plain(struct arena *a, const char *was, const struct scrub *what)
{
	const char *left = scrub_text(a, was, what->texts);
	const char *unnamed = scrub_names(a, left != NULL ? left : was, what->names, what->bare);

	return unnamed != NULL ? unnamed : left;
}

static bool scrub_row(
	struct arena *a, enum scrub_place place, const struct scrub *what, struct scrub_row *row)
{
	const char *frame =
		place == SCRUB_FRAMES || place == SCRUB_TOLD ? row->column[FRAME_COLUMN] : NULL;
	struct scrub here = *what;
	bool changed = false;

	here.typed = frame != NULL && strcmp(frame, "typed") == 0;
	if (frame != NULL && strcmp(frame, "others") == 0)
		here.texts = NULL;
	if (place == SCRUB_ENTRIES || place == SCRUB_REVISIONS)
		here.texts = here.names = NULL;
	for (int c = 0; c < PLACES[place].columns; c++) {
		const char *was = row->column[c], *left = NULL;

		here.no_message = place == SCRUB_CALLS && c == 0;
		if (was != NULL)
			left = PLACES[place].json[c] ? scrub_json(a, was, &here)
						     : scrub_plain(a, was, &here);
		if (left == NULL)
			continue;
		row->column[c] = left;
		changed = true;
	}
	return changed;
}

bool redact_scrub(struct store *s, struct arena *a, enum scrub_place place,
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

/* One sweep, and what it looks for. */
struct broom {
	struct turn *turn;
	struct sweep sweep;
	struct incident incident;
	struct scrub what;       /* in what shows the incident's messages */
	struct redact_list said; /* what goes from all frames */
	bool stands;             /* a message is on another record yet, with what told of it */
	char bare[81];
};

static bool is_said(const struct redact_list *said, const struct redact_line *l)
{
	for (int i = 0; i < said->count; i++)
		if (is_word(said->list[i].ts, l->ts) && is_word(said->list[i].channel, l->channel))
			return true;
	return false;
}

/* Without their texts the entries still say where they were said, and by whom. */
static bool know_entries(struct broom *b, struct fail *why)
{
	struct turn *t = b->turn;
	struct redact_list all;
	const char **times, **channels, **authors;
	int n = 0, people = 0;

	if (!store_redact_lines(t->store, t->arena, REDACT_LINES, b->sweep.incident,
		    b->sweep.entries, &all, why) ||
		!store_redact_lines(t->store, t->arena, REDACT_SAID, b->sweep.incident,
			b->sweep.entries, &b->said, why))
		return false;
	times = arena_zeroed(t->arena, sizeof(*times) * ((size_t)all.count + 1));
	channels = arena_zeroed(t->arena, sizeof(*channels) * ((size_t)all.count + 1));
	authors = arena_zeroed(t->arena, sizeof(*authors) * ((size_t)all.count + 1));
	for (int i = 0; i < all.count; i++) {
		if (all.list[i].ts != NULL) {
			channels[n] = all.list[i].channel;
			times[n++] = all.list[i].ts;
			b->stands = b->stands ||
				(all.list[i].channel != NULL && !is_said(&b->said, &all.list[i]));
		} else if (all.list[i].author != NULL)
			authors[people++] = all.list[i].author;
	}
	b->what.times = times;
	b->what.channels = channels;
	b->what.authors = authors;
	return true;
}

static bool take_up(struct broom *b, struct fail *why)
{
	struct turn *t = b->turn;
	const char *bot;
	bool found;

	if (!store_incident_get(t->store, t->arena, b->sweep.incident, &b->incident, &found, why) ||
		!know_entries(b, why) ||
		!store_redact_files(t->store, t->arena, b->sweep.incident, b->sweep.entries,
			&b->what.files, why) ||
		!store_workspace_us(t->store, t->arena, &b->what.user, &bot, why))
		return false;
	incident_channel_name(b->sweep.incident, "", 1, b->bare);
	b->what.bare = b->bare;
	b->what.number = arena_printf(t->arena, "%" PRId64, b->sweep.incident);
	b->what.texts = redact_texts(t->arena, b->sweep.texts);
	b->what.names = redact_names(t->arena, b->sweep.names);
	return true;
}

/* What is looked for in frames. */
static struct scrub in_frames(const struct broom *b)
{
	struct arena *a = b->turn->arena;
	struct scrub what = b->what;
	size_t count = (size_t)b->said.count + 1;
	const char **times = arena_zeroed(a, sizeof(*times) * count);
	const char **channels = arena_zeroed(a, sizeof(*channels) * count);

	for (int i = 0; i < b->said.count; i++) {
		times[i] = b->said.list[i].ts;
		channels[i] = b->said.list[i].channel;
	}
	what.times = times;
	what.channels = channels;
	return what;
}

/* Calls name no messages, and what others say has no words of ours but where it shows ours. */
static const char *needles(const struct broom *b, enum scrub_place place, const struct scrub *what)
{
	struct arena *a = b->turn->arena;
	struct buf all = { 0 };

	if (place == SCRUB_FRAMES || place == SCRUB_CALLS) {
		redact_needles(a, &all, b->what.texts);
		redact_needles(a, &all, b->what.names);
	}
	for (int i = 0; place != SCRUB_CALLS && what->times[i] != NULL; i++)
		redact_needle(&all, what->times[i]);
	for (int i = 0; place == SCRUB_FRAMES && b->what.files[i] != NULL; i++)
		redact_needle(&all, b->what.files[i]);
	if (place == SCRUB_ENTRIES)
		redact_needle(&all, b->what.user);
	return redact_needles_end(a, &all);
}

/* What Slack shows of the incident is put right first; who did not know of the redaction may go on for a moment. */
static bool begin(struct broom *b, struct fail *why)
{
	struct turn *t = b->turn;
	const struct incident *i = &b->incident;

	if (b->sweep.shown && !incident_show(t, i, why))
		return false;
	if (b->sweep.renamed && i->channel != NULL)
		turn_say(t, call_rename_channel(t->arena, i, b->bare));
	return store_sweep_begin(t->store, b->sweep.id, why);
}

static bool scrub(struct broom *b, enum scrub_place place, const struct scrub_where *where,
	const struct scrub *what, int64_t *changed, struct fail *why)
{
	return redact_scrub(b->turn->store, b->turn->arena, place, where, what, changed, why);
}

/* A channel had another id once: what is known to have told of the messages is known wherever that was. */
static bool measure(struct broom *b, struct fail *why)
{
	const struct scrub_where where = { b->sweep.incident, b->sweep.entries,
		redact_needles_end(b->turn->arena, &(struct buf){ 0 }), 0, 0 };
	struct scrub what = in_frames(b);

	what.channels = NULL;
	return scrub(b, SCRUB_TOLD, &where, &what, &b->sweep.frames, why) &&
		store_sweep_save(b->turn->store, &b->sweep, why) &&
		store_sweep_measure(b->turn->store, b->sweep.id, why);
}

static bool do_piece(struct broom *b, enum scrub_place place, int64_t *at, int64_t last,
	int64_t *changed, struct fail *why)
{
	struct store *s = b->turn->store;
	const struct scrub what = place == SCRUB_FRAMES ? in_frames(b) : b->what;
	struct scrub_where where = { b->sweep.incident, b->sweep.entries, needles(b, place, &what),
		*at, 0 };

	if (!store_sweep_piece(s, place, &where, last, why) ||
		!scrub(b, place, &where, &what, changed, why))
		return false;
	if (place == SCRUB_ENTRIES && !scrub(b, SCRUB_REVISIONS, &where, &what, changed, why))
		return false;
	*at = where.upto;
	return store_sweep_save(s, &b->sweep, why);
}

static bool finish(struct broom *b, struct fail *why)
{
	struct turn *t = b->turn;
	const struct sweep *w = &b->sweep;
	struct buf names = { 0 };

	redact_needles(t->arena, &names, b->what.names);
	if (w->asked_by != NULL && w->asked_in != NULL)
		turn_say(t,
			call_whisper(t->arena, w->asked_in, NULL, w->asked_by,
				arena_printf(t->arena,
					"Done: the message is redacted on the record of incident "
					"%" PRId64 ", also in %" PRId64
					" places where a copy was kept.%s Delete it in Slack as "
					"well.",
					w->incident, w->copies + w->frames + w->calls,
					b->stands ? " It still stands on another record, and what "
						    "Slack told us of it is kept as long."
						  : "")));
	return store_sweep_pace(t->store, redact_needles_end(t->arena, &names), why) &&
		store_sweep_done(t->store, w->id, why);
}

bool redact_sweep(struct turn *t, struct fail *why)
{
	struct broom b = { .turn = t };
	struct sweep *w = &b.sweep;
	bool found;

	if (!store_sweep_take(t->store, t->arena, w, &found, why))
		return false;
	if (!found || (w->begun && !w->alone))
		return true;
	if (!take_up(&b, why))
		return false;
	if (!w->begun)
		return begin(&b, why);
	if (!w->measured)
		return measure(&b, why);
	if (w->entry_at < w->entry_last)
		return do_piece(&b, SCRUB_ENTRIES, &w->entry_at, w->entry_last, &w->copies, why);
	if (w->frame_at < w->frame_last)
		return do_piece(&b, SCRUB_FRAMES, &w->frame_at, w->frame_last, &w->frames, why);
	if (w->call_at < w->call_last)
		return do_piece(&b, SCRUB_CALLS, &w->call_at, w->call_last, &w->calls, why);
	return finish(&b, why);
}
