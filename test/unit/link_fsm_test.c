#include "../../lib/link/link_alarm.h"
#include "../../lib/link/link_fsm.h"
#include "../../lib/link/link_url.h"
#include "check.h"
#include "link.h"

/* A seat, its clock, and what it last said. Numbers of sockets go 1, 3, 5, ... */
struct bench {
	struct seat seat;
	int64_t now;
	struct seat_acts acts;
};

static struct bench bench_new(void)
{
	struct bench b = { .now = 1000000 };

	seat_init(&b.seat, 1, 2, b.now, 42);
	return b;
}

static void tell_word(
	struct bench *b, enum seat_news news, int64_t socket, const char *word, int retry_after)
{
	struct seat_did did = { .socket = socket, .word = word, .retry_after = retry_after };

	seat_step(&b->seat, news, &did, b->now, &b->acts);
}

static void tell(struct bench *b, enum seat_news news, int64_t socket)
{
	tell_word(b, news, socket, NULL, 0);
}

static void wait_ms(struct bench *b, int64_t ms)
{
	b->now += ms;
	tell(b, SEAT_WOKE, 0);
}

/* As the glue does it: wakes the seat when it asked to be. Returns how long that was. */
static int64_t wait_for_wake(struct bench *b)
{
	int64_t ms = seat_wake_at(&b->seat) - b->now;

	CHECK(ms >= 0 && ms < 4000000);
	wait_ms(b, ms);
	return ms;
}

static bool did(const struct bench *b, enum seat_act what, int64_t socket)
{
	for (int i = 0; i < b->acts.count; i++)
		if (b->acts.list[i].what == what && b->acts.list[i].socket == socket)
			return true;
	return false;
}

/* From having asked to having said hello. */
static void come_up(struct bench *b, int64_t socket)
{
	tell(b, SEAT_GOT_URL, socket);
	CHECK(did(b, SEAT_DIAL, socket));
	tell(b, SEAT_UPGRADED, socket);
	tell(b, SEAT_HELLO, socket);
	CHECK(seat_live(&b->seat, b->now) >= 1);
}

static struct bench bench_live(void)
{
	struct bench b = bench_new();

	tell(&b, SEAT_WOKE, 0);
	CHECK(did(&b, SEAT_ASK, 1));
	come_up(&b, 1);
	return b;
}

/* Pongs each 8 s, as libwebsockets asks for them. */
static void live_on(struct bench *b, int64_t socket, int64_t ms)
{
	for (; ms > 0; ms -= 8000) {
		wait_ms(b, ms < 8000 ? ms : 8000);
		CHECK(b->acts.count == 0);
		tell(b, SEAT_PONG, socket);
	}
}

static void an_attempt_goes_step_by_step(void)
{
	struct bench b = bench_live();

	CHECK(b.acts.count == 0);
	CHECK(seat_live(&b.seat, b.now) == 1);
	CHECK(seat_wake_at(&b.seat) > b.now);
	live_on(&b, 1, 5 * 3600 * 1000);
	CHECK(seat_live(&b.seat, b.now) == 1);
}

static void every_step_has_a_deadline(void)
{
	static const struct {
		enum place_state state;
		int64_t ms;
	} steps[] = { { PLACE_ASKING, 10000 }, { PLACE_DIALING, 15000 },
		{ PLACE_GREETING, 10000 } };

	for (size_t i = 0; i < 3; i++) {
		struct bench b = bench_new();
		tell(&b, SEAT_WOKE, 0);
		if (steps[i].state >= PLACE_DIALING)
			tell(&b, SEAT_GOT_URL, 1);
		if (steps[i].state >= PLACE_GREETING)
			tell(&b, SEAT_UPGRADED, 1);
		CHECK(b.seat.places[0].state == steps[i].state);
		CHECK(wait_for_wake(&b) == steps[i].ms);
		CHECK(did(&b, SEAT_KILL, 1));
		CHECK(!seat_has(&b.seat, 1));
		CHECK(wait_for_wake(&b) <= 500);
		CHECK(did(&b, SEAT_ASK, 3));
	}
}

static void failures_make_the_rests_longer(void)
{
	static const int64_t base[] = { 0, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000 };
	struct bench b = bench_new();

	tell(&b, SEAT_WOKE, 0);
	for (int i = 0; i < 9; i++) {
		int64_t socket = 1 + 2 * i, rest;
		CHECK(seat_has(&b.seat, socket));
		tell(&b, SEAT_GOT_URL, socket);
		tell(&b, SEAT_GONE, socket);
		tell(&b, SEAT_GONE, socket); /* lws says it in several ways */
		rest = wait_for_wake(&b);
		CHECK(did(&b, SEAT_ASK, socket + 2));
		if (base[i] == 0)
			CHECK(rest <= 500);
		else
			CHECK(rest >= base[i] * 7 / 10 && rest <= base[i] * 13 / 10 + 1);
	}
}

static void only_a_connection_that_lasted_clears_the_record(void)
{
	struct bench b = bench_live();

	for (int64_t socket = 1; socket < 9; socket += 2) {
		tell(&b, SEAT_GONE, socket); /* accepts and drops */
		(void)wait_for_wake(&b);
		come_up(&b, socket + 2);
	}
	CHECK(b.seat.failures == 4);
	live_on(&b, 9, 59000);
	tell(&b, SEAT_GONE, 9);
	CHECK(wait_for_wake(&b) >= 5600);
	come_up(&b, 11);
	live_on(&b, 11, 60000);
	tell(&b, SEAT_GONE, 11);
	CHECK(wait_for_wake(&b) <= 500);
}

static void a_warning_brings_the_next_before_the_old_one_goes(void)
{
	struct bench b = bench_live();

	live_on(&b, 1, 100000);
	tell(&b, SEAT_TOLD_WARNING, 1);
	CHECK(b.acts.count == 1 && did(&b, SEAT_ASK, 3));
	tell(&b, SEAT_TOLD_WARNING, 1); /* once a socket */
	CHECK(b.acts.count == 0);
	tell(&b, SEAT_TOLD_REFRESH, 1);
	CHECK(b.acts.count == 0);
	CHECK(seat_has(&b.seat, 1));
	come_up(&b, 3);
	CHECK(b.acts.count == 0); /* the old one may still acknowledge */
	CHECK(seat_live(&b.seat, b.now) == 2);
	CHECK(wait_for_wake(&b) == 2000);
	CHECK(did(&b, SEAT_CLOSE, 1) && did(&b, SEAT_REPLACED, 1));
	tell(&b, SEAT_GONE, 1);
	CHECK(b.acts.count == 0 && !seat_has(&b.seat, 1) && seat_has(&b.seat, 3));
	live_on(&b, 3, 100000);
}

static void an_old_one_drains_for_half_a_minute_at_most(void)
{
	struct bench b = bench_live();

	live_on(&b, 1, 100000);
	tell(&b, SEAT_TOLD_WARNING, 1);
	come_up(&b, 3);
	for (int i = 0; i < 3; i++) {
		wait_ms(&b, 9000);
		CHECK(b.acts.count == 0);
		tell(&b, SEAT_PONG, 1);
		tell(&b, SEAT_PONG, 3);
	}
	wait_ms(&b, 3000);
	CHECK(did(&b, SEAT_CLOSE, 1));
	CHECK(wait_for_wake(&b) == 1000); /* the answer to a close frame need not come */
	CHECK(did(&b, SEAT_KILL, 1) && !seat_has(&b.seat, 1) && seat_has(&b.seat, 3));
}

static void the_old_one_stays_as_long_as_there_is_no_other(void)
{
	struct bench b = bench_live();

	live_on(&b, 1, 100000);
	tell(&b, SEAT_TOLD_WARNING, 1);
	tell_word(&b, SEAT_GOT_NO_URL, 3, "internal_error", 0);
	CHECK(!did(&b, SEAT_ASK, 5) && seat_has(&b.seat, 1));
	CHECK(wait_for_wake(&b) <= 500);
	CHECK(did(&b, SEAT_ASK, 5));
	tell(&b, SEAT_GONE, 1); /* and now there is a gap, with an attempt under way */
	CHECK(b.acts.count == 0 && seat_last_heard(&b.seat) == 0);
	come_up(&b, 5);
}

static void there_are_never_more_than_two(void)
{
	struct bench b = bench_live();

	live_on(&b, 1, 100000);
	tell(&b, SEAT_TOLD_WARNING, 1);
	come_up(&b, 3);
	tell(&b, SEAT_TOLD_REFRESH, 3); /* while 1 still drains */
	CHECK(wait_for_wake(&b) <= 500);
	CHECK(did(&b, SEAT_KILL, 1) && did(&b, SEAT_ASK, 5));
	CHECK(seat_has(&b.seat, 3) && seat_has(&b.seat, 5));
}

static void silence_is_death(void)
{
	struct bench b = bench_live();

	live_on(&b, 1, 100000);
	wait_ms(&b, 20000);
	CHECK(seat_live(&b.seat, b.now) == 0);
	CHECK(wait_for_wake(&b) == 1500);
	CHECK(did(&b, SEAT_KILL, 1) && !did(&b, SEAT_CLOSE, 1));
	CHECK(wait_for_wake(&b) <= 500);
	CHECK(did(&b, SEAT_ASK, 3));
}

static void too_many_websockets_is_never_answered_by_another_at_once(void)
{
	static const int64_t least[] = { 30000, 60000, 120000, 240000, 300000, 300000 };
	struct bench b = bench_new();

	tell(&b, SEAT_WOKE, 0);
	for (int i = 0; i < 6; i++) {
		int64_t socket = 1 + 2 * i, begun = b.now;
		tell(&b, SEAT_GOT_URL, socket);
		tell(&b, SEAT_UPGRADED, socket);
		tell(&b, SEAT_TOLD_TOO_MANY, socket); /* in place of hello */
		CHECK(did(&b, SEAT_CLOSE, socket));
		CHECK_TEXT(b.seat.alarm->word, "too_many_websockets");
		tell(&b, SEAT_GONE, socket);
		(void)wait_for_wake(&b);
		CHECK(did(&b, SEAT_ASK, socket + 2));
		CHECK(b.now - begun >= least[i] && b.now - begun <= least[i] * 11 / 10);
	}
	come_up(&b, 13);
	CHECK(b.seat.alarm == NULL);
}

static void a_disabled_link_and_a_bad_token_are_probed_slowly(void)
{
	static const int64_t least[] = { 60000, 120000, 240000, 300000, 300000 };
	struct bench b = bench_live();

	tell(&b, SEAT_TOLD_DISABLED, 1);
	CHECK(did(&b, SEAT_CLOSE, 1));
	CHECK_TEXT(b.seat.alarm->word, "link_disabled");
	tell(&b, SEAT_GONE, 1);
	for (int i = 0; i < 5; i++) {
		int64_t rest = wait_for_wake(&b);
		CHECK(did(&b, SEAT_ASK, 3 + 2 * i));
		CHECK(rest >= least[i] && rest <= least[i] * 11 / 10);
		tell_word(&b, SEAT_GOT_NO_URL, 3 + 2 * i, "invalid_auth", 0);
		CHECK_TEXT(b.seat.alarm->word, "invalid_auth");
	}
	(void)wait_for_wake(&b);
	come_up(&b, 13);
	CHECK(b.seat.alarm == NULL);
}

static void retry_after_is_obeyed(void)
{
	struct bench b = bench_new();
	int64_t rest;

	tell(&b, SEAT_WOKE, 0);
	tell_word(&b, SEAT_GOT_NO_URL, 1, "ratelimited", 30);
	rest = wait_for_wake(&b);
	CHECK(rest >= 30000 && rest <= 31000);
	tell(&b, SEAT_GOT_URL, 3);
	tell_word(&b, SEAT_GONE, 3, NULL, 90); /* a handshake's 429 */
	rest = wait_for_wake(&b);
	CHECK(rest >= 90000 && rest <= 91000);
}

static void a_stale_number_changes_nothing(void)
{
	struct bench b = bench_live();
	enum seat_news news;

	tell(&b, SEAT_GONE, 1);
	(void)wait_for_wake(&b);
	come_up(&b, 3);
	for (news = SEAT_GOT_URL; news <= SEAT_GONE; news++) {
		tell(&b, news, 1);
		CHECK(b.acts.count == 0);
	}
	CHECK(seat_live(&b.seat, b.now) == 1);
}

static void the_peers_close_frame_is_the_end_of_it(void)
{
	struct bench b = bench_live();

	live_on(&b, 1, 100000);
	tell(&b, SEAT_PARTING, 1);
	CHECK(did(&b, SEAT_CLOSE, 1) && seat_last_heard(&b.seat) == 0);
	CHECK(wait_for_wake(&b) <= 500);
	CHECK(did(&b, SEAT_ASK, 3));
	wait_ms(&b, 1000); /* TCP stays open: Slack does not close it */
	CHECK(did(&b, SEAT_KILL, 1));
}

static void stop_closes_and_then_kills(void)
{
	struct bench b = bench_live();

	live_on(&b, 1, 100000);
	tell(&b, SEAT_TOLD_WARNING, 1);
	tell(&b, SEAT_STOP, 0);
	CHECK(did(&b, SEAT_CLOSE, 1) && did(&b, SEAT_KILL, 3));
	CHECK(!seat_empty(&b.seat));
	CHECK(wait_for_wake(&b) == 1000);
	CHECK(did(&b, SEAT_KILL, 1) && seat_empty(&b.seat));
	CHECK(seat_wake_at(&b.seat) == INT64_MAX);
}

/* Whatever comes in whatever order: two places, one attempt, always a way on. */
static void any_order_of_news_is_borne(void)
{
	uint64_t r = 88172645463325252ULL;
	struct bench b = bench_new();

	for (int i = 0; i < 300000; i++) {
		int live_or_trying = 0;
		r ^= r << 13;
		r ^= r >> 7;
		r ^= r << 17;
		enum seat_news news = (enum seat_news)(r % SEAT_STOP);
		b.now += (int64_t)(r >> 20) % 3000;
		tell_word(&b, news, b.seat.places[r >> 40 & 1].socket,
			(r >> 50 & 15) == 0 ? "invalid_auth" : "timeout", 0);
		for (int j = 0; j < 2; j++) {
			const struct place *p = &b.seat.places[j];
			live_or_trying += p->state >= PLACE_ASKING && p->state <= PLACE_GREETING;
			CHECK((p->state == PLACE_EMPTY) == (p->deadline == 0));
		}
		CHECK(live_or_trying <= 1);
		CHECK(seat_wake_at(&b.seat) < b.now + 4000000);
		if (seat_wake_at(&b.seat) <= b.now) {
			tell(&b, SEAT_WOKE, 0);
			CHECK(seat_wake_at(&b.seat) > b.now); /* or the loop would spin */
		}
	}
}

int main(void)
{
	an_attempt_goes_step_by_step();
	every_step_has_a_deadline();
	failures_make_the_rests_longer();
	only_a_connection_that_lasted_clears_the_record();
	a_warning_brings_the_next_before_the_old_one_goes();
	an_old_one_drains_for_half_a_minute_at_most();
	the_old_one_stays_as_long_as_there_is_no_other();
	there_are_never_more_than_two();
	silence_is_death();
	too_many_websockets_is_never_answered_by_another_at_once();
	a_disabled_link_and_a_bad_token_are_probed_slowly();
	retry_after_is_obeyed();
	a_stale_number_changes_nothing();
	the_peers_close_frame_is_the_end_of_it();
	stop_closes_and_then_kills();
	any_order_of_news_is_borne();
	return 0;
}
