#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ctl.h"
#include "embedded.h"
#include "store_levels.h"

const char *ctl_config_path(void)
{
	const char *path = getenv("INCIDENTD_CONFIG");

	return path != NULL && *path != '\0' ? path : "/etc/incidentd/incidentd.yml";
}

bool ctl_number(const char *text, int64_t *number)
{
	long long read;

	if (*text == '\0' || text[strspn(text, "0123456789")] != '\0')
		return false;
	errno = 0;
	read = strtoll(text, NULL, 10);
	if (errno != 0 || read <= 0)
		return false;
	*number = read;
	return true;
}

const char *ctl_time(struct arena *a, int64_t us)
{
	time_t s = (time_t)(us / 1000000);
	struct tm utc;
	char text[32];

	if (gmtime_r(&s, &utc) == NULL || strftime(text, sizeof(text), "%FT%TZ", &utc) == 0)
		return "?";
	return arena_copy(a, text);
}

int ctl_fail(const char *what, const struct fail *why)
{
	(void)fprintf(stderr, "incidentctl %s: %s\n", what, why->text); /* nowhere else to say it */
	return CTL_FAILED;
}

bool ctl_place_open(struct ctl_place *p)
{
	struct buf mistakes = { 0 };
	struct fail why;

	*p = (struct ctl_place){ 0 };
	p->owner = settings_open_without_levels(ctl_config_path(), &p->settings, &mistakes);
	if (p->owner == NULL)
		(void)fputs(mistakes.text, stderr); /* nowhere else to say it */
	buf_done(&mistakes);
	if (p->owner == NULL)
		return false;
	p->conninfo = settings_secret_given("DATABASE_URL")
		? settings_secret("DATABASE_URL", &why)
		: embedded_find(p->settings.data_dir, &why);
	if (p->conninfo != NULL)
		return true;
	(void)ctl_fail("database", &why); /* its code is our caller's to give */
	ctl_place_close(p);
	return false;
}

void ctl_place_close(struct ctl_place *p)
{
	settings_free(p->owner);
	free(p->conninfo);
	*p = (struct ctl_place){ 0 };
}

bool ctl_levels(const struct ctl_place *p, struct store *s, struct arena *a, struct levels *out,
	struct fail *why)
{
	const char *file = p->settings.severities_file;
	struct levels_revision r;
	struct buf mistakes = { 0 };
	bool found, good;

	if (!store_levels_in_force(s, a, &r, &found, why))
		return false;
	good = found ? settings_levels(a, r.file, r.text, strlen(r.text), out, &mistakes)
		     : settings_levels_file(a, file, out, &mistakes);
	if (!good)
		(void)fputs(mistakes.text, stderr); /* nowhere else to say it */
	buf_done(&mistakes);
	return good ||
		fail_set(why, FAIL_REFUSED, "the levels of %s cannot be read",
			found ? "another version" : file);
}

struct house ctl_house(const struct settings *s)
{
	return (struct house){
		.slash = s->slash_command,
		.announce = s->announce,
		.reports = s->reports,
		.admin = s->admin,
		.admins = s->admins,
		.time_zone = s->time_zone,
		.marks = s->mark_reactions,
		.action_marks = s->action_reactions,
		.update_marks = s->update_reactions,
		.reminders = s->reminders,
		.drop_deleted = strcmp(s->deleted_text, "drop") == 0,
	};
}
