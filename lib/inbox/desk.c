#include "desk.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "call_form.h"
#include "clock.h"
#include "dispatch.h"
#include "item_clean.h"
#include "log.h"
#include "store_replay.h"

/* By itself an item is tried again at once for a lost race, not for what takes its time to fail. */
enum { TRIES = 5, TRIES_MS = 1000 };
/* A transaction is no longer than this and one more statement: those who wait for us must hear that we live. */
enum { TOGETHER_MS = 1000 };

struct work {
	const struct desk_needs *needs;
	struct store *store;
	const struct house *house;
	struct arena *arena;
	struct tally tally;
};

static void keep_payload(struct item *it, const char *payload)
{
	free(it->payload);
	it->payload = payload == NULL ? NULL : strdup(payload);
	if (payload != NULL && it->payload == NULL)
		abort();
}

static bool run_late(struct work *w, struct item *it, struct fail *why)
{
	const struct event *ev = &it->ev;
	const char *reply;

	w->tally.refused++;
	log_info("came too late: told so type=%s", ev->type);
	if (!dispatch_late(w->house, w->store, w->arena, ev, &reply, why))
		return false;
	keep_payload(it, reply);
	return store_inbox_close(w->store, ev->key, "refused", reply, "came too late", why);
}

/* is_new: its row says "done" and nothing else yet. */
static bool run_turn(struct work *w, struct item *it, bool is_new, struct fail *why)
{
	const struct event *ev = &it->ev;
	const char *reply = NULL;
	bool refused = false;

	if (ev->kind == EVENT_UNREADABLE) {
		w->tally.failed++;
		log_warn("unreadable event type=%.40s bytes=%zu: %s", ev->type, ev->raw_len,
			ev->wrong.text);
		return store_inbox_close(w->store, ev->key, "failed", NULL, ev->wrong.text, why);
	}
	if (it->too_late_us != 0 && clock_wall_us() > it->too_late_us)
		return run_late(w, it, why);
	if (!dispatch_turn(w->house, w->store, w->arena, ev, &reply, &refused, why))
		return false;
	if (it->hurry_us != 0 && clock_wall_us() > it->hurry_us &&
		!dispatch_by_url(w->store, w->arena, ev, &reply, why))
		return false;
	keep_payload(it, reply);
	w->tally.refused += refused;
	if (is_new && reply == NULL && !refused)
		return true;
	return store_inbox_close(w->store, ev->key, refused ? "refused" : "done", reply, NULL, why);
}

static bool put_row(
	struct work *w, const struct event *ev, bool *is_new, const char **reply, struct fail *why)
{
	struct inbox_row row = { ev->key, ev->type, ev->raw, ev->received_us };

	return store_inbox_put(w->store, w->arena, &row, is_new, reply, why);
}

static bool run_event(struct work *w, struct item *it, struct fail *why)
{
	const struct event *ev = &it->ev;
	const char *reply;
	bool is_new;

	if (!put_row(w, ev, &is_new, &reply, why))
		return false;
	if (is_new)
		return run_turn(w, it, true, why);
	/* Only a form's mistakes are a reply to a form. Sent again it has the same key, and may be right now. */
	if (ev->kind == EVENT_SUBMIT && reply != NULL) {
		struct inbox_row row = { ev->key, ev->type, ev->raw, ev->received_us };

		return store_inbox_again(w->store, &row, why) && run_turn(w, it, false, why);
	}
	w->tally.duplicates++;
	keep_payload(it, reply);
	return true;
}

static bool run_answer(struct work *w, struct item *it, struct fail *why)
{
	struct event ev;
	const char *reply;
	bool final, refused;
	int before;

	if (!outbox_answer(w->store, w->arena, &it->reply, &ev, &final, why))
		return false;
	if (!final)
		return true;
	ev.received_us = it->ev.received_us;
	before = store_changes(w->store);
	if (!dispatch_turn(w->house, w->store, w->arena, &ev, &reply, &refused, why))
		return false;
	return store_changes(w->store) == before ||
		outbox_keep(w->store, w->arena, &ev, it->reply.body, why);
}

/* What is logged from here on is about this item. */
static void set_scope(const struct work *w, const struct item *it)
{
	log_scope(it->is_answer ? arena_printf(w->arena, "call=%" PRId64, it->reply.id)
				: arena_printf(w->arena, "key=%s", it->ev.key));
}

static bool run_item(struct work *w, struct item *it, struct fail *why)
{
	set_scope(w, it);
	w->tally.committed++;
	it->lost = it->waits = false;
	if (!item_clean(w->store, w->arena, it, why))
		return false;
	return it->is_answer ? run_answer(w, it, why) : run_event(w, it, why);
}

/* Nobody is left to believe that it was done. */
static const char *apology(struct arena *a, const struct event *ev)
{
	static const char text[] =
		"This failed, and it is our fault: nothing was changed. What you sent is kept, "
		"and an administrator can run it again.";

	if (ev->kind == EVENT_SLASH)
		return reply_text(a, text);
	return ev->kind == EVENT_SUBMIT ? reply_submit_error(a, &ev->as.submit, text) : NULL;
}

/* Kept for replay: what failed is written down in its place. */
static bool write_failed(struct work *w, struct item *it, const char *error, struct fail *why)
{
	const struct event *ev = &it->ev;
	const char *reply, *was;
	bool is_new;

	w->tally.failed++;
	if (!item_clean_always(w->store, w->arena, it, why))
		return false;
	if (it->is_answer)
		return outbox_give_up(w->store, w->arena, &it->reply, error, why);
	reply = apology(w->arena, ev);
	keep_payload(it, reply);
	return put_row(w, ev, &is_new, &was, why) &&
		store_inbox_close(w->store, ev->key, "failed", reply, error, why);
}

typedef bool one_step(struct work *, struct item *, const char *error, struct fail *why);

static bool step_run(struct work *w, struct item *it, const char *error, struct fail *why)
{
	(void)error;
	return run_item(w, it, why);
}

static bool alone(
	struct work *w, struct item *it, one_step *step, const char *error, struct fail *why)
{
	if (store_begin(w->store, why) && step(w, it, error, why) && store_commit(w->store, why))
		return true;
	store_abandon(w->store);
	return false;
}

/* Tried again for what may pass at once. */
static bool try_alone(struct work *w, struct item *it, struct fail *why)
{
	struct tally before = w->tally;
	int64_t until = clock_ms() + TRIES_MS;

	for (int i = 0; i < TRIES; i++) {
		w->tally = before;
		if (alone(w, it, step_run, NULL, why))
			return true;
		if (!store_alive(w->store) || why->kind != FAIL_LATER || clock_ms() >= until)
			break;
	}
	w->tally = before;
	return false;
}

static const char *type_of(const struct item *it)
{
	return it->is_answer ? "answer" : it->ev.type;
}

/* Kept with its error. False when Postgres cannot even do that now. */
static bool give_up(struct work *w, struct item *it, struct fail *why)
{
	struct tally before = w->tally;
	struct fail again;

	set_scope(w, it); /* it may have failed before it began */
	if (alone(w, it, write_failed, why->text, &again)) {
		log_error("event failed type=%s: %s", type_of(it), why->text);
		return true;
	}
	w->tally = before;
	if (again.kind == FAIL_LATER) {
		*why = again;
		return false;
	}
	log_error(
		"event lost, not acknowledged type=%s: %s: %s", type_of(it), why->text, again.text);
	it->lost = true;
	return true;
}

/* False: nothing more is to be tried now. */
static bool run_alone(struct work *w, struct item *it, struct fail *why)
{
	enum patience left;

	if (try_alone(w, it, why))
		return true;
	if (why->kind != FAIL_LATER)
		return give_up(w, it, why);
	if (!store_alive(w->store))
		return false;
	left = item_failed_at(it, clock_ms());
	if (left == PATIENCE_OVER)
		return give_up(w, it, why);
	it->waits = left == PATIENCE_OTHERS_FIRST;
	if (it->waits && !it->told)
		log_warn("event waits, others go first type=%s: %s", type_of(it), why->text);
	it->told = it->waits;
	return it->waits;
}

static bool run_each(struct work *w, struct item *from, struct fail *why)
{
	for (struct item *it = from; it != NULL; it = it->next)
		if (!w->needs->between(w->needs->ctx, why) || !run_alone(w, it, why))
			return false;
	return true;
}

/* One transaction; *next is the first that it did not come to. */
static bool run_together(struct work *w, struct item *from, struct item **next, struct fail *why)
{
	int64_t until = clock_ms() + TOGETHER_MS;
	struct item *it = from;
	bool ok = store_begin(w->store, why);

	for (; ok && it != NULL && (it == from || clock_ms() < until); it = it->next)
		ok = run_item(w, it, why);
	if (ok && store_commit(w->store, why)) {
		*next = it;
		return true;
	}
	store_abandon(w->store);
	return false;
}

static bool run_all(struct work *w, struct item *from, struct fail *why)
{
	struct item *it = from;
	struct tally before = w->tally;

	while (it != NULL && run_together(w, it, &it, why)) {
		before = w->tally;
		if (it != NULL && !w->needs->between(w->needs->ctx, why))
			return false;
	}
	if (it == NULL)
		return true;
	w->tally = before;
	return store_alive(w->store) && run_each(w, it, why);
}

bool desk_run(
	const struct desk_needs *needs, struct items *items, struct tally *tally, struct fail *why)
{
	struct work w = {
		.needs = needs, .store = needs->store, .house = needs->house, .arena = arena_new()
	};
	bool ok = run_all(&w, items->first, why);

	if (ok) {
		tally->committed += w.tally.committed;
		tally->duplicates += w.tally.duplicates;
		tally->refused += w.tally.refused;
		tally->failed += w.tally.failed;
	}
	log_scope(NULL);
	arena_free(w.arena);
	return ok;
}

void desk_prune(struct store *s, const struct keeping *keep)
{
	struct fail why;

	if (store_begin(s, &why) && store_prune(s, keep, &why) && store_commit(s, &why))
		return;
	store_abandon(s);
	log_warn("old rows stay: %s", why.text);
}
