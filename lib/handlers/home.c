#include <inttypes.h>

#include "action.h"
#include "call_home.h"
#include "handler.h"
#include "store_action.h"

/* The home tab: what is open, as far as this person may see it, and what they have to do. */
enum { INCIDENTS_MOST = 40, ACTIONS_MOST = 40, TITLE_MOST = 150, TEXT_MOST = 200 };

struct lines {
	const char *list[HOME_LINES_MOST + 1];
	int count;
};

static void put(struct lines *l, const char *line)
{
	if (l->count < HOME_LINES_MOST)
		l->list[l->count++] = line;
}

static const char *incident_line(struct turn *t, const struct incident *i)
{
	return arena_printf(t->arena, "*%" PRId64 "* [%s] %s (%s)%s%s%s%s%s%s", i->id,
		slack_escaped(t, i->severity_label), turn_cut(t, i->title, TITLE_MOST),
		slack_escaped(t, i->status.label), i->lead != NULL ? ", led by <@" : "",
		i->lead != NULL ? i->lead : "", i->lead != NULL ? ">" : "",
		i->channel != NULL ? " <#" : "", i->channel != NULL ? i->channel : "",
		i->channel != NULL ? ">" : "");
}

static bool put_incidents(struct turn *t, const char *user, struct lines *l, struct fail *why)
{
	const struct incident *list;
	int count;

	if (!incidents_reached(t, user, user, &list, &count, why))
		return false;
	put(l, count == 0 ? "No incident is open." : "*Open incidents*");
	for (int n = 0; n < count && n < INCIDENTS_MOST; n++)
		put(l, incident_line(t, &list[n]));
	if (count > INCIDENTS_MOST)
		put(l,
			arena_printf(t->arena, "and %d more: `%s list`", count - INCIDENTS_MOST,
				t->house->slash));
	return true;
}

static bool put_action(
	struct turn *t, const struct action_of *one, struct lines *l, struct fail *why)
{
	struct action bare = one->action;
	const char *tail;

	bare.assignee.id = NULL; /* it is who reads it */
	if (!action_tail(t, &bare, &tail, why))
		return false;
	put(l,
		arena_printf(t->arena, "*%" PRId64 "* of incident %" PRId64 ", %s: %s%s", bare.id,
			one->about.id, turn_cut(t, one->about.title, TITLE_MOST),
			turn_cut(t, bare.text, TEXT_MOST), tail));
	return true;
}

static bool put_actions(struct turn *t, const char *user, struct lines *l, struct fail *why)
{
	const struct action_of *list;
	int count, shown = 0;
	bool reaches;

	if (!store_actions_of(t->store, t->arena, user, &list, &count, why))
		return false;
	for (int n = 0; n < count && shown < ACTIONS_MOST; n++) {
		if (!turn_reaches(t, &list[n].about, user, user, &reaches, why))
			return false;
		if (!reaches)
			continue;
		if (shown++ == 0)
			put(l, "*Your actions*");
		if (!put_action(t, &list[n], l, why))
			return false;
	}
	if (shown == 0)
		put(l, "No action is yours.");
	return true;
}

bool handle_home(struct turn *t, const struct event *ev, struct fail *why)
{
	struct lines l = { 0 };
	struct call *c;

	if (!put_incidents(t, ev->as.home.user, &l, why) ||
		!put_actions(t, ev->as.home.user, &l, why))
		return false;
	c = call_home(t->arena,
		&(struct home){
			.user = ev->as.home.user, .lines = l.list, .mark = ev->as.home.mark });
	if (c != NULL)
		turn_say(t, c);
	return true;
}
