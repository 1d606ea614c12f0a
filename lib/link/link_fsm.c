#include "link_fsm.h"

#include <assert.h>
#include <string.h>

#include "link_alarm.h"

enum {
	URL_MS = 10000,
	DIAL_MS = 15000,
	HELLO_MS = 10000,
	DEAD_MS = 20000,
	SLACK_MS =
		1500, /* libwebsockets hangs up by itself at DEAD_MS; this is for when it does not */
	DRAIN_MS = 30000,
	LAST_CALL_MS = 2000, /* from refresh_requested on: for acknowledgements under way */
	CLOSE_MS = 1000,
	GOOD_MS = 60000, /* a connection that lasted so long clears the record */
	LONGEST_RETRY_S = 3600,
	RATELIMITED_S = 30, /* when Slack does not say for how long */
};

static const int64_t REST_MS[] = { 0, 1000, 2000, 4000, 8000, 16000, 30000 };
static const int64_t SLOW_MS[] = { 60000, 120000, 240000, 300000 };
static const int64_t CROWDED_MS[] = { 30000, 60000, 120000, 240000, 300000 };
enum { FIRST_REST_MS = 500, JITTER_PERCENT = 30 };

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

/* --- time -------------------------------------------------------------------------------------- */

/* xorshift64*: only to keep many daemons from moving in step. */
static int64_t seat_random(struct seat *s, int64_t below)
{
	s->random ^= s->random >> 12;
	s->random ^= s->random << 25;
	s->random ^= s->random >> 27;
	return (int64_t)((s->random * 0x2545F4914F6CDD1DULL >> 33) % (uint64_t)below);
}

static int64_t jittered(struct seat *s, int64_t ms)
{
	return ms - ms * JITTER_PERCENT / 100 + seat_random(s, ms * 2 * JITTER_PERCENT / 100 + 1);
}

static int64_t nth_rest(const int64_t *list, int count, int nth)
{
	return list[nth < count ? nth : count - 1];
}

static void rest_until(struct seat *s, int64_t until)
{
	if (until > s->rest_until)
		s->rest_until = until;
}

static void rest_after_failure(struct seat *s, int64_t now)
{
	int64_t ms = nth_rest(REST_MS, COUNT(REST_MS), s->failures++);

	rest_until(s, now + (ms == 0 ? seat_random(s, FIRST_REST_MS + 1) : jittered(s, ms)));
}

/* Never shorter than the list says: each attempt makes it worse, or is in vain. */
static void rest_after_refusal(
	struct seat *s, const int64_t *list, int count, const struct alarm *alarm, int64_t now)
{
	int64_t ms = nth_rest(list, count, s->refusals++);

	s->alarm = alarm;
	s->failures++;
	rest_until(s, now + ms + seat_random(s, ms / 10));
}

static void rest_as_asked(struct seat *s, int seconds, int64_t now)
{
	if (seconds > LONGEST_RETRY_S)
		seconds = LONGEST_RETRY_S;
	if (seconds > 0)
		rest_until(s, now + (int64_t)seconds * 1000 + seat_random(s, 1000));
}

/* --- places ------------------------------------------------------------------------------------ */

static void act(struct seat_acts *acts, enum seat_act what, int64_t socket)
{
	assert(acts->count < COUNT(acts->list));
	acts->list[acts->count].what = what;
	acts->list[acts->count++].socket = socket;
}

static void act_replaced(struct seat_acts *acts, const struct place *p, int64_t now)
{
	if (p->state != PLACE_LEAVING)
		return;
	act(acts, SEAT_REPLACED, p->socket);
	acts->list[acts->count - 1].ms = now - p->replaced_at;
}

static struct place *place_in(struct seat *s, enum place_state state)
{
	for (int i = 0; i < 2; i++)
		if (s->places[i].state == state)
			return &s->places[i];
	return NULL;
}

static struct place *place_of(struct seat *s, int64_t socket)
{
	for (int i = 0; i < 2; i++)
		if (s->places[i].state != PLACE_EMPTY && s->places[i].socket == socket)
			return &s->places[i];
	return NULL;
}

static bool is_attempt(const struct place *p)
{
	return p->state == PLACE_ASKING || p->state == PLACE_DIALING || p->state == PLACE_GREETING;
}

static bool is_good(const struct place *p)
{
	return p->state == PLACE_LIVE || p->state == PLACE_LEAVING;
}

/* The only place where a state changes: what it means to be in each is set up here. */
static void place_enter(struct place *p, enum place_state to, int64_t now)
{
	static const int64_t time_for[] = {
		[PLACE_ASKING] = URL_MS,
		[PLACE_DIALING] = DIAL_MS,
		[PLACE_GREETING] = HELLO_MS,
		[PLACE_LIVE] = DEAD_MS + SLACK_MS,
		[PLACE_LEAVING] = DRAIN_MS,
		[PLACE_CLOSING] = CLOSE_MS,
	};

	p->state = to;
	p->deadline = to != PLACE_EMPTY ? now + time_for[to] : 0;
	if (to == PLACE_LIVE)
		p->hello_at = p->heard_at = now;
	if (to == PLACE_LEAVING)
		p->replaced_at = now;
	if (to == PLACE_LEAVING && p->last_call)
		p->deadline = now + LAST_CALL_MS;
}

/* For what was never good, or is dead: nothing is to be flushed. */
static void place_kill(struct place *p, int64_t now, struct seat_acts *acts)
{
	act(acts, SEAT_KILL, p->socket);
	acts->list[acts->count - 1].was = p->state;
	act_replaced(acts, p, now);
	place_enter(p, PLACE_EMPTY, now);
}

static void place_close(struct place *p, int64_t now, struct seat_acts *acts)
{
	act(acts, SEAT_CLOSE, p->socket);
	act_replaced(acts, p, now);
	place_enter(p, PLACE_CLOSING, now);
}

/* Was it good for long enough to forget what was before? */
static bool seat_note_lasted(struct seat *s, const struct place *p, int64_t now)
{
	bool lasted = is_good(p) && now - p->hello_at >= GOOD_MS;

	if (lasted)
		s->failures = s->refusals = 0;
	return lasted;
}

/* A live one has come to its end, or will. */
static void seat_note_end(struct seat *s, const struct place *p, int64_t now)
{
	if (!seat_note_lasted(s, p, now) || !p->told)
		rest_after_failure(s, now);
}

/* --- what is wanted ---------------------------------------------------------------------------- */

static bool wants_attempt(const struct seat *s)
{
	if (s->stopping)
		return false;
	for (int i = 0; i < 2; i++) {
		const struct place *p = &s->places[i];
		if (is_attempt(p) || (p->state == PLACE_LIVE && !p->told))
			return false;
	}
	return true;
}

static void begin_attempt(struct seat *s, int64_t now, struct seat_acts *acts)
{
	struct place *p = place_in(s, PLACE_EMPTY), *old;

	if (p == NULL && (old = place_in(s, PLACE_LEAVING)) != NULL) {
		place_kill(
			old, now, acts); /* it was replaced already, and now its replacement is */
		p = old;
	}
	if (p == NULL)
		return; /* one is closing: it will be gone within the second */
	*p = (struct place){ .socket = s->next_socket };
	s->next_socket += s->stride;
	place_enter(p, PLACE_ASKING, now);
	act(acts, SEAT_ASK, p->socket);
}

static void settle(struct seat *s, int64_t now, struct seat_acts *acts)
{
	if (wants_attempt(s) && now >= s->rest_until)
		begin_attempt(s, now, acts);
}

/* --- news -------------------------------------------------------------------------------------- */

/* A word that a person has to hear; the others leave an alarm as it is until a connection is good. */
static void heed(struct seat *s, const struct alarm *alarm)
{
	if (alarm != NULL)
		s->alarm = alarm;
}

static bool is_disabled(const struct seat *s)
{
	return s->alarm != NULL && s->alarm == alarm_of("link_disabled");
}

static void on_no_url(struct seat *s, struct place *p, const struct seat_did *did, int64_t now)
{
	const struct alarm *alarm = alarm_of(did->word);
	bool limited = did->word != NULL && strcmp(did->word, "ratelimited") == 0;

	if (p->state != PLACE_ASKING)
		return;
	place_enter(p, PLACE_EMPTY, now);
	rest_as_asked(s, limited && did->retry_after <= 0 ? RATELIMITED_S : did->retry_after, now);
	if (alarm == NULL && is_disabled(s))
		alarm = s->alarm; /* whatever Slack says meanwhile */
	heed(s, alarm);
	if (alarm != NULL && alarm->slow)
		rest_after_refusal(s, SLOW_MS, COUNT(SLOW_MS), alarm, now);
	else
		rest_after_failure(s, now);
}

static void on_hello(struct seat *s, struct place *p, int64_t now)
{
	struct place *old = place_in(s, PLACE_LIVE);

	if (p->state != PLACE_GREETING)
		return;
	s->alarm = NULL;
	s->rest_until = now;
	if (old != NULL)
		place_enter(old, PLACE_LEAVING, now);
	place_enter(p, PLACE_LIVE, now);
}

static void on_told_to_go(
	struct seat *s, struct place *p, bool last_call, int64_t now, struct seat_acts *acts)
{
	if (!is_good(p)) {
		if (p->state == PLACE_GREETING) {
			place_close(p, now, acts);
			rest_after_failure(s, now);
		}
		return;
	}
	if (last_call && !p->last_call) {
		int64_t end = now + (p->state == PLACE_LEAVING ? LAST_CALL_MS : DRAIN_MS);
		p->last_call = true;
		if (end < p->deadline)
			p->deadline = end;
	}
	if (p->told)
		return;
	p->told = true;
	if (p->state == PLACE_LIVE)
		seat_note_end(s, p, now);
}

static void on_refused(
	struct seat *s, struct place *p, bool crowded, int64_t now, struct seat_acts *acts)
{
	if (p->state != PLACE_GREETING && !is_good(p))
		return;
	(void)seat_note_lasted(s, p, now);
	if (crowded)
		rest_after_refusal(
			s, CROWDED_MS, COUNT(CROWDED_MS), alarm_of("too_many_websockets"), now);
	else
		rest_after_refusal(s, SLOW_MS, COUNT(SLOW_MS), alarm_of("link_disabled"), now);
	place_close(p, now, acts);
}

static void on_parting(struct seat *s, struct place *p, int64_t now, struct seat_acts *acts)
{
	if (p->state == PLACE_CLOSING)
		return;
	if (p->state == PLACE_LIVE && !p->told)
		seat_note_end(s, p, now);
	else if (is_attempt(p))
		rest_after_failure(s, now);
	place_close(p, now, acts);
}

static void on_gone(struct seat *s, struct place *p, const struct seat_did *did, int64_t now,
	struct seat_acts *acts)
{
	rest_as_asked(s, did->retry_after, now);
	if (is_attempt(p))
		heed(s, alarm_of(did->word));
	if (p->state == PLACE_LIVE && !p->told)
		seat_note_end(s, p, now);
	else if (is_attempt(p))
		rest_after_failure(s, now);
	act_replaced(acts, p, now);
	place_enter(p, PLACE_EMPTY, now);
}

static void on_late(struct seat *s, struct place *p, int64_t now, struct seat_acts *acts)
{
	if (p->state == PLACE_LEAVING ||
		(p->state == PLACE_LIVE && p->last_call && now - p->heard_at < DEAD_MS)) {
		place_close(p, now, acts);
		return;
	}
	if (p->state == PLACE_LIVE && !p->told)
		seat_note_end(s, p, now);
	else if (is_attempt(p))
		rest_after_failure(s, now);
	place_kill(p, now, acts);
}

static void on_pong(struct place *p, int64_t now)
{
	p->heard_at = now;
	if (p->state == PLACE_LIVE && !p->last_call)
		p->deadline = now + DEAD_MS + SLACK_MS;
}

static void on_stop(struct seat *s, int64_t now, struct seat_acts *acts)
{
	s->stopping = true;
	for (int i = 0; i < 2; i++) {
		if (is_attempt(&s->places[i]))
			place_kill(&s->places[i], now, acts);
		else if (is_good(&s->places[i]))
			place_close(&s->places[i], now, acts);
	}
}

static void on_woke(struct seat *s, int64_t now, struct seat_acts *acts)
{
	for (int i = 0; i < 2; i++)
		if (s->places[i].deadline != 0 && now >= s->places[i].deadline)
			on_late(s, &s->places[i], now, acts);
}

static void on_news(struct seat *s, enum seat_news news, struct place *p,
	const struct seat_did *did, int64_t now, struct seat_acts *acts)
{
	switch (news) {
	case SEAT_GOT_URL:
		if (p->state != PLACE_ASKING)
			return;
		place_enter(p, PLACE_DIALING, now);
		act(acts, SEAT_DIAL, p->socket);
		return;
	case SEAT_UPGRADED:
		if (p->state == PLACE_DIALING)
			place_enter(p, PLACE_GREETING, now);
		return;
	case SEAT_GOT_NO_URL: on_no_url(s, p, did, now); return;
	case SEAT_HELLO: on_hello(s, p, now); return;
	case SEAT_PONG: on_pong(p, now); return;
	case SEAT_TOLD_WARNING: on_told_to_go(s, p, false, now, acts); return;
	case SEAT_TOLD_REFRESH: on_told_to_go(s, p, true, now, acts); return;
	case SEAT_TOLD_DISABLED: on_refused(s, p, false, now, acts); return;
	case SEAT_TOLD_TOO_MANY: on_refused(s, p, true, now, acts); return;
	case SEAT_PARTING: on_parting(s, p, now, acts); return;
	case SEAT_GONE: on_gone(s, p, did, now, acts); return;
	case SEAT_WOKE:
	case SEAT_STOP: return;
	}
}

void seat_step(struct seat *s, enum seat_news news, const struct seat_did *did, int64_t now,
	struct seat_acts *acts)
{
	struct place *p = place_of(s, did->socket);

	*acts = (struct seat_acts){ 0 };
	if (news == SEAT_STOP)
		on_stop(s, now, acts);
	else if (news == SEAT_WOKE)
		on_woke(s, now, acts);
	else if (p != NULL)
		on_news(s, news, p, did, now, acts);
	settle(s, now, acts);
}

/* --- what others ask --------------------------------------------------------------------------- */

void seat_init(
	struct seat *s, int64_t first_socket, int64_t stride, int64_t start_at, uint64_t random)
{
	*s = (struct seat){
		.next_socket = first_socket,
		.stride = stride,
		.rest_until = start_at,
		.random = random != 0 ? random : 1,
	};
}

void seat_rest(struct seat *s, int64_t until)
{
	rest_until(s, until);
}

int64_t seat_wake_at(const struct seat *s)
{
	int64_t at = INT64_MAX;

	for (int i = 0; i < 2; i++) {
		const struct place *p = &s->places[i];
		int64_t deadline = p->deadline;
		bool room = p->state == PLACE_EMPTY || p->state == PLACE_LEAVING;
		if (room && wants_attempt(s) && s->rest_until < at)
			at = s->rest_until;
		if (deadline != 0 && deadline < at)
			at = deadline;
	}
	return at;
}

int seat_live(const struct seat *s, int64_t now)
{
	int n = 0;

	for (int i = 0; i < 2; i++)
		n += is_good(&s->places[i]) && now - s->places[i].heard_at < DEAD_MS;
	return n;
}

int64_t seat_last_heard(const struct seat *s)
{
	int64_t at = 0;

	for (int i = 0; i < 2; i++)
		if (is_good(&s->places[i]) && s->places[i].heard_at > at)
			at = s->places[i].heard_at;
	return at;
}

int64_t seat_silent_ms(const struct seat *s, int64_t socket, int64_t now)
{
	for (int i = 0; i < 2; i++) {
		const struct place *p = &s->places[i];
		if (p->state != PLACE_EMPTY && p->socket == socket && p->heard_at != 0)
			return now - p->heard_at;
	}
	return 0;
}

bool seat_has(const struct seat *s, int64_t socket)
{
	for (int i = 0; i < 2; i++)
		if (s->places[i].state != PLACE_EMPTY && s->places[i].socket == socket)
			return true;
	return false;
}

bool seat_tries(const struct seat *s, int64_t socket)
{
	for (int i = 0; i < 2; i++)
		if (is_attempt(&s->places[i]) && s->places[i].socket == socket)
			return true;
	return false;
}

bool seat_empty(const struct seat *s)
{
	return s->places[0].state == PLACE_EMPTY && s->places[1].state == PLACE_EMPTY;
}
