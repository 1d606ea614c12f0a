#ifndef STORE_ALARM_H
#define STORE_ALARM_H

#include "reminder.h"
#include "store.h"

/* Alarms: part of the store, as store.h describes it. All but the taking is for a turn that holds the incident. */
struct alarm {
	const char *rule;
	int64_t item; /* the number of an action, or 0 */
	struct reminder_state state;
	int64_t due_at;         /* 0: never */
	const char *stopped_by; /* NULL: nobody */
	bool under_way;         /* Slack has not answered yet whether it is posted */
	const char *post_ts;    /* the last reminder, as long as it has its buttons */
};

bool store_alarms(struct store *, struct arena *, int64_t incident, const struct alarm **list,
	int *count, struct fail *why);
bool store_alarm_put(struct store *, int64_t incident, const struct alarm *, struct fail *why);
bool store_alarm_drop(
	struct store *, int64_t incident, const char *rule, int64_t item, struct fail *why);
/* Slack does not take them: none is due any more, until something new happens. */
bool store_alarms_mute(struct store *, int64_t incident, struct fail *why);

/* What else is to be known of an incident to remind of it. */
struct alarm_facts {
	int64_t updated_at;   /* when stakeholders were told last; 0: never */
	bool severity_chosen; /* by somebody: it is not only the default */
};
bool store_alarm_facts(struct store *, int64_t incident, struct alarm_facts *out, struct fail *why);
bool store_severity_chosen(struct store *, int64_t incident, const char *by, struct fail *why);

/* One that is due at at_us, or 0: now. Its incident is held until the turn ends. */
struct alarm_due {
	int64_t incident, item, at_us;
	const char *rule;
};
bool store_alarm_take(struct store *, struct arena *, int64_t at_us, struct alarm_due *out,
	bool *found, struct fail *why);
/* It cannot be rung now: in so many ms. */
bool store_alarm_put_off(struct store *, const struct alarm_due *, int64_t ms, struct fail *why);
/* Nothing can be said there: nobody is reminded of anything until its alarms are gone through again. */
bool store_alarms_rest(struct store *, int64_t incident, struct fail *why);
/* Each incident that somebody may be reminded of is to be looked at, soon. */
bool store_alarms_look(struct store *, int64_t at_us, struct fail *why);

/* A zone from two days before to twelve days after. */
bool store_zone_near(struct store *, struct arena *, const char *name, int64_t us, struct zone *out,
	struct fail *why);

#endif
