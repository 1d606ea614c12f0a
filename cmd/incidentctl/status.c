#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "ctl.h"
#include "store_recovery.h"
#include "store_trouble.h"

enum { TIME_ROOM = 32 };

static const char *time_text(int64_t us, char room[TIME_ROOM])
{
	time_t s = (time_t)(us / 1000000);
	struct tm tm;

	if (us == 0 || gmtime_r(&s, &tm) == NULL ||
		strftime(room, TIME_ROOM, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		return "never";
	return room;
}

static bool print_watch(struct store *s, struct fail *why)
{
	char room[TIME_ROOM];
	int64_t watching, last;

	if (!store_watch_last(s, &watching, &last, why))
		return false;
	/* Nobody is told when standard output is closed: here and below. */
	if (watching > 0)
		(void)printf("watching: yes, processes=%" PRId64 "\n", watching);
	else
		(void)printf("watching: no, nobody since %s\n", time_text(last, room));
	return true;
}

static bool print_troubles(struct store *s, struct arena *a, struct fail *why)
{
	const struct trouble *list;
	struct buf line = { 0 };
	char room[TIME_ROOM];
	int count;

	if (!store_troubles(s, a, &list, &count, why))
		return false;
	for (int i = 0; i < count; i++) {
		buf_empty(&line);
		trouble_tell(&line, &list[i]);
		(void)printf(
			"trouble since %s: %s\n", time_text(list[i].since_us, room), line.text);
	}
	buf_done(&line);
	return true;
}

static void print_reading(const struct recovery *r)
{
	char room[TIME_ROOM];

	(void)printf("incident %" PRId64 " (%s): %s", r->incident,
		r->channel != NULL ? r->channel : "no channel", r->state);
	if (strcmp(r->state, "reading") == 0)
		(void)printf(" since %s (%s), pages=%" PRId64 " %s threads_left=%" PRId64,
			time_text(r->began_at, room), r->why, r->pages,
			r->bottom ? "channel=read" : "channel=under way", r->threads);
	if (r->error != NULL)
		(void)printf(" by Slack: %s", r->error);
	(void)printf(" found=%" PRId64, r->found);
	(void)printf(" complete up to %s\n", time_text(r->complete_at, room));
}

static bool print_status(struct store *s, struct arena *a, struct fail *why)
{
	const struct recovery *list;
	int count;

	if (!print_watch(s, why) || !print_troubles(s, a, why) ||
		!store_recovery_list(s, a, &list, &count, why))
		return false;
	for (int i = 0; i < count; i++)
		print_reading(&list[i]);
	return fflush(stdout) == 0 || fail_set(why, FAIL_LATER, "standard output is closed");
}

/* status: is somebody watching, and how far are the readings of the channels */
int ctl_status(int argc, char **argv)
{
	struct ctl_place p;
	struct fail why;
	struct store *s;
	struct arena *a;
	bool ok;

	(void)argv;
	if (argc != 1)
		return CTL_MISUSED;
	if (!ctl_place_open(&p))
		return CTL_FAILED;
	s = store_open_for_reading(p.conninfo, &why);
	a = arena_new();
	ok = s != NULL && print_status(s, a, &why);
	arena_free(a);
	store_close(s);
	ctl_place_close(&p);
	return ok ? CTL_DONE : ctl_fail("status", &why);
}
