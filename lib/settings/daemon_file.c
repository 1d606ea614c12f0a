#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "address.h"
#include "files.h"
#include "nearest.h"
#include "values.h"

enum { KEEP_FRAMES_DAYS = 30, CONNECTIONS = 2 };

#define AT(member) offsetof(struct settings, member)

/* clang-format off */
static const struct key KEYS[] = {
	{ "slash_command",     value_slash_command, AT(slash_command),   KEY_MAY, "/incident" },
	{ "channels.announce", value_channel,       AT(announce),        KEY_MAY, NULL },
	{ "channels.reports",  value_channel,       AT(reports),         KEY_MAY, NULL },
	{ "channels.admin",    value_channel,       AT(admin),           KEY_MAY, NULL },
	{ "connections",       value_connections,   AT(connections),     KEY_MAY, NULL },
	{ "admins",            value_users,         AT(admins),          KEY_MAY, "" },
	{ "web.listen",        value_address,       AT(listen),          KEY_MAY, "127.0.0.1:8080" },
	{ "web.base_url",      value_web,           AT(base_url),        KEY_MAY, NULL },
	{ "data_dir",          value_path,          AT(data_dir),        KEY_MAY, "/var/lib/incidentd" },
	{ "ca_file",           value_path,          AT(ca_file),         KEY_MAY, NULL },
	{ "time_zone",         value_time_zone,     AT(time_zone),       KEY_MAY, "UTC" },
	{ "severities_file",   value_path,          AT(severities_file), KEY_MAY, "severities.yml" },
	{ "keep.frames",       value_days,          AT(keep_frames_days), KEY_MAY, NULL },
	{ "record.mark_reactions",   value_marks,   AT(mark_reactions),   KEY_MAY, "pushpin,round_pushpin" },
	{ "record.action_reactions", value_marks,   AT(action_reactions), KEY_MAY, "" },
	{ "record.update_reactions", value_marks,   AT(update_reactions), KEY_MAY, "" },
	{ "record.deleted_text",     value_kept,    AT(deleted_text),     KEY_MAY, "keep" },
	{ "webhooks.allow",          value_hosts,   AT(webhook_hosts),    KEY_MAY, "" },
	{ "webhooks.send",           value_webhooks, AT(webhook_urls),    KEY_MAY, "" },
	{ "reminders.days",  value_work_days,  AT(reminders.days),  KEY_MAY, "mon,tue,wed,thu,fri" },
	{ "reminders.hours", value_work_hours, AT(reminders.hours), KEY_MAY, "09:00-17:30" },
	{ "reminders.no_lead.after", value_duration, AT(reminders.rules[REMIND_NO_LEAD].after), KEY_MAY, "10m" },
	{ "reminders.no_lead.every", value_duration, AT(reminders.rules[REMIND_NO_LEAD].every), KEY_MAY, "30m" },
	{ "reminders.no_lead.times", value_times, AT(reminders.rules[REMIND_NO_LEAD].times), KEY_MAY, "3" },
	{ "reminders.no_lead.hours", value_hours, AT(reminders.rules[REMIND_NO_LEAD].hours), KEY_MAY, "working" },
	{ "reminders.no_severity.after", value_duration, AT(reminders.rules[REMIND_NO_SEVERITY].after), KEY_MAY, "15m" },
	{ "reminders.no_severity.every", value_duration, AT(reminders.rules[REMIND_NO_SEVERITY].every), KEY_MAY, "1h" },
	{ "reminders.no_severity.times", value_times, AT(reminders.rules[REMIND_NO_SEVERITY].times), KEY_MAY, "2" },
	{ "reminders.no_severity.hours", value_hours, AT(reminders.rules[REMIND_NO_SEVERITY].hours), KEY_MAY, "working" },
	{ "reminders.update_due.every", value_duration, AT(reminders.rules[REMIND_UPDATE_DUE].every), KEY_MAY, "30m" },
	{ "reminders.update_due.times", value_times, AT(reminders.rules[REMIND_UPDATE_DUE].times), KEY_MAY, "3" },
	{ "reminders.update_due.hours", value_hours, AT(reminders.rules[REMIND_UPDATE_DUE].hours), KEY_MAY, "working" },
	{ "reminders.still_open.after", value_duration, AT(reminders.rules[REMIND_STILL_OPEN].after), KEY_MAY, "1d" },
	{ "reminders.still_open.every", value_duration, AT(reminders.rules[REMIND_STILL_OPEN].every), KEY_MAY, "1d" },
	{ "reminders.still_open.times", value_times, AT(reminders.rules[REMIND_STILL_OPEN].times), KEY_MAY, "5" },
	{ "reminders.still_open.hours", value_hours, AT(reminders.rules[REMIND_STILL_OPEN].hours), KEY_MAY, "working" },
	{ "reminders.action_due.every", value_duration, AT(reminders.rules[REMIND_ACTION_DUE].every), KEY_MAY, "1d" },
	{ "reminders.action_due.times", value_times, AT(reminders.rules[REMIND_ACTION_DUE].times), KEY_MAY, "3" },
	{ "reminders.action_due.hours", value_hours, AT(reminders.rules[REMIND_ACTION_DUE].hours), KEY_MAY, "working" },
	{ "reminders.report_unfinished.after", value_duration, AT(reminders.rules[REMIND_REPORT_UNFINISHED].after), KEY_MAY, "1d" },
	{ "reminders.report_unfinished.every", value_duration, AT(reminders.rules[REMIND_REPORT_UNFINISHED].every), KEY_MAY, "2d" },
	{ "reminders.report_unfinished.times", value_times, AT(reminders.rules[REMIND_REPORT_UNFINISHED].times), KEY_MAY, "3" },
	{ "reminders.report_unfinished.hours", value_hours, AT(reminders.rules[REMIND_REPORT_UNFINISHED].hours), KEY_MAY, "working" },
};
/* clang-format on */

static const struct schema SCHEMA = { KEYS, sizeof(KEYS) / sizeof(KEYS[0]) };

void daemon_defaults(struct settings *out)
{
	schema_defaults(&SCHEMA, out);
	out->keep_frames_days = KEEP_FRAMES_DAYS;
	out->connections = CONNECTIONS;
}

/* The mark at the head of list, and the rest of the list; NULL: there is no more. */
static const char *next_mark(struct reading *r, const char **list)
{
	size_t len = *list != NULL ? strcspn(*list, ",") : 0;
	const char *mark = len > 0 ? arena_printf(r->arena, "%.*s", (int)len, *list) : NULL;

	if (mark != NULL)
		*list += len + ((*list)[len] == ',');
	return mark;
}

struct marks {
	const char *name, *list;
	struct place place;
};

/* Whoever gives both lists is shown the second. */
static void check_pair(struct reading *r, const struct marks *one, const struct marks *two)
{
	const char *first = one->list, *mark;

	while ((mark = next_mark(r, &first)) != NULL) {
		const char *second = two->list, *other;

		while ((other = next_mark(r, &second)) != NULL)
			if (strcmp(mark, other) == 0)
				(void)mistake_add(r->mistakes, two->place,
					"'%s' cannot be in both %s and %s", mark, one->name,
					two->name);
	}
}

enum { MARKS, ACTIONS, UPDATES, MARK_LISTS };

/* A reaction does one thing. */
static void check_marks(
	struct reading *r, const struct place places[MARK_LISTS], const struct settings *s)
{
	const struct marks lists[MARK_LISTS] = {
		[MARKS] = { "record.mark_reactions", s->mark_reactions, places[MARKS] },
		[ACTIONS] = { "record.action_reactions", s->action_reactions, places[ACTIONS] },
		[UPDATES] = { "record.update_reactions", s->update_reactions, places[UPDATES] },
	};

	check_pair(r, &lists[MARKS], &lists[ACTIONS]);
	check_pair(r, &lists[MARKS], &lists[UPDATES]);
	check_pair(r, &lists[ACTIONS], &lists[UPDATES]);
}

static struct place place_of(const struct node *record, const char *name)
{
	const struct node *list = record != NULL ? tree_member(record, name) : NULL;

	return list != NULL ? list->place : (struct place){ 0 };
}

void daemon_read(struct reading *r, const struct node *root, struct settings *out)
{
	const struct node *record = tree_member(root, "record");
	const struct place places[MARK_LISTS] = {
		[ACTIONS] = place_of(record, "action_reactions"),
		[UPDATES] = place_of(record, "update_reactions"),
	};

	schema_read(r, root, &SCHEMA, "", out);
	check_marks(r, places, out);
}

#define PREFIX "INCIDENTD_"

/* What else begins so: these name no key of the file. */
static const char *const OTHERS[] = { "CONFIG", "DEBUG" };

/* Kubernetes sets these in every pod beside a service that is called incidentd. */
static const char *const FOREIGN[] = { "SERVICE_", "PORT_", "PORT=" };

/* "$INCIDENTD_CHANNELS_ANNOUNCE" for channels.announce: as mistakes show it, the name from its second letter. */
static const char *variable_for(struct reading *r, const char *key)
{
	char *name = arena_printf(r->arena, "$" PREFIX "%s", key);

	for (char *p = name; *p != '\0'; p++)
		if (*p == '.')
			*p = '_';
		else if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	return name;
}

/* An empty variable is one that is not set. */
static void read_key(struct reading *r, const struct key *key, struct settings *out)
{
	const char *name = variable_for(r, key->name), *text = getenv(name + 1);
	struct node n = { .kind = NODE_TEXT, .place = { .file = name }, .quoted = true };

	if (text == NULL || text[0] == '\0')
		return;
	n.text = arena_copy(r->arena, text);
	if (shape_shown(text))
		key->read(r, &n, key->name, (char *)out + key->offset);
	else
		(void)mistake_add(r->mistakes, n.place, "control characters are not allowed");
}

/* A variable of a service: named by its beginning, or, when that ends with '=', whole. */
static bool is_foreign(const char *variable)
{
	for (size_t i = 0; i < sizeof(FOREIGN) / sizeof(FOREIGN[0]); i++)
		if (strncmp(variable, FOREIGN[i], strlen(FOREIGN[i])) == 0)
			return true;
	return false;
}

/* variable: "CHANELS_ANNOUNCE=..." Its value is not told: nobody knows what it is. */
static void check_name(struct reading *r, const char *variable)
{
	const char *name = arena_printf(r->arena, "%.*s", (int)strcspn(variable, "="), variable);
	struct nearest near = { .word = name };
	const char *meant;

	for (size_t i = 0; i < SCHEMA.count; i++)
		nearest_try(&near, variable_for(r, KEYS[i].name) + sizeof("$" PREFIX) - 1);
	for (size_t i = 0; i < sizeof(OTHERS) / sizeof(OTHERS[0]); i++)
		nearest_try(&near, OTHERS[i]);
	meant = nearest_found(&near);
	if (meant != NULL && strcmp(meant, name) == 0)
		return;
	(void)mistake_add(r->mistakes,
		(struct place){ .file = arena_printf(r->arena, "$" PREFIX "%s", name) },
		"no setting has this name%s%s%s", meant != NULL ? "; did you mean $" PREFIX : "",
		meant != NULL ? meant : "", meant != NULL ? "?" : "");
}

void daemon_read_environment(struct reading *r, struct settings *out)
{
	struct settings before = *out;

	for (size_t i = 0; i < SCHEMA.count; i++)
		read_key(r, &KEYS[i], out);
	if (out->action_reactions != before.action_reactions ||
		out->update_reactions != before.update_reactions ||
		out->mark_reactions != before.mark_reactions)
		check_marks(r,
			(const struct place[MARK_LISTS]){
				[ACTIONS] = { .file = "$" PREFIX "RECORD_ACTION_REACTIONS" },
				[UPDATES] = { .file = "$" PREFIX "RECORD_UPDATE_REACTIONS" } },
			out);
	for (char **v = environ; *v != NULL; v++) {
		const char *variable = *v + sizeof(PREFIX) - 1;

		if (strncmp(*v, PREFIX, sizeof(PREFIX) - 1) == 0 && !is_foreign(variable) &&
			variable[strcspn(variable, "=")] != '\0' &&
			variable[strcspn(variable, "=") + 1] != '\0')
			check_name(r, variable);
	}
}

/* Which one it is, is told by its number: an address may be a secret. */
void daemon_check_webhooks(struct reading *r, const struct node *root, const struct settings *s)
{
	const struct node *part = root != NULL ? tree_member(root, "webhooks") : NULL;
	const struct node *send = part != NULL ? tree_member(part, "send") : NULL;
	const struct place place =
		send != NULL ? send->place : (struct place){ .file = "$" PREFIX "WEBHOOKS_SEND" };
	int i = 0;

	for (const char *list = s->webhook_urls; *list != '\0'; i++) {
		size_t len = strcspn(list, ",");

		if (!address_is_at(
			    arena_printf(r->arena, "%.*s", (int)len, list), s->webhook_hosts))
			(void)mistake_add(r->mistakes, place,
				"webhooks.send[%d] leads to a host that webhooks.allow does not name",
				i);
		list += len + (list[len] == ',');
	}
}
