#include <inttypes.h>
#include <string.h>

#include "kept.h"
#include "outbox.h"
#include "scrub.h"
#include "store_replay.h"

bool outbox_keep(struct store *store, struct arena *a, const struct event *ev, const char *body,
	struct fail *why)
{
	const struct answer *got = &ev->as.answer;
	struct scrub ours = { 0 };
	const char *packed, *left, *bot;
	struct inbox_row row = { .kind = "answer", .received_us = ev->received_us };

	if (!store_workspace_us(store, a, &ours.user, &bot, why))
		return false;
	packed = answer_pack(a, got, body);
	left = scrub_json(a, packed, &ours);
	row.frame = left != NULL ? left : packed;
	row.key = arena_printf(a, "answer:%" PRId64 ":%" PRId64, ev->received_us, got->call);
	return store_inbox_answer(store, &row, got->incident, why);
}
