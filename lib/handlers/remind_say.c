#include <inttypes.h>
#include <string.h>

#include "call_reminder.h"
#include "remind.h"

const char REMIND_PREFIX[] = "remind_";

enum { BUTTONS_MOST = 5, ACTION_MOST = 500 };

static enum reminder what_of(const struct alarm *one)
{
	enum reminder what = REMIND_NO_LEAD;

	(void)reminder_find(one->rule, &what); /* it is one of ours */
	return what;
}

static const struct action *action_of(const struct remind *r, const struct alarm *one)
{
	for (int n = 0; n < r->action_count; n++)
		if (r->actions[n].id == one->item)
			return &r->actions[n];
	return NULL;
}

static const char *missing(const struct incident *i)
{
	if (i->summary == NULL && i->impact == NULL)
		return "its summary and its impact";
	return i->summary == NULL ? "its summary" : "its impact";
}

const char *remind_words(struct remind *r, const struct alarm *one)
{
	struct turn *t = r->turn;
	const struct incident *i = r->incident;
	const struct action *action = action_of(r, one);

	switch (what_of(one)) {
	case REMIND_NO_LEAD: return "Nobody leads this incident yet.";
	case REMIND_NO_SEVERITY:
		return arena_printf(t->arena,
			"Nobody has said how severe this is: it counts as *%s*.",
			slack_escaped(t, i->severity_label));
	case REMIND_UPDATE_DUE: return "An update for stakeholders is due.";
	case REMIND_STILL_OPEN: return "This incident is still open. Is it over?";
	case REMIND_ACTION_DUE:
		return arena_printf(t->arena, "Action %" PRId64 " is due: %s", one->item,
			action != NULL ? turn_cut(t, action->text, ACTION_MOST) : "dropped");
	case REMIND_REPORT_UNFINISHED:
		return i->summary != NULL && i->impact != NULL
			? "The report was not finished."
			: arena_printf(t->arena, "The report lacks %s.", missing(i));
	default: return "";
	}
}

/* Whom it is said to. */
static const char *whom(const struct remind *r, const struct alarm *one)
{
	const struct incident *i = r->incident;
	const struct action *action = action_of(r, one);

	if (action != NULL && what_of(one) == REMIND_ACTION_DUE && action->assignee.id != NULL)
		return action->assignee.id;
	return i->lead != NULL ? i->lead : i->reporter;
}

/* "1 update_due 0": the incident first, as in all our buttons. */
static const char *value_of(const struct remind *r, const struct alarm *one)
{
	return arena_printf(
		r->turn->arena, "%" PRId64 " %s %" PRId64, r->incident->id, one->rule, one->item);
}

/* To do it now. The severity has a menu instead. */
static struct button deed(const struct alarm *one, const char *value)
{
	static const struct button DEEDS[REMINDER_COUNT] = {
		[REMIND_NO_LEAD] = { "lead_me", "I am the lead", NULL },
		[REMIND_UPDATE_DUE] = { "remind_update", "Send an update", NULL },
		[REMIND_STILL_OPEN] = { "remind_resolve", "Resolve", NULL },
		[REMIND_ACTION_DUE] = { "remind_done", "Done", NULL },
		[REMIND_REPORT_UNFINISHED] = { "remind_report", "Write it", NULL },
	};
	struct button b = DEEDS[what_of(one)];

	b.value = value;
	return b;
}

static void put_levels(struct remind *r, struct reminder_post *p)
{
	struct turn *t = r->turn;
	const struct levels *l = &t->house->levels;
	struct button *list = arena_zeroed(t->arena, sizeof(*list) * (size_t)(l->count + 1));

	for (int n = 0; n < l->count; n++)
		list[n] = (struct button){ .label = l->list[n].label,
			.value = arena_printf(
				t->arena, "%" PRId64 " %s", r->incident->id, l->list[n].id) };
	p->choose = "remind_severity";
	p->choices = list;
	p->choice_count = l->count;
}

static void put_buttons(struct remind *r, const struct alarm *one, struct reminder_post *p)
{
	const char *value = value_of(r, one);
	struct button *b = arena_zeroed(r->turn->arena, sizeof(*b) * BUTTONS_MOST);
	int count = 0;

	if (what_of(one) == REMIND_NO_SEVERITY)
		put_levels(r, p);
	else
		b[count++] = deed(one, value);
	b[count++] = (struct button){ "remind_snooze_30m", "Snooze 30 min", value };
	b[count++] = (struct button){ "remind_snooze_2h", "2 hours", value };
	b[count++] = (struct button){ "remind_snooze_1d", "A day", value };
	b[count++] = (struct button){ "remind_stop", "Stop", value };
	p->buttons = b;
	p->button_count = count;
}

static struct reminder_post post_of(struct remind *r, const struct alarm *one, const char *text)
{
	return (struct reminder_post){
		.incident = r->incident->id,
		.channel = r->incident->channel,
		.text = text,
		.about = arena_printf(r->turn->arena, "%s %" PRId64, one->rule, one->item),
	};
}

void remind_say(struct remind *r, const struct alarm *one)
{
	struct turn *t = r->turn;
	struct reminder_post p = post_of(
		r, one, arena_printf(t->arena, "<@%s> %s", whom(r, one), remind_words(r, one)));

	put_buttons(r, one, &p);
	turn_say(t, call_reminder(t->arena, &p));
}

void remind_show(
	struct remind *r, const struct alarm *one, const char *ts, const char *what, bool ended)
{
	struct turn *t = r->turn;
	struct reminder_post p =
		post_of(r, one, arena_printf(t->arena, "%s\n_%s_", remind_words(r, one), what));
	const struct button again = { "remind_on", "Remind again", value_of(r, one) };

	p.ts = ts;
	if (ended) {
		p.buttons = &again;
		p.button_count = 1;
	}
	turn_say(t, call_reminder(t->arena, &p));
}
