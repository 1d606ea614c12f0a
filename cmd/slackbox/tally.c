#include "tally.h"

#include <stddef.h>

enum { PARTS = sizeof(((struct tally *)NULL)->parts) / sizeof(((struct tally *)NULL)->parts[0]) };

void tally_note(struct tally *t, int64_t now_ms, bool failed)
{
	int64_t length = t->window_ms / PARTS, began_at;
	long all = 0, bad = 0;
	size_t at;

	if (length <= 0)
		return;
	began_at = now_ms / length * length;
	at = (size_t)(now_ms / length % PARTS);
	if (t->parts[at].began_at != began_at) {
		t->parts[at].began_at = began_at;
		t->parts[at].all = t->parts[at].failed = 0;
	}
	t->parts[at].all++;
	t->parts[at].failed += failed ? 1 : 0;
	for (size_t i = 0; i < PARTS; i++) {
		if (t->parts[i].began_at <= now_ms - t->window_ms)
			continue;
		all += t->parts[i].all;
		bad += t->parts[i].failed;
	}
	if (all >= t->least && bad * 100 > all * 95)
		t->off = true;
}

void tally_forget(struct tally *t)
{
	*t = (struct tally){ .window_ms = t->window_ms, .least = t->least };
}
