#include <arpa/inet.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "web.h"

/* A real server, real sockets. */

enum { ROOM = 4096, HUGE_HEADER = 64 * 1024 };

static bool always(void *ctx, struct buf *reasons)
{
	(void)ctx;
	(void)reasons;
	return true;
}

static bool never(void *ctx, struct buf *reasons)
{
	(void)ctx;
	buf_add(reasons, "the database does not answer\n");
	buf_add(reasons, "not connected to Slack");
	return false;
}

static bool never_and_silent(void *ctx, struct buf *reasons)
{
	(void)ctx;
	(void)reasons;
	return false;
}

static uint16_t port_of(const struct web *web)
{
	return (uint16_t)strtol(strrchr(web_url(web), ':') + 1, NULL, 10);
}

static struct web *serve(bool (*ready)(void *ctx, struct buf *reasons))
{
	struct fail why = { 0 };
	struct web *web = web_open(
		"127.0.0.1:0", &(struct web_needs){ .live = always, .ready = ready }, &why);

	CHECK(web != NULL);
	CHECK(port_of(web) > 0);
	return web;
}

static int dial(const struct web *web)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port_of(web)) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	CHECK(fd >= 0);
	CHECK(connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0);
	return fd;
}

/* Reads until the server ends it. */
static const char *read_all(int fd)
{
	static char text[ROOM];
	size_t len = 0;
	ssize_t n;

	while (len < sizeof(text) - 1 && (n = read(fd, text + len, sizeof(text) - 1 - len)) > 0)
		len += (size_t)n;
	text[len] = '\0';
	(void)close(fd);
	return text;
}

static const char *ask(const struct web *web, const char *method, const char *path)
{
	int fd = dial(web);

	CHECK(dprintf(fd, "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", method, path) >
		0);
	return read_all(fd);
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static bool ends(const char *text, const char *with)
{
	size_t len = strlen(text), tail = strlen(with);

	return len >= tail && strcmp(text + len - tail, with) == 0;
}

static void a_ready_daemon_says_ok(void)
{
	struct web *web = serve(always);
	const char *got = ask(web, "GET", "/livez");

	CHECK(begins(got, "HTTP/1.1 200 "));
	CHECK(ends(got, "\r\n\r\nok\n"));
	CHECK(strstr(got, "Cache-Control: no-store\r\n") != NULL);
	CHECK(begins(ask(web, "GET", "/readyz"), "HTTP/1.1 200 "));
	got = ask(web, "HEAD", "/readyz");
	CHECK(begins(got, "HTTP/1.1 200 "));
	CHECK(ends(got, "\r\n\r\n"));
	web_close(web);
}

static void one_that_is_not_says_why(void)
{
	struct web *web = serve(never);
	const char *got = ask(web, "GET", "/readyz");

	CHECK(begins(got, "HTTP/1.1 503 "));
	CHECK(ends(got, "\r\n\r\nthe database does not answer\nnot connected to Slack\n"));
	CHECK(begins(ask(web, "GET", "/livez"), "HTTP/1.1 200 "));
	web_close(web);
	web = serve(never_and_silent);
	CHECK(ends(ask(web, "GET", "/readyz"), "\r\n\r\nnot ready\n"));
	web_close(web);
}

static void one_that_is_stuck_is_not_live(void)
{
	struct fail why = { 0 };
	struct web *web =
		web_open("127.0.0.1:0", &(struct web_needs){ .live = never, .ready = never }, &why);
	const char *got;

	CHECK(web != NULL);
	got = ask(web, "GET", "/livez");
	CHECK(begins(got, "HTTP/1.1 503 "));
	CHECK(ends(got, "not connected to Slack\n"));
	web_close(web);
}

static void other_paths_and_methods_are_refused(void)
{
	struct web *web = serve(always);
	const char *got;

	CHECK(begins(ask(web, "GET", "/"), "HTTP/1.1 404 "));
	CHECK(begins(ask(web, "GET", "/livez/"), "HTTP/1.1 404 "));
	CHECK(begins(ask(web, "GET", "/../../etc/passwd"), "HTTP/1.1 404 "));
	got = ask(web, "DELETE", "/livez");
	CHECK(begins(got, "HTTP/1.1 405 "));
	CHECK(strstr(got, "Allow: GET, HEAD\r\n") != NULL);
	web_close(web);
}

static void a_body_is_passed_over(void)
{
	struct web *web = serve(always);
	int fd = dial(web);

	CHECK(dprintf(fd,
		      "POST /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
		      "Content-Length: 5\r\n\r\nhello") > 0);
	CHECK(begins(read_all(fd), "HTTP/1.1 405 "));
	web_close(web);
}

static void half_a_request_holds_nobody_up(void)
{
	struct web *web = serve(always);
	int half = dial(web), nothing = dial(web);

	CHECK(dprintf(half, "GET /livez HTTP/1.1\r\nHo") > 0);
	CHECK(begins(ask(web, "GET", "/livez"), "HTTP/1.1 200 "));
	CHECK(dprintf(half, "st: x\r\nConnection: close\r\n\r\n") > 0);
	CHECK(begins(read_all(half), "HTTP/1.1 200 "));
	web_close(web); /* with one that never said a word */
	(void)close(nothing);
}

static void a_huge_header_is_refused(void)
{
	struct web *web = serve(always);
	char *filler = calloc(1, HUGE_HEADER + 1);
	int fd = dial(web);

	CHECK(filler != NULL);
	memset(filler, 'x', HUGE_HEADER);
	(void)dprintf(fd, "GET /livez HTTP/1.1\r\nHost: x\r\nFiller: ");
	(void)send(fd, filler, HUGE_HEADER, MSG_NOSIGNAL); /* it may hang up in the middle */
	const char *got = read_all(fd);
	CHECK(got[0] == '\0' || begins(got, "HTTP/1.1 431 ") || begins(got, "HTTP/1.1 413 "));
	CHECK(begins(ask(web, "GET", "/livez"), "HTTP/1.1 200 "));
	free(filler);
	web_close(web);
}

static void a_wrong_address_is_named(const char *listen)
{
	struct fail why = { 0 };

	CHECK(web_open(listen, &(struct web_needs){ .live = always, .ready = always }, &why) ==
		NULL);
	CHECK(why.kind == FAIL_REFUSED);
	CHECK(strstr(why.text, listen) != NULL);
}

static void every_address_can_be_served(void)
{
	struct fail why = { 0 };
	struct web *web = web_open(
		"127.0.0.2:0", &(struct web_needs){ .live = always, .ready = always }, &why);

	CHECK(web != NULL);
	CHECK(begins(web_url(web), "http://127.0.0.2:"));
	web_close(web);
	web = web_open(":0", &(struct web_needs){ .live = always, .ready = always }, &why);
	CHECK(web != NULL);
	CHECK(begins(web_url(web), "http://127.0.0.1:"));
	CHECK(begins(ask(web, "GET", "/livez"), "HTTP/1.1 200 "));
	web_close(web);
	web_close(NULL);
}

int main(void)
{
	a_ready_daemon_says_ok();
	one_that_is_not_says_why();
	one_that_is_stuck_is_not_live();
	other_paths_and_methods_are_refused();
	a_body_is_passed_over();
	half_a_request_holds_nobody_up();
	a_huge_header_is_refused();
	a_wrong_address_is_named("8080");
	a_wrong_address_is_named("127.0.0.1:");
	a_wrong_address_is_named("::1:8080");
	a_wrong_address_is_named("127.0.0.1:port");
	every_address_can_be_served();
	return 0;
}
