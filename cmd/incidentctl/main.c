#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "ctl.h"
#include "nearest.h"

struct row {
	const char *name;
	verb *run;
	const char *usage;
};

/* clang-format off */
static const struct row VERBS[] = {
	{ "check-config", ctl_check_config, "[PATH]  names every mistake in the settings" },
	{ "migrate",      ctl_migrate,      "             brings the schema up to date" },
	{ "report",       ctl_report,       "N [--format markdown|json]  prints an incident's report" },
	{ "replay",       ctl_replay,       "[[call] ID]  shows what failed, or runs it again" },
};
/* clang-format on */

enum { VERB_COUNT = sizeof(VERBS) / sizeof(VERBS[0]) };

static void print_usage(FILE *to)
{
	(void)fprintf(to, "usage: incidentctl VERB ...\n"); /* nowhere else to complain */
	for (int i = 0; i < VERB_COUNT; i++)
		(void)fprintf(to, "  %s %s\n", VERBS[i].name, VERBS[i].usage); /* as above */
}

static bool asks_for_help(const char *word)
{
	return strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static int refuse(const char *word)
{
	struct nearest near = { .word = word };
	const char *meant;

	for (int i = 0; i < VERB_COUNT; i++)
		nearest_try(&near, VERBS[i].name);
	meant = nearest_found(&near);
	(void)fprintf(stderr, "incidentctl: no verb '%s'%s%s%s\n", word, /* as above */
		meant != NULL ? "; did you mean '" : "", meant != NULL ? meant : "",
		meant != NULL ? "'?" : "");
	print_usage(stderr);
	return CTL_MISUSED;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		print_usage(stderr);
		return CTL_MISUSED;
	}
	if (asks_for_help(argv[1])) {
		print_usage(stdout);
		return CTL_DONE;
	}
	for (int i = 0; i < VERB_COUNT; i++)
		if (strcmp(VERBS[i].name, argv[1]) == 0)
			return VERBS[i].run(argc - 1, argv + 1);
	return refuse(argv[1]);
}
