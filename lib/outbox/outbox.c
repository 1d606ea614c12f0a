#include "outbox.h"

#include <inttypes.h>
#include <string.h>

#include "answer.h"
#include "call.h"
#include "call_webhook.h"
#include "log.h"
#include "standing.h"
#include "verdict.h"

/*
 * A call has its answer, or none, after 15 s: what was taken longer ago is in nobody's hands. What was sent and has no
 * good answer has so long to be carried out before it is looked for; who has not said for so long that they live has died.
 */
enum { LEASE_MS = 20000, CARRIED_OUT_MS = 6000 };
enum { POST_GAP_MS = 1000, CREDENTIALS_REST_MS = 60000, TOKEN_REST_MS = 10000, TOKENS_MOST = 5 };
/* A form dies in 3 s: what is slow leaves it a place. The readings after a gap are many, and in no hurry. */
enum { URGENT_KEPT = 4, READINGS_MOST = 4, WEBHOOKS_MOST = 4 };
/* No passing trouble of Slack's. */
enum { MANY_TRIES = 20, LONG_MS = 3600000, DAY_MS = 24 * 3600000 };

static const char POST[] = "chat.postMessage", TOO_LATE[] = "expired";

/* Rests between tries: 1, 2, 4 ... s, at most five minutes. */
static int64_t rest_ms(int attempts)
{
	enum { FIRST_MS = 1000, MOST_MS = 300000, DOUBLINGS = 8 };
	int64_t ms = (int64_t)FIRST_MS << (attempts < DOUBLINGS ? attempts : DOUBLINGS);

	return ms / 2 < MOST_MS ? ms / 2 : MOST_MS;
}

static bool is_post(const struct outbox_row *row)
{
	return strcmp(row->method, POST) == 0;
}

static bool is_webhook(const struct outbox_row *row)
{
	return strcmp(row->method, WEBHOOK_METHOD) == 0;
}

static struct outbox_send send_of(struct arena *a, const struct outbox_row *row)
{
	struct outbox_send s = {
		.id = row->id,
		.method = row->method,
		.attempt = row->attempts % OUTBOX_ATTEMPTS,
		.too_late = row->too_late,
	};

	if (row->in_doubt && is_post(row))
		s.body = call_look(a, row->body, row->first_sent_us, row->look_cursor, &s.method);
	s.look = s.body != NULL;
	if (s.look)
		return s;
	s.method = row->method;
	s.body = is_webhook(row) ? call_webhook_named(a, row->body, row->name)
				 : call_body_with_row(a, row->method, row->body, row->id);
	return s;
}

bool outbox_alive(struct store *store, const char *desk, struct fail *why)
{
	return store_desk_alive(store, desk, CARRIED_OUT_MS, why);
}

static bool take(struct store *store, struct arena *a, const struct taking *t,
	const struct outbox_row **rows, int *count, bool *waiting, struct fail *why)
{
	if (!store_begin(store, why))
		return false;
	if (store_outbox_take(store, a, t, rows, count, why) &&
		(*count == 0 || outbox_alive(store, t->desk, why)) &&
		store_outbox_waiting(store, waiting, why) && store_commit(store, why))
		return true;
	store_abandon(store);
	return false;
}

bool outbox_due(struct store *store, struct arena *a, const char *desk, int most,
	struct outbox_due *due, struct fail *why)
{
	const struct taking t = { .desk = desk,
		.most = most,
		.urgent_kept = URGENT_KEPT,
		.readings_most = READINGS_MOST,
		.webhooks_most = WEBHOOKS_MOST,
		.lease_ms = LEASE_MS };
	const struct outbox_row *rows;
	struct outbox_send *sends;
	bool waiting;
	int n;

	if (!take(store, a, &t, &rows, &n, &waiting, why))
		return false;
	sends = arena_zeroed(a, sizeof(*sends) * (size_t)(n + 1));
	for (int i = 0; i < n; i++)
		sends[i] = send_of(a, &rows[i]);
	*due = (struct outbox_due){ .list = sends, .count = n, .has_more = waiting };
	return true;
}

static struct event answer_event(
	const struct outbox_row *row, const struct answer *got, const char *error)
{
	struct event ev = { .kind = EVENT_ANSWER, .type = row->method, .as.answer = *got };
	struct answer *a = &ev.as.answer;

	a->call = row->id;
	a->method = row->method;
	a->purpose = row->purpose;
	a->argument = row->argument;
	a->incident = row->incident;
	a->version = row->version;
	a->error = error;
	a->ok = error == NULL;
	return ev;
}

static bool close_row(
	struct store *store, const struct outbox_row *row, const char *error, struct fail *why)
{
	if (standing_asks(row))
		return store_outbox_drop(store, row->id, why);
	return store_outbox_settle(store, row->id,
		error == NULL                          ? "done"
			: strcmp(error, TOO_LATE) == 0 ? "expired"
						       : "refused",
		error, why);
}

static bool settle(struct store *store, const struct outbox_row *row, const struct answer *got,
	const char *error, struct event *ev, bool *final, struct fail *why)
{
	if (is_post(row) && !store_pace_rest(store, row->lane, POST_GAP_MS, why))
		return false;
	if (error != NULL && strcmp(error, "name_taken") == 0)
		log_info("the name is taken, perhaps by ourselves method=%s", row->method);
	else if (error != NULL && strcmp(error, TOO_LATE) == 0)
		log_warn("not sent in time, and of no use any more method=%s", row->method);
	else if (error != NULL && !standing_tells(row))
		log_warn("%s refused method=%s error=%s",
			is_webhook(row) ? "the receiver" : "slack", row->method, error);
	if (!close_row(store, row, error, why))
		return false;
	*ev = answer_event(row, got, error);
	*final = true;
	return true;
}

/* Where there is no such channel or thread, there is no post of ours either. */
static bool says_not_there(const char *error)
{
	return error != NULL &&
		(strcmp(error, "thread_not_found") == 0 ||
			strcmp(error, "channel_not_found") == 0 ||
			strcmp(error, "message_not_found") == 0);
}

/* The history that was asked for: is the post there? Else the next page; else it was never made. */
static bool looked(struct store *store, struct arena *a, const struct outbox_row *row,
	struct answer *got, struct event *ev, bool *final, struct fail *why)
{
	if (!got->ok && !says_not_there(got->error))
		return settle(store, row, got,
			arena_printf(a, "cannot tell whether it was posted: %s",
				got->error != NULL ? got->error : "no reason given"),
			ev, final, why);
	if (got->ok && got->found_ts != NULL) {
		log_info("it was carried out before: found");
		got->ts = got->found_ts;
		return settle(store, row, got, NULL, ev, final, why);
	}
	return store_outbox_again(
		store, row->id, 0, got->ok && got->cursor != NULL, got->cursor, NULL, why);
}

/*
 * Slack counts posts by their channel, and all else by its method; a look is a question of its own method. Receivers of
 * webhooks have nothing to do with each other.
 */
static const char *limited_by(
	struct arena *a, const struct outbox_row *row, const struct outbox_reply *r)
{
	const char *method = row->method;

	if (is_webhook(row))
		return row->lane;
	if (r->look)
		(void)call_look(a, row->body, row->first_sent_us, NULL, &method);
	return r->status == 429 && (r->look || !is_post(row)) ? method : row->lane;
}

/*
 * Told as a trouble. One call finds out when it is over; until then who has that token takes no others, and those with a
 * good one do: only what is refused again and again, whatever the token, has to wait.
 */
static int64_t credentials_rest_ms(const struct outbox_row *row)
{
	if (strcmp(row->purpose, "workspace_known") == 0)
		return TOKEN_REST_MS;
	return row->attempts < TOKENS_MOST ? 0 : CREDENTIALS_REST_MS;
}

static bool try_again(struct store *store, struct arena *a, const struct outbox_row *row,
	const struct outbox_reply *r, enum verdict v, const char *error, struct fail *why)
{
	int64_t rest = rest_ms(row->attempts);
	/* An answer that says "internal_error" or nothing that we can read does not say that nothing was done. */
	bool in_doubt = r->look || (v == VERDICT_WORLD && (r->may_be_done || r->status != 0));

	if (in_doubt && !r->look && is_post(row) && rest < CARRIED_OUT_MS)
		rest = CARRIED_OUT_MS;
	if (v == VERDICT_SLOWER) {
		rest = r->retry_after > 0 ? (int64_t)r->retry_after * 1000 : 30000;
		if (!store_pace_rest(store, limited_by(a, row, r), rest, why))
			return false;
	}
	if (v == VERDICT_CREDENTIALS)
		rest = credentials_rest_ms(row);
	if (v == VERDICT_WORLD && row->attempts >= MANY_TRIES)
		log_error("no good answer yet method=%s tries=%d", row->method, row->attempts);
	log_info("it is tried again method=%s ms=%" PRId64 " status=%d error=%s", row->method, rest,
		r->status, error);
	return store_outbox_again(store, row->id, rest, in_doubt, row->look_cursor, error, why);
}

/* Only for this call Slack has had no good answer, for so long: what waits behind it shall not wait for ever. */
static bool is_hopeless(struct store *store, const struct outbox_row *row,
	const struct outbox_reply *r, enum verdict v, bool *hopeless, struct fail *why)
{
	*hopeless = false;
	if (is_webhook(row))
		return store_outbox_hopeless(store, row->id, DAY_MS, hopeless, why);
	return v != VERDICT_WORLD || r->status == 0 || row->attempts < MANY_TRIES ||
		store_outbox_hopeless(store, row->id, LONG_MS, hopeless, why);
}

struct tried {
	const struct outbox_row *row;
	const struct outbox_reply *reply;
	const struct answer *got;
	enum verdict verdict;
};

static bool not_done(struct store *store, struct arena *a, const struct tried *t, struct event *ev,
	bool *final, struct fail *why)
{
	bool hopeless;
	const struct outbox_reply *r = t->reply;
	const char *error = t->got->error != NULL     ? t->got->error
		: r->error != NULL                    ? r->error
		: is_webhook(t->row) && r->status > 0 ? arena_printf(a, "HTTP %d", r->status)
						      : "no answer of Slack's";

	if (!is_hopeless(store, t->row, r, t->verdict, &hopeless, why))
		return false;
	if (!hopeless)
		return try_again(store, a, t->row, r, t->verdict, error, why);
	if (is_webhook(t->row))
		return settle(store, t->row, t->got,
			arena_printf(a, "no good answer for a day (%s)", error), ev, final, why);
	return settle(store, t->row, t->got,
		arena_printf(a, "%sSlack never gave a good answer (%s)",
			r->look ? "cannot tell whether it was posted: " : "", error),
		ev, final, why);
}

/*
 * An answer to an earlier try may come when the row is in the air again: what it says was done was done, but it
 * says nothing of the try that is under way.
 */
static bool is_success(const struct outbox_reply *r, const struct answer *got, enum verdict v)
{
	return v == VERDICT_DONE && (!r->look || got->found_ts != NULL);
}

bool outbox_answer(struct store *store, struct arena *a, const struct outbox_reply *r,
	struct event *ev, bool *final, struct fail *why)
{
	struct outbox_row row;
	struct answer got = { 0 };
	struct fail unread = { 0 };
	enum verdict v;
	bool found, readable;
	const char *look_for;

	*final = false;
	if (!store_outbox_get(store, a, r->id, &row, &found, why))
		return false;
	if (!found)
		return true;
	look_for = r->look ? arena_printf(a, "%" PRId64, r->id)
		: strcmp(row.purpose, "channel_looked_for") == 0 ? row.argument
								 : NULL;
	readable = r->status == 200 && answer_read(r->body, look_for, a, &got, &unread);
	v = verdict_of(row.method, r->status, readable, got.ok, got.error);
	if (r->attempt != row.attempts % OUTBOX_ATTEMPTS && !is_success(r, &got, v))
		return true;
	if (!standing_note(store, a, &row, r, &got, v, why))
		return false;
	if (r->too_late)
		return settle(store, &row, &got, TOO_LATE, ev, final, why);
	if (v == VERDICT_SLOWER || v == VERDICT_WORLD || v == VERDICT_CREDENTIALS)
		return not_done(store, a, &(struct tried){ &row, r, &got, v }, ev, final, why);
	if (r->look)
		return looked(store, a, &row, &got, ev, final, why);
	return settle(store, &row, &got,
		v == VERDICT_DONE           ? NULL
			: got.error != NULL ? got.error
					    : "no reason given",
		ev, final, why);
}

bool outbox_give_up(struct store *store, struct arena *a, const struct outbox_reply *r,
	const char *error, struct fail *why)
{
	struct outbox_failed f = { .was_look = r->look, .answer = answer_keepable(a, r->body) };

	return store_outbox_fail(store, r->id, &f, error, why);
}

bool outbox_replay(struct store *store, struct arena *a, int64_t id, struct event *ev, bool *found,
	struct fail *why)
{
	struct outbox_failed f;
	struct outbox_reply r = { .id = id, .status = 200 }; /* no other is handled */
	bool final;

	if (!store_outbox_reopen(store, a, id, &f, found, why))
		return false;
	if (!*found)
		return true;
	r.look = f.was_look;
	r.attempt = f.attempts % OUTBOX_ATTEMPTS;
	r.body = f.answer;
	return outbox_answer(store, a, &r, ev, &final, why) &&
		(final || fail_set(why, FAIL_BROKEN, "its answer settles nothing any more"));
}
