#ifndef SETTINGS_H
#define SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "fail.h"
#include "incident.h"
#include "reminder.h"

/*
 * config/incidentd.yml (how to run) and config/severities.yml (what admins edit), read through one table
 * of keys. A key may be given by environment: INCIDENTD_ and its path in capitals, which wins. Other names that begin
 * so are mistakes, like unknown keys.
 */
struct settings {
	const char *slash_command;              /* "/incident" */
	const char *announce, *reports, *admin; /* channel ids, or NULL */
	int connections;                        /* to Slack, at a time */
	const char *admins;                     /* user ids with commas between */
	const char *listen;                     /* "127.0.0.1:8080" */
	const char *base_url;                   /* or NULL */
	const char *data_dir;
	const char *ca_file; /* PEM, or NULL: the system's */
	const char *severities_file;
	int keep_frames_days;  /* how long what came from Slack is kept as it came */
	const char *time_zone; /* "Europe/London" */
	const char *mark_reactions, *action_reactions,
		*update_reactions; /* mark_name()s with commas between: "pushpin,star" */
	const char *deleted_text;  /* "keep" or "drop" */
	const char *webhook_hosts; /* as address_is_at() takes them; "": none */
	const char *webhook_urls;  /* secrets, with commas between; "": none */
	struct reminders reminders;
	struct levels levels;
};

struct settings_owner; /* the memory behind a struct settings */

/* Mistakes found, at most MOST of them, as text lines "file:line:column: wanted, got". No file is longer than BIGGEST. */
enum { SETTINGS_MOST_MISTAKES = 100, SETTINGS_BIGGEST = 1024 * 1024 };

/*
 * Reads path (incidentd.yml) and the severities file beside it. NULL when there are mistakes: all of them are in
 * *mistakes, a line each. Nothing here ends the process or prints.
 */
struct settings_owner *settings_open(const char *path, struct settings *out, struct buf *mistakes);
/* For who only looks at the record, which has the words of its levels: the severities file may be bad, or absent. */
struct settings_owner *settings_open_without_levels(
	const char *path, struct settings *out, struct buf *mistakes);
void settings_free(struct settings_owner *);

/* The severities file by itself, as it was read again or recorded. From any thread. */
levels_reader settings_levels;
bool settings_levels_file(
	struct arena *, const char *path, struct levels *out, struct buf *mistakes);

/* For fuzzing and tests: one text, as if it were the file of that name. */
bool settings_check_text(const char *text, size_t len, bool is_severities, struct buf *mistakes);

/*
 * A secret: $CREDENTIALS_DIRECTORY/name, else the file named by NAME_FILE, else $NAME. Ends of line are cut.
 * NULL when it is nowhere, or is SLACK_APP_TOKEN, SLACK_BOT_TOKEN or WEBHOOK_SECRET and not of that kind. The caller frees
 * it. It is never logged, nor in why.
 */
char *settings_secret(const char *name, struct fail *why);
/*
 * $SLACK_API_URL, or Slack's own address: https, as tokens go there, and with a slash at its end, as methods' names are put
 * behind it. NULL: it is none such. Borrowed.
 */
const char *settings_api_url(struct fail *why);
/* Webhooks or a level's page are set, which are not sent without WEBHOOK_SECRET. */
bool settings_need_webhook_secret(const struct settings *);
/* Somebody said where it is, or what; it may not be readable all the same. */
bool settings_secret_given(const char *name);

#endif
