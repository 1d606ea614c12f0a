#include "record.h"

#include <string.h>

#include "redact.h"
#include "small_print.h"
#include "text.h"

/* Our clock and Slack's may differ so much: what a reading says counts from that much earlier on. */
static const int64_t READING_MARGIN_US = 5000000;
static const int64_t SECOND_US = 1000000;

static bool same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

struct us us_of(const struct event *ev)
{
	return (struct us){ .user = ev->self, .app = ev->app };
}

bool record_is_ours(const struct us *us, const struct message *m)
{
	return same(m->app, us->app) || same(m->user, us->user) || same(m->bot, us->bot);
}

struct sighting sighting_of(const struct turn *t, const struct event *ev, const char *at)
{
	int64_t moment = slack_moment(at);

	return (struct sighting){
		.provenance = ev->retry > 0 ? "retry" : "live",
		.source = ev->key,
		.at_us = moment != 0 ? moment : t->now_us,
	};
}

int64_t record_moment(const struct sighting *seen)
{
	return seen->asked_at ? seen->at_us - READING_MARGIN_US : seen->at_us;
}

/* But a text is not older than the second of its edition, which Slack's own clock has given. */
static int64_t text_moment(const struct sighting *seen, int64_t edition)
{
	int64_t moment = record_moment(seen), end = (edition / SECOND_US + 1) * SECOND_US;

	if (seen->asked_at == 0 || moment >= end)
		return moment;
	return end < seen->at_us ? end : seen->at_us;
}

/* Some shapes leave out all but the ts: they tell of a message without showing it. */
static bool is_shown(const struct message *m)
{
	return m->text != NULL || m->rich != NULL || m->file_count > 0;
}

static struct said said_of(const struct message *m, const struct sighting *seen)
{
	bool bot = m->bot != NULL || m->user == NULL;
	struct said told = { .kind = "message", .channel = m->channel, .ts = m->ts };

	/* Pages of history say so of one that has replies, the message itself could not. */
	told.thread = same(m->thread, m->ts) ? NULL : m->thread;
	told.broadcast = m->broadcast;
	if (m->tombstone || !is_shown(m))
		return told;
	told.kind = entry_kind(m->subtype);
	told.subtype = m->subtype;
	told.author =
		(struct person){ m->user != NULL ? m->user : m->bot, bot ? m->bot_name : NULL };
	told.edited_at = slack_moment(m->edited);
	told.sight = (struct sight){
		.edition = sight_edition(m->ts, m->edited),
		.moment = text_moment(seen, sight_edition(m->ts, m->edited)),
		.before = seen->before,
		.text = m->text != NULL ? m->text : "",
		.rich = m->rich,
	};
	return told;
}

static bool shows_the_same(const struct sight *a, const struct sight *b)
{
	return text_unchanged(
		&(struct written){ a->text, a->rich }, &(struct written){ b->text, b->rich });
}

/* Some moment earlier was told already: a reading adds only what is otherwise now. */
static void leave_out_known(struct said *told, const struct said *known)
{
	if (told->sight.text != NULL && shows_the_same(&told->sight, &known->sight) &&
		told->sight.edition == known->sight.edition)
		told->sight.text = NULL;
	if (told->pinned == known->pinned)
		told->pinned_at = 0;
}

static void close_text(struct said *m)
{
	if (!m->closed)
		return;
	if (m->sight.text != NULL)
		m->sight.text = "";
	m->sight.rich = NULL;
}

/* The row was there: what is told is put to it. */
static bool learn_more(struct turn *t, struct place *p, struct said *told,
	const struct sighting *seen, struct fail *why)
{
	struct said_row row;
	struct said known;
	struct sight older;
	bool told_text;

	if (!store_said_get(t->store, t->arena, p->incident, told->channel, told->ts, &row, why))
		return false;
	known = row.said;
	p->entry = row.entry;
	p->reactions_at = row.reactions_at;
	if (p->entry == 0)
		return fail_set(why, FAIL_LATER, "the row of a message is gone");
	if (seen->asked_at)
		leave_out_known(told, &known);
	told->closed = t->house->drop_deleted && said_is_gone(&known, told);
	told_text = told->sight.text != NULL;
	told->edit_recovered = seen->asked_at != 0;
	told->revised = told_text && known.sight.text != NULL && !known.closed &&
		!shows_the_same(&told->sight, &known.sight);
	p->changed = said_learn(&known, told, &older);
	close_text(&known);
	if (p->changed && !store_said_save(t->store, p->incident, p->entry, &known, why))
		return false;
	if (older.text != NULL && !known.closed &&
		!store_revision_add(t->store, p->incident, p->entry, &older, seen->provenance, why))
		return false;
	if (told_text && seen->source != NULL &&
		!store_heard_add(t->store, p->incident, p->entry, seen->source, why))
		return false;
	return !known.closed || (!p->changed && !told_text) ||
		redact_forget(
			t->store, t->arena, p->incident, p->entry, told->channel, told->ts, why);
}

bool record_learn(struct turn *t, struct place *p, const struct said *news,
	const struct sighting *seen, struct fail *why)
{
	struct said told = *news;
	const struct teller by = { seen->provenance, seen->source, t->now_us };

	told.closed = t->house->drop_deleted && told.surely;
	close_text(&told);
	if (!store_said_add(t->store, p->incident, &told, &by, &p->entry, why))
		return false;
	p->is_new = p->changed = p->entry != 0;
	if (p->is_new)
		return !told.closed ||
			redact_forget(t->store, t->arena, p->incident, p->entry, told.channel,
				told.ts, why);
	told = *news;
	return learn_more(t, p, &told, seen, why);
}

static bool put_files(struct turn *t, const struct place *p, const struct message *m,
	const struct sighting *seen, struct fail *why)
{
	for (int i = 0; i < m->file_count; i++) {
		const struct message_file *f = &m->files[i];
		struct file_facts facts = { f->id, f->name, f->permalink, f->mimetype, f->bytes,
			record_moment(seen), f->gone ? record_moment(seen) : 0 };

		if (f->id == NULL)
			continue;
		if (!store_file_put(t->store, p->incident, p->entry, &facts, why) ||
			!store_file_of(t->store, p->incident, p->entry, f->id, why))
			return false;
	}
	return true;
}

/* What an app says under a name of its own needs no other. */
static bool meet_all(struct turn *t, const struct message *m, struct fail *why)
{
	const char *author = m->user == NULL && m->bot_name == NULL ? m->bot : m->user;

	return turn_meet(t, author, why) && turn_meet_named(t, m->text, m->rich, why);
}

/* Who made the channel public may not have thought of what was said in it: of the incident nothing is told by itself. */
static bool stays_private(struct turn *t, const struct incident *i, struct fail *why)
{
	return incident_note(t, i, NULL, "private",
		"This channel is public now, and everybody can read it. The incident stays private: it is "
		"announced nowhere, and from elsewhere only who reported or leads it reaches it.",
		why);
}

/*
 * What Slack says in the incident's own channel stands for the event that tells of the same. Both may come at once, each
 * to another daemon: the lock has one of them see what the other did.
 */
static bool small_print(
	struct turn *t, const struct place *p, const struct said *told, struct fail *why)
{
	struct incident i;
	bool found;

	if (strcmp(told->kind, "message") == 0)
		return true;
	if (!store_incident_get(t->store, t->arena, p->incident, &i, &found, why))
		return false;
	if (!found || i.channel == NULL || strcmp(i.channel, told->channel) != 0)
		return true;
	if (told->subtype != NULL && strcmp(told->subtype, "channel_convert_to_public") == 0 &&
		i.private && p->is_new && !stays_private(t, &i, why))
		return false;
	if (told->subtype != NULL && strcmp(told->subtype, "channel_convert_to_private") == 0 &&
		!incident_hide(t, p->incident, why))
		return false;
	return store_life_said(t->store, p->incident, p->entry, why);
}

bool record_message(struct turn *t, int64_t incident, const struct message *m,
	const struct sighting *seen, enum news *news, struct fail *why)
{
	struct place p = { .incident = incident };
	struct said told = said_of(m, seen);

	if (m->tombstone) {
		told.deleted_at = seen->at_us;
		told.deleted_how = seen->provenance;
		told.surely = true;
	}
	if (seen->asked_at) {
		told.shown_at = m->tombstone ? 0 : seen->at_us;
		told.pinned = m->pinned;
		told.pinned_at = record_moment(seen);
	}
	if (!m->tombstone && !meet_all(t, m, why))
		return false;
	if (!record_learn(t, &p, &told, seen, why))
		return false;
	*news = p.is_new ? NEWS_ALL : p.changed ? NEWS_MORE : NEWS_NONE;
	if (p.changed && !p.is_new &&
		(!record_made(t, &p, why) ||
			!record_action_follows(
				t, &p, m->edited_by != NULL ? m->edited_by : m->user, why)))
		return false;
	/* A message that says nothing new may still name a file of which a reading saw only that it is gone. */
	if (!put_files(t, &p, m, seen, why) || (p.changed && !small_print(t, &p, &told, why)))
		return false;
	return !seen->asked_at || record_reactions_read(t, &p, m, seen, why);
}

bool record_deletion(struct turn *t, int64_t incident, const struct message *was,
	const struct sighting *seen, struct fail *why)
{
	struct place p = { .incident = incident };
	struct sighting just_before = *seen;
	struct said told;

	just_before.before = true;
	told = said_of(was, &just_before);
	told.deleted_at = seen->at_us;
	told.deleted_how = seen->provenance;
	told.surely = seen->asked_at == 0;
	return (was->tombstone || meet_all(t, was, why)) && record_learn(t, &p, &told, seen, why) &&
		put_files(t, &p, was, seen, why);
}
