#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "box.h"
#include "clock.h"
#include "delivery.h"

enum { THREAD_EVERY = 5, ROOT_EVERY = 50 };

static const char *const REMARKS[] = {
	"Error rate is back at 0.2 %",
	"Rolling back the deploy of 14:02 now",
	"p99 of checkout is 8.4 s & rising",
	"I see timeouts on <https://status.example.com/db-7|db-7>",
	"Support has 40 tickets about it :fire:",
	"Looks like the *connection pool* is full: `max=200`",
	"Kunden in Köln sehen weiße Seiten – überprüfe ich",
};

static const char *load_say(struct box *box)
{
	struct load *l = &box->load;
	cJSON *what = cJSON_CreateObject();
	long n = l->done;
	char text[160], ts[32];
	const char *wrong;

	if (snprintf(text, sizeof text, "%s (%ld)",
		    REMARKS[n % (long)(sizeof REMARKS / sizeof REMARKS[0])], n) < 0)
		abort();
	tree_set_text(what, "user",
		cJSON_GetStringValue(
			cJSON_GetArrayItem(l->users, (int)(n % cJSON_GetArraySize(l->users)))));
	tree_set_text(what, "channel", l->channel);
	tree_set_text(what, "text", text);
	if (n % THREAD_EVERY == THREAD_EVERY - 1 && l->thread_ts[0] != '\0')
		tree_set_text(what, "thread_ts", l->thread_ts);
	wrong = world_say(box->world, what, box_wall_ms(), ts);
	if (wrong == NULL && n % ROOT_EVERY == 0)
		memcpy(l->thread_ts, ts, sizeof l->thread_ts);
	cJSON_Delete(what);
	return wrong;
}

void load_pump(struct box *box)
{
	struct load *l = &box->load;
	const char *wrong = NULL;

	while (l->left > 0 && wrong == NULL && delivery_pending(box->delivery) < l->window) {
		l->left--; /* first: saying it may come back here */
		wrong = load_say(box);
		l->done++;
	}
	if (wrong != NULL) {
		world_finding(box->world, "load: %s", wrong);
		l->left = 0;
	}
	if (l->left == 0 && l->began_ms != 0 && l->ended_ms == 0 &&
		delivery_pending(box->delivery) == 0)
		l->ended_ms = clock_ms();
}
