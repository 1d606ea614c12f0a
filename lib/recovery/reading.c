#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "label.h"
#include "recovery.h"
#include "sight.h"

/*
 * What was said in the last seconds before we asked may not have come to Slack's own history yet, and clocks differ; but
 * what is older than something on the page would stand there.
 */
static const int64_t SETTLED_US = 60 * 1000000LL;
/* A reading of what is new begins so far before the end of what is known. */
static const int64_t OVERLAP_US = 120 * 1000000LL;

/* Slack's last try comes some six minutes after what it tells of. */
static const int64_t TOLD_US = 7LL * 60 * 1000000;
/* Later than all that can have been said, whatever the clocks. */
static const int64_t A_DAY_US = 24LL * 3600 * 1000000;
/* Each replica has a timer. */
static const int64_t JUST_NOW_US = 15LL * 60 * 1000000;

static const char *cause_name(enum recovery_cause cause)
{
	static const char *const NAMES[] = {
		[RECOVERY_CONNECTED] = "connected",
		[RECOVERY_TIMER] = "timer",
		[RECOVERY_ASKED] = "asked for",
		[RECOVERY_JOINED] = "new channel",
	};

	return NAMES[cause];
}

static const char *ts_of(struct arena *a, int64_t us)
{
	return arena_printf(a, "%" PRId64 ".%06" PRId64, us / 1000000, us % 1000000);
}

/* What was said before this was heard, or a reading found it. NULL: nothing is known yet. */
static const char *known_before(struct arena *a, const struct recovery *r)
{
	return r->complete_at != 0 ? ts_of(a, r->complete_at - OVERLAP_US) : NULL;
}

static struct label label_of(const struct recovery *r, int64_t now_us)
{
	return (struct label){ .began_at = r->began_at,
		.asked_at = r->now_at,
		.said_us = now_us,
		.oldest = r->oldest,
		.newest = r->newest,
		.limit = r->limit };
}

static struct call *named(struct call *c, const struct recovery *r)
{
	c->incident = r->incident;
	return c;
}

/*
 * cursor: only where there is no ts to go on from. They run out, a ts does not. There is always a latest: without it, and
 * with an oldest, Slack was seen to begin at the other end.
 */
static struct call *ask_history(
	struct arena *a, const struct recovery *r, const char *cursor, int64_t now_us)
{
	const char *latest = r->place != NULL ? r->place : ts_of(a, now_us + A_DAY_US);
	struct label l = label_of(r, now_us);

	l.place = r->place;
	return named(call_history(a, r->channel, r->oldest, latest, cursor, r->limit,
			     label_write(a, &l)),
		r);
}

/* A thread, read above the ts `place`; cursor as above. */
struct thread {
	const char *ts, *place, *cursor;
};

static struct call *ask_thread(
	struct arena *a, const struct recovery *r, const struct thread *t, int64_t now_us)
{
	const char *above = t->place != NULL && *t->place != '\0' ? t->place : NULL;
	struct label l = label_of(r, now_us);

	l.place = above;
	l.thread = t->ts;
	return named(
		call_replies(a, r->channel, t->ts, above, t->cursor, r->limit, label_write(a, &l)),
		r);
}

/* Has nobody watched at some time since the channel was last known to be complete? */
static bool may_have_missed(
	struct store *s, struct arena *a, const struct recovery *r, bool *missed, struct fail *why)
{
	struct hole *holes;
	int count = 0;

	if (r->complete_at != 0 &&
		!store_holes(s, a, r->complete_at, r->now_at, &holes, &count, why))
		return false;
	*missed = r->complete_at == 0 || count > 0;
	return true;
}

/* By another replica, for the same reason. */
static bool is_read_just_now(const struct recovery *r, enum recovery_cause cause)
{
	return cause == RECOVERY_TIMER && r->now_at - r->complete_at < JUST_NOW_US;
}

/* It goes down to the first that is the incident's. */
static bool is_whole(const struct recovery *r)
{
	return r->oldest == NULL || (r->floor != NULL && strcmp(r->oldest, r->floor) == 0);
}

static bool begin(struct store *s, struct arena *a, struct recovery *r, bool whole, int64_t now_us,
	struct call **next, struct fail *why)
{
	r->state = "reading";
	r->began_at = r->now_at;
	r->wanted_at = 0;
	r->place = r->newest = NULL;
	r->oldest = whole ? NULL : known_before(a, r);
	if (r->floor != NULL && (r->oldest == NULL || strcmp(r->oldest, r->floor) < 0))
		r->oldest = r->floor;
	r->bottom = false;
	r->pages = r->found = r->limit = 0;
	r->error = NULL;
	*next = ask_history(a, r, NULL, now_us);
	return store_recovery_threads_drop(s, r->incident, why) && store_recovery_save(s, r, why);
}

bool recovery_want(struct store *s, struct arena *a, int64_t incident, enum recovery_cause cause,
	int64_t now_us, struct call **next, struct fail *why)
{
	struct recovery r;
	bool missed;

	*next = NULL;
	if (!store_recovery_make(s, a, incident, &r, why))
		return false;
	if (r.channel == NULL)
		return true;
	if (!may_have_missed(s, a, &r, &missed, why))
		return false;
	if (!missed && (cause == RECOVERY_CONNECTED || is_read_just_now(&r, cause)))
		return true;
	/* A reading whose answer could not be written down goes no further: another one is begun. */
	if (strcmp(r.state, "reading") == 0 && r.under_way) {
		if (cause == RECOVERY_TIMER)
			return true;
		r.wanted_at = r.now_at;
		return store_recovery_save(s, &r, why);
	}
	r.why = cause_name(cause);
	return begin(s, a, &r, missed || cause != RECOVERY_TIMER, now_us, next, why);
}

/* --- a page ---------------------------------------------------------------------------------------- */

/* It belongs to the reading that is under way, and is the page that is waited for. */
static bool is_awaited(struct store *s, struct arena *a, const struct recovery *r,
	const struct label *l, bool *awaited, struct fail *why)
{
	struct unread_thread t;

	*awaited = strcmp(r->state, "reading") == 0 && l->began_at == r->began_at;
	if (!*awaited || l->thread == NULL)
		return true;
	if (!store_recovery_thread_next(s, a, r->incident, &t, why))
		return false;
	*awaited = t.ts != NULL && strcmp(t.ts, l->thread) == 0;
	return true;
}

/* What was kept of a reading tells itself what was read, and from where on. */
static bool read_again(struct store *s, struct recovery *r, const struct label *l, struct fail *why)
{
	bool is_first = strcmp(r->state, "reading") != 0 || r->began_at != l->began_at;

	if (is_first) {
		r->state = "reading";
		r->began_at = l->began_at;
		r->bottom = l->thread != NULL;
		r->pages = r->found = 0;
		r->error = NULL;
	}
	r->oldest = l->oldest;
	r->newest = l->newest;
	if (l->thread == NULL)
		r->place = l->place;
	return !is_first || store_recovery_threads_drop(s, r->incident, why);
}

static bool find_reading(struct store *s, struct arena *a, const struct answer *got,
	struct label *l, struct recovery_page *p, struct fail *why)
{
	bool awaited = true;

	p->stale = !label_read(a, got->argument, l);
	if (p->stale)
		return true;
	if (!store_recovery_make(s, a, got->incident, &p->reading, why) ||
		!(got->kept ? read_again(s, &p->reading, l, why)
			    : is_awaited(s, a, &p->reading, l, &awaited, why)))
		return false;
	p->stale = !awaited;
	p->reading.limit = l->limit;
	p->thread = l->thread;
	p->said_us = l->said_us;
	p->asked_at = l->asked_at;
	return true;
}

/* The ends of what stands on the page; a thread's pages begin with its parent, wherever they are. */
static void find_ends(const struct answer *got, const struct recovery_page *p, const char **first,
	const char **last)
{
	*first = *last = NULL;
	for (int i = 0; i < got->message_count; i++) {
		const char *ts = got->messages[i].ts;

		if (ts == NULL || (p->thread != NULL && strcmp(ts, p->thread) == 0))
			continue;
		if (*first == NULL || strcmp(ts, *first) < 0)
			*first = ts;
		if (*last == NULL || strcmp(ts, *last) > 0)
			*last = ts;
	}
}

static bool stands_on(const struct answer *got, const char *ts)
{
	for (int i = 0; i < got->message_count; i++)
		if (got->messages[i].ts != NULL && strcmp(got->messages[i].ts, ts) == 0)
			return true;
	return false;
}

/* Of what is known, what the page has not; a thread's parent belongs to its every page. */
static void keep_missing(const struct answer *got, struct arena *a, struct recovery_page *p)
{
	const char **gone = arena_zeroed(a, sizeof(*gone) * (size_t)(p->gone.count + 2));
	int count = 0;

	for (int i = 0; i < p->gone.count; i++)
		if (!stands_on(got, p->gone.list[i]))
			gone[count++] = p->gone.list[i];
	if (p->thread != NULL && !stands_on(got, p->thread))
		gone[count++] = p->thread;
	p->gone = (struct ts_list){ gone, count };
}

static bool is_lost_thread(const struct recovery_page *p, const struct answer *got)
{
	return p->thread != NULL && got->error != NULL &&
		(strcmp(got->error, "thread_not_found") == 0 ||
			strcmp(got->error, "message_not_found") == 0);
}

/* Above every ts that there can be. */
static const char ABOVE_ALL[] = "9999999999.999999";

/* Slack may end a page, or even leave it empty, before it has shown all: only it says when that is. */
static void find_span(const struct answer *got, const char *place, struct recovery_page *p)
{
	const char *first, *last;
	const char *oldest = p->reading.oldest != NULL ? p->reading.oldest : "";

	find_ends(got, p, &first, &last);
	p->last = got->cursor == NULL && !got->has_more;
	p->empty = first == NULL && !p->last;
	if (p->thread != NULL) {
		p->low = place != NULL ? place : "";
		p->high = p->last ? ABOVE_ALL : p->empty ? p->low : last;
		return;
	}
	p->high = place != NULL ? place : ABOVE_ALL;
	p->low = p->empty ? p->high : p->last && !got->limited ? oldest : first;
	if (p->low == NULL)
		p->low = p->high; /* nothing is shown, and what was there may only be hidden */
}

static int64_t settled_before(const struct answer *got, const struct recovery_page *p)
{
	int64_t before = p->said_us - SETTLED_US, newest;
	const char *first, *last;

	find_ends(got, p, &first, &last);
	newest = slack_moment(last);
	if (slack_moment(p->reading.newest) > newest)
		newest = slack_moment(p->reading.newest);
	return newest > before ? newest : before;
}

static bool find_gone(struct store *s, struct arena *a, const struct answer *got, bool unsure,
	struct recovery_page *p, struct fail *why)
{
	const struct ts_span span = { p->low, p->high, settled_before(got, p), unsure };
	bool ok = p->thread != NULL
		? store_recovery_replies(s, a, &p->reading, p->thread, &span, &p->gone, why)
		: store_recovery_said(s, a, &p->reading, &span, &p->gone, why);

	if (ok)
		keep_missing(got, a, p);
	return ok;
}

bool recovery_page_open(struct store *s, struct arena *a, const struct answer *got, bool unsure,
	struct recovery_page *out, struct fail *why)
{
	struct recovery_page p = { 0 };
	struct label l;

	if (!find_reading(s, a, got, &l, &p, why))
		return false;
	if (!p.stale && (got->ok || is_lost_thread(&p, got))) {
		find_span(got, l.place, &p);
		if (!find_gone(s, a, got, unsure, &p, why))
			return false;
	}
	*out = p;
	return true;
}

static bool finish(struct store *s, struct arena *a, struct recovery *r, int64_t now_us,
	struct call **next, struct fail *why)
{
	r->complete_at = r->began_at;
	if (is_whole(r))
		r->whole_at = r->began_at;
	r->state = "idle";
	if (r->wanted_at > r->began_at)
		return begin(s, a, r, true, now_us, next, why);
	return store_recovery_save(s, r, why);
}

/*
 * What is missing in threads is read as soon as it is known of: Slack counts their pages by themselves, so it takes the
 * history no time. Then the history, the other threads, and what is known from hearsay alone.
 */
static bool go_on(struct store *s, struct arena *a, struct recovery *r, int64_t now_us,
	struct call **next, struct fail *why)
{
	struct unread_thread t;

	if (!store_recovery_thread_next(s, a, r->incident, &t, why))
		return false;
	if (t.ts == NULL && r->bottom &&
		(!store_recovery_threads_unseen(s, r, why) ||
			!store_recovery_thread_next(s, a, r->incident, &t, why)))
		return false;
	if (t.ts == NULL && r->bottom)
		return finish(s, a, r, now_us, next, why);
	*next = t.missing || r->bottom
		? ask_thread(a, r, &(struct thread){ t.ts, t.place, NULL }, now_us)
		: ask_history(a, r, NULL, now_us);
	return store_recovery_save(s, r, why);
}

static bool note_threads(struct store *s, struct arena *a, const struct answer *got,
	const struct recovery_page *p, struct fail *why)
{
	const char *known = known_before(a, &p->reading);

	for (int i = 0; i < got->message_count; i++) {
		const struct message *m = &got->messages[i];

		if (m->replies > 0 && m->ts != NULL &&
			!store_recovery_thread_add(s, &p->reading, m->ts,
				m->latest_reply != NULL ? m->latest_reply : m->ts, m->replies,
				known, why))
			return false;
	}
	return store_recovery_threads_known(s, &p->reading, p->low, p->high, why);
}

/* The first page of a reading shows the newest message there is. */
static void note_newest(struct recovery *r, const struct answer *got, const struct recovery_page *p)
{
	const char *first, *last;

	find_ends(got, p, &first, &last);
	if (r->newest == NULL)
		r->newest = last;
}

static bool close_history(struct store *s, struct arena *a, const struct answer *got,
	struct recovery_page *p, int64_t now_us, struct call **next, struct fail *why)
{
	struct recovery *r = &p->reading;

	note_newest(r, got, p);
	if (!note_threads(s, a, got, p, why))
		return false;
	if (p->empty) {
		*next = ask_history(a, r, got->cursor, now_us);
		return store_recovery_save(s, r, why);
	}
	if (!p->last)
		r->place = p->low;
	r->bottom = p->last;
	return go_on(s, a, r, now_us, next, why);
}

static bool close_thread(struct store *s, struct arena *a, const struct answer *got,
	struct recovery_page *p, int64_t now_us, struct call **next, struct fail *why)
{
	struct recovery *r = &p->reading;

	if (p->last)
		return store_recovery_thread_done(s, r->incident, p->thread, why) &&
			go_on(s, a, r, now_us, next, why);
	*next = ask_thread(a, r,
		&(struct thread){ p->thread, p->high, p->empty ? got->cursor : NULL }, now_us);
	return store_recovery_thread_save(s, r->incident, p->thread, p->high, why) &&
		store_recovery_save(s, r, why);
}

static bool refuse(struct store *s, struct recovery *r, const char *error, struct fail *why)
{
	r->state = "refused";
	r->error = error;
	r->wanted_at = 0;
	return store_recovery_save(s, r, why);
}

/* What was asked for since then may be possible now: the channel has another id, or we are in it again. */
static bool end_refused(struct store *s, struct arena *a, struct recovery *r, const char *error,
	int64_t now_us, struct call **next, struct fail *why)
{
	return r->wanted_at > r->began_at ? begin(s, a, r, true, now_us, next, why)
					  : refuse(s, r, error, why);
}

/* The same page, with half as many messages; of one alone there is no less. */
static bool ask_for_less(struct store *s, struct arena *a, struct recovery *r, int64_t now_us,
	struct call **next, struct fail *why)
{
	r->limit = (r->limit != 0 ? r->limit : CALL_PAGE) / 2;
	return r->limit > 0 ? go_on(s, a, r, now_us, next, why)
			    : end_refused(s, a, r, ANSWER_TOO_LARGE, now_us, next, why);
}

bool recovery_lose(
	struct store *s, struct arena *a, int64_t incident, const char *error, struct fail *why)
{
	struct recovery r;

	return store_recovery_make(s, a, incident, &r, why) && refuse(s, &r, error, why);
}

bool recovery_should_be_told(const struct recovery_page *p, const char *ts)
{
	return slack_moment(ts) < p->said_us - TOLD_US;
}

bool recovery_page_close(struct store *s, struct arena *a, const struct answer *got,
	struct recovery_page *p, int64_t now_us, struct call **next, struct fail *why)
{
	struct recovery *r = &p->reading;

	*next = NULL;
	r->pages++;
	r->found += p->found;
	/* Somebody watched, and was not told: of what is older, changes may be missing. */
	if (p->untold && !is_whole(r))
		r->wanted_at = r->now_at;
	if (got->ok && p->empty && got->cursor == NULL)
		return end_refused(s, a, r, "an empty page, and more behind it", now_us, next, why);
	if (got->error != NULL && strcmp(got->error, "invalid_cursor") == 0 && p->thread == NULL) {
		*next = ask_history(a, r, NULL, now_us);
		return store_recovery_save(s, r, why);
	}
	if (got->error != NULL && strcmp(got->error, ANSWER_TOO_LARGE) == 0)
		return ask_for_less(s, a, r, now_us, next, why);
	if (!got->ok && !is_lost_thread(p, got))
		return end_refused(s, a, r, got->error != NULL ? got->error : "no reason given",
			now_us, next, why);
	if (p->thread != NULL)
		return close_thread(s, a, got, p, now_us, next, why);
	return close_history(s, a, got, p, now_us, next, why);
}
