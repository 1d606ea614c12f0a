#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>
#include <stdint.h>

/* How deliveries of events went of late. Slack sends an app no more events when over 95 % of them failed within
 * an hour and there were a thousand; somebody must switch them on again. { 0 } never does that. */
struct tally {
	int64_t window_ms;
	long least;
	struct {
		int64_t began_at;
		long all, failed;
	} parts[60];
	bool off;
};

void tally_note(struct tally *, int64_t now_ms, bool failed);
void tally_forget(struct tally *); /* counts from nothing, and is not off */

#endif
