#ifndef CTL_H
#define CTL_H

#include "handler.h"
#include "settings.h"
#include "store.h"

/* A verb of incidentctl: argv[0] is the verb itself. It gives the exit code; for CTL_MISUSED main tells the usage. */
typedef int verb(int argc, char **argv);

enum { CTL_DONE = 0, CTL_FAILED = 1, CTL_MISUSED = 2 };

verb ctl_check_config, ctl_migrate, ctl_recover, ctl_redact, ctl_replay, ctl_report, ctl_severities,
	ctl_status;

/* $INCIDENTD_CONFIG, or where it lies otherwise. */
const char *ctl_config_path(void);

/*
 * The daemon's settings and its database: $DATABASE_URL, else its own Postgres, which must be running. What is wrong
 * has been printed when it fails. The severities file is not read: one that is being edited keeps nobody from a
 * report.
 */
struct ctl_place {
	struct settings_owner *owner;
	struct settings settings;
	char *conninfo;
};

bool ctl_place_open(struct ctl_place *);
void ctl_place_close(struct ctl_place *);

/* The levels in force, as the daemon goes by; where none are on record, those of the file. */
bool ctl_levels(const struct ctl_place *, struct store *, struct arena *, struct levels *out,
	struct fail *why);
/* What handlers know of the settings but for the levels; it borrows from them. */
struct house ctl_house(const struct settings *);

/* replay --from CONNINFO */
int ctl_replay_from(const char *conninfo);

/* The number of an incident or of what failed, as people type it: digits alone, from 1 to the largest there is. */
bool ctl_number(const char *text, int64_t *number);

/* "2026-03-26T10:00:00Z", in the arena */
const char *ctl_time(struct arena *, int64_t us);

/* Prints what went wrong; gives CTL_FAILED. */
int ctl_fail(const char *what, const struct fail *why);

#endif
