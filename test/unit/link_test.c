#include "../../lib/link/link_alarm.h"
#include "../../lib/link/link_fsm.h"
#include "../../lib/link/link_url.h"
#include "check.h"
#include "link.h"

static void a_url_is_taken_apart(void)
{
	static const char *const bad[] = { "", "https://a/", "wss://", "wss:///x", "wss://a:0/",
		"wss://a:70000/", "wss://a b/", "wss://a/ b", "wss://u@a/", "wss://a/\r\nX: y",
		"ws://slack.com/", "ws://127.0.0.1.example.com/", "wss://[::1/", "wss://a:1x/" };
	struct link_url u;
	struct fail why = { 0 };

	CHECK(link_url_read("wss://wss-primary.slack.com/link/?ticket=T&app_id=A", &u, &why));
	CHECK_TEXT(u.host, "wss-primary.slack.com");
	CHECK_TEXT(u.path, "/link/?ticket=T&app_id=A");
	CHECK(u.port == 443 && u.tls);
	link_url_done(&u);
	CHECK(link_url_read("ws://[::1]:8080?x#y", &u, &why));
	CHECK_TEXT(u.host, "::1");
	CHECK_TEXT(u.path, "/?x");
	CHECK(u.port == 8080 && !u.tls);
	link_url_done(&u);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(!link_url_read(bad[i], &u, &why));
}

static bool no_event(void *ctx, int64_t socket, struct event *ev)
{
	(void)ctx;
	(void)socket;
	(void)ev;
	return false;
}

static void no_connection_yet(void *ctx, int64_t gap_ms)
{
	(void)ctx;
	(void)gap_ms;
}

struct asker {
	struct loop *loop;
	struct link *link;
	int64_t tickets[4];
	int asked, stops;
};

static void ask_done(void *ctx)
{
	struct asker *a = ctx;

	a->stops++;
	loop_stop(a->loop);
}

static void keep_tickets(void *ctx, int64_t ticket)
{
	struct asker *a = ctx;

	if (a->asked == 4) /* the other seat's may be due before the loop stops */
		return;
	a->tickets[a->asked++] = ticket;
	if (a->asked == 4)
		loop_stop(a->loop);
	else
		link_got_url(a->link, ticket, &(struct link_answer){ .error = "timeout" });
}

static void two_seats_never_share_a_number(void)
{
	struct fail why = { 0 };
	struct asker a = { .loop = loop_new(NULL, &why) };
	struct link_needs needs = { .ctx = &a,
		.ask_for_url = keep_tickets,
		.on_event = no_event,
		.on_connected = no_connection_yet };
	int64_t odd = 0;

	a.link = link_new(a.loop, 2, &needs, &why);
	link_start(a.link);
	loop_run(a.loop);
	for (int i = 0; i < 4; i++) {
		odd += (a.tickets[i] - a.tickets[0]) & 1;
		for (int j = 0; j < i; j++)
			CHECK(a.tickets[i] != a.tickets[j]);
	}
	CHECK(odd > 0); /* the second seat's are those between */
	link_free(a.link);
	loop_free(a.loop);
}

static void answer(struct asker *a, int64_t ticket, const char *url)
{
	link_got_url(a->link, ticket, &(struct link_answer){ .url = url });
}

/* One attempt goes to a port where nobody is, and the link is stopped while it tries. */
static void ask(void *ctx, int64_t ticket)
{
	struct asker *a = ctx;

	a->asked++;
	if (a->asked == 1)
		answer(a, ticket, "ws://127.0.0.1:1/?ticket=t");
	else if (a->asked == 2)
		answer(a, ticket, "http://127.0.0.1/");
	else
		link_stop(a->link, ask_done, a);
}

static void birth_failure_and_death_are_clean(void)
{
	struct fail why = { 0 };
	struct asker a = { .loop = loop_new(NULL, &why) };
	struct link_needs needs = { .ctx = &a,
		.ask_for_url = ask,
		.on_event = no_event,
		.on_connected = no_connection_yet };

	CHECK(a.loop != NULL);
	link_free(NULL);
	link_free(link_new(a.loop, 2, &needs, &why));
	a.link = link_new(a.loop, 1, &needs, &why);
	CHECK(a.link != NULL);
	link_start(a.link);
	loop_run(a.loop);
	CHECK(a.asked == 3 && a.stops == 1);
	CHECK(link_state(a.link).live == 0);
	link_ack(a.link, 5, "gone", NULL);
	link_free(a.link);
	loop_free(a.loop);
}

int main(void)
{
	a_url_is_taken_apart();
	birth_failure_and_death_are_clean();
	two_seats_never_share_a_number();
	return 0;
}
