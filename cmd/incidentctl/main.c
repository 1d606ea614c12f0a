#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "ctl.h"
#include "nearest.h"

struct row {
	const char *name;
	verb *run;
	const char *arguments, *what;
};

/* clang-format off */
static const struct row VERBS[] = {
	{ "check-config", ctl_check_config, "[PATH]",                     "names every mistake in the settings" },
	{ "migrate",      ctl_migrate,      "",                           "brings the schema up to date" },
	{ "redact",       ctl_redact,       "N ENTRY... --reason TEXT --by NAME", "takes what was said out of the record" },
	{ "report",       ctl_report,       "N [--format F] [--template T] [--key-moments] [--since TIME] [--timezone ZONE]", "prints an incident's report" },
	{ "recover",      ctl_recover,      "N",                          "compares an incident's channel with Slack's history" },
	{ "severities",   ctl_severities,   "list | diff [PATH] | history", "shows the levels in force, what an edit would change, and what became of them" },
	{ "status",       ctl_status,       "",                           "says who watches, and how far the readings are" },
	{ "replay",       ctl_replay,       "[[call] ID | --from CONNINFO]", "runs again what failed, or all of another database" },
};
/* clang-format on */

enum { VERB_COUNT = sizeof(VERBS) / sizeof(VERBS[0]) };

/* To a stream that is closed there is nothing to say, here and below. */
static void print_usage(FILE *to)
{
	(void)fprintf(to, "usage: incidentctl VERB ...\n");
	for (int i = 0; i < VERB_COUNT; i++)
		(void)fprintf(to, "  %-12s %-26s  %s\n", VERBS[i].name, VERBS[i].arguments,
			VERBS[i].what);
}

static void print_one_usage(FILE *to, const struct row *row)
{
	(void)fprintf(to, "usage: incidentctl %s%s%s\n", row->name,
		row->arguments[0] != '\0' ? " " : "", row->arguments);
}

static bool asks_for_help(const char *word)
{
	return strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* A verb that was called wrongly leaves the telling to us. */
static int run(const struct row *row, int argc, char **argv)
{
	int code;

	if (argc == 2 && asks_for_help(argv[1])) {
		print_one_usage(stdout, row);
		return CTL_DONE;
	}
	code = row->run(argc, argv);
	if (code == CTL_MISUSED)
		print_one_usage(stderr, row);
	return code;
}

static int refuse(const char *word)
{
	struct nearest near = { .word = word };
	const char *meant;

	for (int i = 0; i < VERB_COUNT; i++)
		nearest_try(&near, VERBS[i].name);
	meant = nearest_found(&near);
	(void)fprintf(stderr, "incidentctl: no verb '%s'%s%s%s\n", word,
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
	if (strcmp(argv[1], "--version") == 0) {
		(void)printf("incidentctl %s\n", INCIDENTD_VERSION);
		return CTL_DONE;
	}
	for (int i = 0; i < VERB_COUNT; i++)
		if (strcmp(VERBS[i].name, argv[1]) == 0)
			return run(&VERBS[i], argc - 1, argv + 1);
	return refuse(argv[1]);
}
