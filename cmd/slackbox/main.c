#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "box.h"
#include "script.h"

static const char USAGE[] =
	"usage: slackbox [options]\n"
	"Slack in a box: a strict stand-in for Slack's Web API and Socket Mode, on loopback.\n"
	"\n"
	"  --listen 127.0.0.1:PORT  where to listen; port 0: any (default 127.0.0.1:0)\n"
	"  --ca-out FILE            write the certificate to trust here\n"
	"  --cert-dir DIR           keep certificate and key in DIR, for the next start (default: new ones)\n"
	"  --port-out FILE          write the port here\n"
	"  --manifest FILE          the app has the scopes and events of this manifest (default: all)\n"
	"  --script FILE            play this story and print what happens\n"
	"  --exit-when-done         end with the story; status 1 if it did not go as told\n"
	"  --pace F                 divide the story's pauses by F (default 1)\n"
	"  --seed N                 what chance begins with (default 1)\n"
	"  --lifetime S             seconds until a connection is refreshed (default 18060)\n"
	"  --time-scale F           divide retries, lifetimes and pings by F (default 1)\n"
	"  --limits F               rate limits: 1 as Slack's, larger is more generous, 0 none\n"
	"  --help\n";

enum option_id {
	O_LISTEN,
	O_CA,
	O_CERTS,
	O_PORT,
	O_MANIFEST,
	O_SCRIPT,
	O_EXIT,
	O_PACE,
	O_SEED,
	O_LIFETIME,
	O_SCALE,
	O_LIMITS,
	O_HELP
};

/* clang-format off */
static const struct option OPTIONS[] = {
	{ "listen",         required_argument, NULL, O_LISTEN   },
	{ "ca-out",         required_argument, NULL, O_CA       },
	{ "cert-dir",       required_argument, NULL, O_CERTS    },
	{ "port-out",       required_argument, NULL, O_PORT     },
	{ "manifest",       required_argument, NULL, O_MANIFEST },
	{ "script",         required_argument, NULL, O_SCRIPT   },
	{ "exit-when-done", no_argument,       NULL, O_EXIT     },
	{ "pace",           required_argument, NULL, O_PACE     },
	{ "seed",           required_argument, NULL, O_SEED     },
	{ "lifetime",       required_argument, NULL, O_LIFETIME },
	{ "time-scale",     required_argument, NULL, O_SCALE    },
	{ "limits",         required_argument, NULL, O_LIMITS   },
	{ "help",           no_argument,       NULL, O_HELP     },
	{ NULL, 0, NULL, 0 },
};
/* clang-format on */

static bool read_number(const char *text, double least, double *out)
{
	char *end;
	double n = strtod(text, &end);

	if (end == text || *end != '\0' || !(n >= least))
		return false;
	*out = n;
	return true;
}

static bool read_option(int id, const char *text, struct box_options *o)
{
	double n = 0;

	switch (id) {
	case O_LISTEN: o->listen = text; return true;
	case O_CA: o->ca_out = text; return true;
	case O_CERTS: o->cert_dir = text; return true;
	case O_PORT: o->port_out = text; return true;
	case O_MANIFEST: o->manifest = text; return true;
	case O_SCRIPT: o->script = text; return true;
	case O_EXIT: o->exit_when_done = true; return true;
	case O_PACE: return read_number(text, 0.001, &o->pace);
	case O_SCALE: return read_number(text, 0.001, &o->time_scale);
	case O_LIMITS: return read_number(text, 0, &o->limits);
	case O_SEED:
		if (!read_number(text, 0, &n))
			return false;
		o->seed = (unsigned)n;
		return true;
	case O_LIFETIME:
		if (!read_number(text, 1, &n))
			return false;
		o->lifetime_s = (int)n;
		return true;
	default: return false;
	}
}

static bool write_port(const char *path, unsigned port, struct fail *why)
{
	FILE *f = fopen(path, "w");
	bool written;

	if (f == NULL)
		return fail_set(why, FAIL_REFUSED, "%s: %s", path, strerror(errno));
	written = fprintf(f, "%u\n", port) > 0;
	if (fclose(f) != 0 || !written)
		return fail_set(why, FAIL_REFUSED, "%s: %s", path, strerror(errno));
	return true;
}

static bool prepare(struct box *box, struct fail *why)
{
	const struct box_options *o = &box->options;

	if (o->port_out != NULL && !write_port(o->port_out, server_port(box->server), why))
		return false;
	if (o->manifest != NULL && !box_install(box, why))
		return false;
	if (o->script != NULL) {
		box->script = script_open(box, o->script, why);
		return box->script != NULL;
	}
	(void)printf("slackbox listens at https://127.0.0.1:%u\n", server_port(box->server));
	(void)fflush(stdout);
	return true;
}

static int run(const struct box_options *options)
{
	struct box box;
	struct fail why = { 0 };
	int status = 1;

	if (!box_open(&box, options, &why)) {
		(void)fprintf(stderr, "slackbox: %s\n", why.text);
	} else if (!prepare(&box, &why)) {
		(void)fprintf(stderr, "slackbox: %s\n", why.text);
		box_stop(&box, 1);
		box_run(&box);
	} else {
		box_run(&box);
		status = box.exit_status;
	}
	box_done(&box);
	return status;
}

int main(int argc, char **argv)
{
	struct box_options options = { .listen = "127.0.0.1:0",
		.pace = 1,
		.time_scale = 1,
		.limits = 1,
		.seed = 1,
		.lifetime_s = 18060 };
	int id;

	while ((id = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
		if (id == O_HELP) {
			(void)fputs(USAGE, stdout);
			return 0;
		}
		if (!read_option(id, optarg, &options)) {
			(void)fputs(USAGE, stderr);
			return 2;
		}
	}
	if (optind < argc) {
		(void)fputs(USAGE, stderr);
		return 2;
	}
	(void)signal(SIGPIPE, SIG_IGN); /* a write says so itself */
	return run(&options);
}
