#ifndef INBOX_PARTS_H
#define INBOX_PARTS_H

#include <pthread.h>

#include "contact.h"
#include "inbox.h"
#include "queue.h"
#include "regime.h"
#include "sweep.h"
#include "troubles.h"
#include "watch.h"

/* What the two halves of the inbox share: inbox.c is the loop's, inbox_desk.c the desk's thread. */

/* What the desk does besides its groups. */
enum chore {
	CHORE_LEVELS,
	CHORE_ALIVE,
	CHORE_WATCH,
	CHORE_ALARMS,
	CHORE_SEND,
	CHORE_SWEEP,
	CHORE_TROUBLES,
	CHORES
};

enum phase { WORKING, DRAINING, STOPPING };

struct inbox {
	char *conninfo;
	struct house house;
	struct inbox_needs needs;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t more;
	/* under the lock */
	enum phase phase;
	int64_t live_since; /* ms: from then on nothing was missed; 0: there is no connection */
	const char *
		gap; /* why something may have been missed since it was last asked; NULL: nothing */
	int64_t busy_since; /* ms; 0: no group is being run */
	struct items waiting, acks;
	struct parcel *parcels, **parcels_end;
	struct paper *paper;
	struct inbox_state state;
	/* Changed by the desk alone, which reads them without the lock. Apart: those that let others go first. */
	struct items group, apart;
	/* the desk's own */
	struct contact contact;
	bool has_more;
	int in_vain[CHORES];                   /* how often in a row */
	int64_t apart_at;                      /* ms: when those apart are tried again */
	int64_t prune_at, alive_at, alarms_at; /* ms */
	int under_way;                         /* calls that were taken and are not settled */
	struct watch watch;
	struct troubles troubles;
	struct regime regime;
	int64_t asked_for; /* the regime whose channels Slack was asked for */
	struct sweeping sweeping;
};

void *inbox_desk(void *ctx); /* the desk's thread, from its birth to its end; ctx is the inbox */

#endif
