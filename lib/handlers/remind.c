#include "remind.h"

#include <stdlib.h>
#include <string.h>

#include "store_action.h"

static struct reminder_rule rule_of(const struct remind *r, enum reminder what)
{
	struct reminder_rule rule = reminder_rule(
		&r->turn->house->reminders, what, r->level != NULL ? r->level->remind : NULL);

	if (what == REMIND_UPDATE_DUE)
		rule.after_us = reminder_span_us(r->level != NULL ? r->level->update_every : NULL);
	return rule;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t others_said_at(const struct remind *r, const struct alarm *one)
{
	int64_t last = 0;

	for (int n = 0; n < r->count; n++)
		if (&r->list[n] != one)
			last = later(last, r->list[n].state.said_at);
	return last;
}

/* What is late is wanted now; and in working hours, where its rule says so. */
static bool in_hours(struct turn *t, const struct reminder_rule *rule, int64_t wanted, int64_t *at,
	struct fail *why)
{
	struct working_hours hours;
	struct zone zone;

	if (wanted == 0 || rule->any_hour ||
		!working_hours_read(t->house->reminders.days, t->house->reminders.hours, &hours)) {
		*at = wanted;
		return true;
	}
	wanted = later(wanted, t->now_us);
	if (!store_zone_near(t->store, t->arena, t->house->time_zone, wanted, &zone, why))
		return false;
	*at = working_hours_next(&hours, &zone, wanted);
	return true;
}

static bool due_at(struct remind *r, const struct alarm *one, int64_t *at, struct fail *why)
{
	enum reminder what = REMIND_NO_LEAD;
	struct reminder_rule rule;

	(void)reminder_find(one->rule, &what); /* it is one of ours */
	rule = rule_of(r, what);
	return in_hours(r->turn, &rule,
		reminder_wanted_at(&rule, &one->state, others_said_at(r, one)), at, why);
}

bool remind_promise(
	struct turn *t, const struct incident *i, int64_t told_at, int64_t *at, struct fail *why)
{
	const struct remind r = {
		.turn = t, .incident = i, .level = levels_of(&t->house->levels, i->severity_id)
	};
	const struct reminder_rule rule = rule_of(&r, REMIND_UPDATE_DUE);
	int64_t wanted = told_at + rule.after_us;

	*at = 0;
	if (rule.after_us == 0 || incident_is_over(i) || i->private)
		return true;
	return in_hours(t, &rule, wanted > t->now_us ? wanted : t->now_us + rule.after_us, at, why);
}

bool remind_promise_anew(struct turn *t, struct incident *i, struct fail *why)
{
	struct alarm_facts facts;

	return store_alarm_facts(t->store, i->id, &facts, why) &&
		remind_promise(
			t, i, later(i->reported_at, facts.updated_at), &i->update_due_at, why);
}

bool remind_save(struct remind *r, struct alarm *one, struct fail *why)
{
	return due_at(r, one, &one->due_at, why) &&
		store_alarm_put(r->turn->store, r->incident->id, one, why);
}

struct alarm *remind_find(struct remind *r, const char *rule, int64_t item)
{
	for (int n = 0; n < r->count; n++)
		if (strcmp(r->list[n].rule, rule) == 0 && r->list[n].item == item)
			return &r->list[n];
	return NULL;
}

/* It is not so any more, or not for the same reason. That somebody stopped it stays. */
static void begin_anew(struct remind *r, struct alarm *one)
{
	if (one->post_ts != NULL)
		remind_show(r, one, one->post_ts, "Settled.", false);
	*one = (struct alarm){ .rule = one->rule,
		.item = one->item,
		.stopped_by = one->stopped_by,
		.state.stopped = one->state.stopped };
}

static bool end(struct remind *r, struct alarm *one, struct fail *why)
{
	begin_anew(r, one);
	if (one->stopped_by != NULL)
		return remind_save(r, one, why);
	return store_alarm_drop(r->turn->store, r->incident->id, one->rule, one->item, why);
}

/* It is so since then. Only what is another by that is written. */
static bool go_on(
	struct remind *r, enum reminder what, int64_t item, int64_t since, struct fail *why)
{
	struct alarm *one = remind_find(r, reminder_name(what), item);
	int64_t at;

	if (one == NULL) {
		one = &r->list[r->count++];
		*one = (struct alarm){ .rule = reminder_name(what), .item = item };
	}
	if (one->state.since != since) {
		begin_anew(r, one);
		one->state.since = since;
		return remind_save(r, one, why);
	}
	if (!due_at(r, one, &at, why))
		return false;
	if (at == one->due_at)
		return true;
	one->due_at = at;
	return store_alarm_put(r->turn->store, r->incident->id, one, why);
}

static bool is_so(const struct remind *r, enum reminder what)
{
	const struct incident *i = r->incident;
	bool open = !incident_is_over(i);

	switch (what) {
	case REMIND_NO_LEAD: return open && i->lead == NULL;
	case REMIND_NO_SEVERITY: return open && !r->facts.severity_chosen;
	case REMIND_UPDATE_DUE: return open && r->level != NULL && r->level->update_every != NULL;
	case REMIND_STILL_OPEN: return open;
	case REMIND_REPORT_UNFINISHED:
		return i->status.kind == STATUS_RESOLVED &&
			(i->summary == NULL || i->impact == NULL);
	default: return false;
	}
}

/* Since it was first seen to be so: what was before there was a channel, or a rule, is not counted. */
static int64_t since(struct remind *r, enum reminder what)
{
	const struct alarm *one = remind_find(r, reminder_name(what), 0);
	int64_t first = one != NULL && one->state.since != 0 ? one->state.since : r->turn->now_us;

	return what == REMIND_UPDATE_DUE ? later(first, r->facts.updated_at) : first;
}

static const struct action *action_of(const struct remind *r, int64_t id)
{
	for (int n = 0; n < r->action_count; n++)
		if (r->actions[n].id == id && !r->actions[n].done && !r->actions[n].dropped &&
			r->actions[n].due_at != 0)
			return &r->actions[n];
	return NULL;
}

static bool holds(const struct remind *r, const struct alarm *one)
{
	enum reminder what;

	if (!reminder_find(one->rule, &what) || rule_of(r, what).times == 0)
		return false;
	return what == REMIND_ACTION_DUE
		? r->incident->status.kind != STATUS_CANCELLED && action_of(r, one->item) != NULL
		: is_so(r, what);
}

static bool follow_actions(struct remind *r, struct fail *why)
{
	const struct alarm any = { .rule = reminder_name(REMIND_ACTION_DUE) };

	for (int n = 0; n < r->action_count; n++) {
		struct alarm one = any;

		one.item = r->actions[n].id;
		if (holds(r, &one) &&
			!go_on(r, REMIND_ACTION_DUE, one.item, r->actions[n].due_at, why))
			return false;
	}
	return true;
}

static bool follow(struct remind *r, struct fail *why)
{
	if (r->list == NULL)
		return true;
	for (int n = 0; n < r->count; n++)
		if (r->list[n].state.since != 0 && !holds(r, &r->list[n]) &&
			!end(r, &r->list[n], why))
			return false;
	for (int n = 0; n < REMINDER_COUNT; n++) {
		enum reminder what = (enum reminder)n;
		const struct alarm one = { .rule = reminder_name(what) };

		if (what != REMIND_ACTION_DUE && holds(r, &one) &&
			!go_on(r, what, 0, since(r, what), why))
			return false;
	}
	return follow_actions(r, why);
}

static bool load(struct remind *r, struct fail *why)
{
	struct turn *t = r->turn;
	int64_t id = r->incident->id;
	const struct alarm *list;

	if (!store_alarms(t->store, t->arena, id, &list, &r->count, why) ||
		!store_actions(t->store, t->arena, id, &r->actions, &r->action_count, why) ||
		!store_alarm_facts(t->store, id, &r->facts, why))
		return false;
	r->list = arena_zeroed(t->arena,
		sizeof(*list) * ((size_t)r->count + (size_t)r->action_count + REMINDER_COUNT));
	memcpy(r->list, list, sizeof(*list) * (size_t)r->count);
	r->level = levels_of(&t->house->levels, r->incident->severity_id);
	return true;
}

bool remind_open(struct remind *r, struct turn *t, const struct incident *i, struct fail *why)
{
	*r = (struct remind){ .turn = t, .incident = i };
	/* There is nowhere to say it. */
	if (!incident_can_say(i) || i->report_only)
		return true;
	return load(r, why);
}

bool remind_follow(struct turn *t, const struct incident *i, struct fail *why)
{
	struct remind r;

	return remind_open(&r, t, i, why) && follow(&r, why);
}

/* Who waits for Slack's answer says nothing more: after an outage there is one, not a burst. */
static bool ring(struct remind *r, struct alarm *one, struct fail *why)
{
	struct turn *t = r->turn;

	one->state.said_at = t->now_us;
	if (!one->under_way) {
		if (one->post_ts != NULL)
			remind_show(
				r, one, one->post_ts, "There is a newer reminder below.", false);
		remind_say(r, one);
		one->state.count++;
		one->under_way = true;
		one->post_ts = NULL;
	}
	return remind_save(r, one, why);
}

bool remind_ring(struct turn *t, const struct due *due, struct fail *why)
{
	struct remind r;
	struct incident i;
	struct alarm *one;
	bool found;

	if (!store_incident_get(t->store, t->arena, due->incident, &i, &found, why) ||
		!store_alarm_drop(t->store, due->incident, "look", 0, why))
		return false;
	if (!found)
		return true;
	if (!remind_open(&r, t, &i, why) || !follow(&r, why))
		return false;
	one = remind_find(&r, due->rule, due->item);
	return one == NULL || one->due_at == 0 || one->due_at > t->now_us || ring(&r, one, why);
}

bool remind_look(struct turn *t, struct fail *why)
{
	return store_alarms_look(t->store, t->now_us, why);
}

/* The answer to a reminder's post. "update_due 0" is its argument. */
bool handle_reminded(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	size_t len = strcspn(a->argument, " ");
	struct incident i;
	struct remind r;
	struct alarm *one, gone = { 0 };

	if (!answer_incident(t, a, &i, why))
		return false;
	if (!a->ok)
		return answer_problem(t, &i, a, why) &&
			(!incident_can_say(&i) || store_alarms_mute(t->store, i.id, why));
	if (!remind_open(&r, t, &i, why) || !follow(&r, why))
		return false;
	gone.rule = arena_printf(t->arena, "%.*s", (int)len, a->argument);
	gone.item = strtoll(a->argument + len, NULL, 10);
	one = remind_find(&r, gone.rule, gone.item);
	/* What settled it came before it was there. */
	if (one == NULL || !one->under_way) {
		remind_show(&r, one != NULL ? one : &gone, a->ts, "Settled.", false);
		return true;
	}
	one->under_way = false;
	one->post_ts = a->ts;
	return remind_save(&r, one, why);
}

/* Somebody may have deleted our message: what is to be reminded of does not depend on it. */
bool handle_reminder_shown(struct turn *t, const struct event *ev, struct fail *why)
{
	(void)t;
	(void)ev;
	(void)why;
	return true;
}
