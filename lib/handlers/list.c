#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "buf.h"
#include "handler.h"
#include "store_record.h"
#include "text.h"

/* list: the open incidents */
bool verb_list(struct turn *t, const struct command *c, struct incident *none, struct fail *why)
{
	const char *text;

	(void)none;
	if (!incidents_as_text(t, c->user, c->channel, &text, why))
		return false;
	turn_tell(t, c, text);
	return true;
}

/* nothing, in an incident's channel: its card, for the asker alone */
bool verb_card(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	const struct shown s = incident_shown(t, i);

	(void)why;
	turn_answer(t, c,
		reply_card(t->arena, &s,
			arena_printf(
				t->arena, "`%s help` lists what you can do.", t->house->slash)));
	return true;
}

/* To be read at a glance: the report has the whole. */
enum { MOMENTS_MOST = 10, MOMENT_MOST = 200, PART_MOST = 500 };

static void put_part(struct turn *t, struct buf *b, const char *name, const char *text)
{
	if (text != NULL)
		buf_printf(
			b, "\n*%s* %s", name, turn_cut(t, call_nobody(t->arena, text), PART_MOST));
}

static void put_facts(struct turn *t, struct buf *b, const struct incident *i)
{
	int64_t over_at = incident_over_at(i);

	buf_printf(b, "*%sIncident %" PRId64 ": %s*\n%s, %s, lead ", incident_mark(i), i->id,
		i->title, slack_escaped(t, i->severity_label), slack_escaped(t, i->status.label));
	if (i->lead != NULL)
		buf_printf(b, "<@%s>", i->lead);
	else
		buf_add(b, "nobody yet");
	buf_printf(b, ". Started %s, %s ", shown_moment(t->arena, i->started_at),
		over_at != 0 ? "took" : "has run for");
	text_span(b, (over_at != 0 ? over_at : t->now_us) - i->started_at);
	buf_add(b, ".");
	put_part(t, b, "Summary", i->summary);
	put_part(t, b, "Impact", i->impact);
	put_part(t, b, "Fixed by", i->fixed_by);
}

/* A message's words are not repeated: a redaction finds them where they were said. */
static bool put_moments(struct turn *t, struct buf *b, const struct incident *i, struct fail *why)
{
	struct moments m;

	if (!store_moments(t->store, t->arena, i->id, MOMENTS_MOST, &m, why))
		return false;
	buf_printf(b, "\n*Key moments*%s", m.count < m.all ? ", the last of them" : "");
	for (int n = 0; n < m.count; n++) {
		const struct entry *e = &m.list[n];

		buf_printf(b, "\n- %s", shown_moment(t->arena, e->said_at));
		if (e->author.id != NULL)
			buf_printf(b, " <@%s>", e->author.id);
		if (strcmp(e->kind, "message") == 0)
			buf_add(b, " said what was marked as a key moment");
		else
			buf_printf(b, " *%s*: %s", e->kind,
				turn_cut(t, call_nobody(t->arena, e->text), MOMENT_MOST));
	}
	return true;
}

static bool put_report(struct turn *t, struct buf *b, const struct incident *i, struct fail *why)
{
	int entries, actions;

	put_facts(t, b, i);
	if (!put_moments(t, b, i, why) || !store_counts(t->store, i->id, &entries, &actions, why))
		return false;
	buf_printf(b,
		"\nEntries in the report so far: %d; actions: %d. Where incidentd runs, `incidentctl report "
		"%" PRId64 "` prints all of it.",
		entries, actions, i->id);
	return true;
}

/* report: how it stands, what has happened, and where the whole of it is */
bool verb_report(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	struct buf b = { 0 };
	bool ok = put_report(t, &b, i, why);

	if (ok)
		turn_tell(t, c, arena_copy(t->arena, b.text));
	buf_done(&b);
	return ok;
}
