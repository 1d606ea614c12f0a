#include "store_alarm.h"

#include <stddef.h>

#include "private.h"

static struct alarm alarm_from(const struct rows *r, int row, struct arena *a)
{
	struct alarm out = {
		.rule = row_text(r, row, "rule", a),
		.item = row_int(r, row, "item"),
		.due_at = row_int(r, row, "due_at"),
		.stopped_by = row_text(r, row, "stopped_by", a),
		.under_way = row_bool(r, row, "under_way"),
		.post_ts = row_text(r, row, "post_ts", a),
		.state = {
			.since = row_int(r, row, "since"),
			.said_at = row_int(r, row, "said_at"),
			.snoozed_until = row_int(r, row, "snoozed_until"),
			.count = (int)row_int(r, row, "count"),
		},
	};

	out.state.stopped = out.stopped_by != NULL;
	return out;
}

bool store_alarms(struct store *s, struct arena *a, int64_t incident, const struct alarm **list,
	int *count, struct fail *why)
{
	struct rows rows;
	struct alarm *found;

	if (!db_run(s->db, STMT_ALARMS, ARGS(NUMBER(incident)), &rows, why))
		return false;
	found = arena_zeroed(a, sizeof(*found) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		found[i] = alarm_from(&rows, i, a);
	*list = found;
	*count = rows.count;
	rows_done(&rows);
	return true;
}

bool store_alarm_put(struct store *s, int64_t incident, const struct alarm *one, struct fail *why)
{
	const struct reminder_state *state = &one->state;

	return store_change(s, STMT_ALARM_PUT,
		ARGS(NUMBER(incident), TEXT(one->rule), NUMBER(one->item), NUMBER(state->since),
			NUMBER(one->due_at), NUMBER(state->count), NUMBER(state->said_at),
			NUMBER(state->snoozed_until), TEXT(one->stopped_by), BOOL(one->under_way),
			TEXT(one->post_ts)),
		why);
}

bool store_alarm_drop(
	struct store *s, int64_t incident, const char *rule, int64_t item, struct fail *why)
{
	return store_change(
		s, STMT_ALARM_DROP, ARGS(NUMBER(incident), TEXT(rule), NUMBER(item)), why);
}

bool store_alarms_mute(struct store *s, int64_t incident, struct fail *why)
{
	return store_change(s, STMT_ALARMS_MUTE, ARGS(NUMBER(incident)), why);
}

bool store_alarms_rest(struct store *s, int64_t incident, struct fail *why)
{
	return store_change(s, STMT_ALARMS_REST, ARGS(NUMBER(incident)), why);
}

bool store_alarm_facts(struct store *s, int64_t incident, struct alarm_facts *out, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_ALARM_FACTS, ARGS(NUMBER(incident)), &rows, why))
		return false;
	*out = (struct alarm_facts){
		.updated_at = row_int(&rows, 0, "updated_at"),
		.severity_chosen = row_bool(&rows, 0, "severity_chosen"),
	};
	rows_done(&rows);
	return true;
}

bool store_severity_chosen(struct store *s, int64_t incident, const char *by, struct fail *why)
{
	return store_change(s, STMT_SEVERITY_CHOSEN, ARGS(NUMBER(incident), TEXT(by)), why);
}

bool store_alarm_take(struct store *s, struct arena *a, int64_t at_us, struct alarm_due *out,
	bool *found, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_ALARM_TAKE, ARGS(NUMBER(at_us)), &rows, why))
		return false;
	*found = rows.count == 1;
	if (*found)
		*out = (struct alarm_due){
			.incident = row_int(&rows, 0, "incident"),
			.item = row_int(&rows, 0, "item"),
			.at_us = row_int(&rows, 0, "at_us"),
			.rule = row_text(&rows, 0, "rule", a),
		};
	rows_done(&rows);
	return true;
}

bool store_alarm_put_off(struct store *s, const struct alarm_due *due, int64_t ms, struct fail *why)
{
	return store_change(s, STMT_ALARM_PUT_OFF,
		ARGS(NUMBER(due->incident), TEXT(due->rule), NUMBER(due->item), NUMBER(ms)), why);
}

bool store_alarms_look(struct store *s, int64_t at_us, struct fail *why)
{
	return store_change(s, STMT_ALARMS_LOOK, ARGS(NUMBER(at_us)), why);
}

bool store_zone_near(struct store *s, struct arena *a, const char *name, int64_t us,
	struct zone *out, struct fail *why)
{
	struct rows rows;
	struct zone_change *changes;

	if (!db_run(s->db, STMT_ZONE_NEAR, ARGS(TEXT(name), NUMBER(us)), &rows, why))
		return false;
	changes = arena_zeroed(a, sizeof(*changes) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		changes[i] = (struct zone_change){ row_int(&rows, i, "at"),
			row_int(&rows, i, "offset_s") };
	*out = (struct zone){ name, changes, rows.count };
	rows_done(&rows);
	return true;
}
