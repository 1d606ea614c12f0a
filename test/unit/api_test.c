#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "api.h"
#include "check.h"
#include "respond.h"

/* A server of few words: each connection gets the next script line by line, one answer a request. */
struct server {
	int listener, port;
	const char *const *answers; /* NULL ends them; "" closes it instead of answering */
	char asked[8][4096];
	int requests;
	pthread_t thread;
};

static bool request_whole(const char *text)
{
	const char *body = strstr(text, "\r\n\r\n"), *length = strstr(text, "Content-Length: ");

	return body != NULL && length != NULL &&
		strlen(body + 4) >= (size_t)strtol(length + 16, NULL, 10);
}

/* False: the client closed. */
static bool server_read(struct server *s, int fd)
{
	char *to = s->asked[s->requests];
	size_t len = 0;

	while (!request_whole(to)) {
		ssize_t n = read(fd, to + len, sizeof(s->asked[0]) - 1 - len);
		if (n <= 0)
			return false;
		len += (size_t)n;
	}
	s->requests++;
	return true;
}

static void *server_main(void *ctx)
{
	struct server *s = ctx;
	int fd = -1;

	for (int i = 0; s->answers[i] != NULL;) {
		if (fd < 0)
			fd = accept(s->listener, NULL, NULL);
		CHECK(fd >= 0);
		if (!server_read(s, fd)) {
			close(fd);
			fd = -1;
			continue;
		}
		CHECK(write(fd, s->answers[i], strlen(s->answers[i])) >= 0);
		if (s->answers[i++][0] != '\0')
			continue;
		close(fd);
		fd = -1;
	}
	close(s->listener); /* before the last answer's connection: nothing more is taken */
	if (fd >= 0)
		close(fd);
	return NULL;
}

static void server_begin(struct server *s, const char *const *answers, void *(*how)(void *))
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t size = sizeof(at);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	s->answers = answers;
	s->listener = socket(AF_INET, SOCK_STREAM, 0);
	CHECK(bind(s->listener, (struct sockaddr *)&at, sizeof(at)) == 0);
	CHECK(listen(s->listener, 64) == 0);
	CHECK(getsockname(s->listener, (struct sockaddr *)&at, &size) == 0);
	s->port = ntohs(at.sin_port);
	CHECK(pthread_create(&s->thread, NULL, how, s) == 0);
}

struct got {
	struct loop *loop;
	struct api *api;
	int answers;
	struct api_answer last;
	char body[256], error[256];
};

static void keep_answer(void *ctx, const struct api_answer *answer)
{
	struct got *g = ctx;

	g->answers++;
	g->last = *answer;
	(void)snprintf(g->body, sizeof(g->body), "%s", answer->body);
	(void)snprintf(
		g->error, sizeof(g->error), "%s", answer->error != NULL ? answer->error : "");
	loop_stop(g->loop);
}

static void got_begin(struct got *g, int port)
{
	struct fail why = { 0 };
	char url[64];

	(void)snprintf(url, sizeof(url), "http://127.0.0.1:%d/api/", port);
	g->loop = loop_new(NULL, &why);
	CHECK(g->loop != NULL);
	g->api = api_new(g->loop, url, keep_answer, g, &why);
	CHECK(g->api != NULL);
}

static void got_end(struct got *g)
{
	api_free(g->api);
	loop_free(g->loop);
}

static void ask(struct got *g, int64_t id, const char *json)
{
	int before = g->answers;

	api_call(g->api, id, "chat.postMessage", "xoxb-test", json);
	CHECK(g->answers == before);
	CHECK(api_in_the_air(g->api) == 1);
	loop_run(g->loop);
	CHECK(g->answers == before + 1 && g->last.id == id);
	CHECK(api_in_the_air(g->api) == 0);
}

static void a_call_is_a_form_with_a_bearer(void)
{
	static const char *const answers[] = {
		"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"ok\":true}",
		"HTTP/1.1 429 Slow\r\nRetry-After: 17\r\nContent-Length: 0\r\n\r\n",
		"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n",
		"HTTP/1.1 302 There\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
		NULL
	};
	struct server s = { 0 };
	struct got g = { 0 };

	server_begin(&s, answers, server_main);
	got_begin(&g, s.port);
	ask(&g, 5,
		"{\"text\":\"a&b \\u00e9=\\n\",\"n\":12,\"big\":1234567890123,\"yes\":true,"
		"\"gone\":null,\"blocks\":[{\"a\":1}]}");
	CHECK(g.last.status == 200 && g.last.error == NULL && !g.last.executed_unknown);
	CHECK_TEXT(g.body, "{\"ok\":true}");
	CHECK(strncmp(s.asked[0], "POST /api/chat.postMessage HTTP/1.1\r\n", 37) == 0);
	CHECK(strstr(s.asked[0], "\r\nAuthorization: Bearer xoxb-test\r\n") != NULL);
	CHECK(strstr(s.asked[0], "application/x-www-form-urlencoded") != NULL);
	CHECK(strstr(s.asked[0], "Expect") == NULL);
	CHECK_TEXT(strstr(s.asked[0], "\r\n\r\n") + 4,
		"text=a%26b%20%C3%A9%3D%0A&n=12&big=1234567890123&yes=true&"
		"blocks=%5B%7B%22a%22%3A1%7D%5D");
	ask(&g, 6, "{}");
	CHECK(g.last.status == 429 && g.last.retry_after == 17 && !g.last.executed_unknown);
	ask(&g, 7, NULL);
	CHECK(g.last.status == 503 && g.last.executed_unknown);
	ask(&g, 8, "{\"a\":\"\"}");
	CHECK(g.last.status == 302 && !g.last.executed_unknown);
	got_end(&g);
	CHECK(pthread_join(s.thread, NULL) == 0);
	CHECK(s.requests == 4);
}

static void respond(struct got *g, int64_t id, const char *host, int port)
{
	char body[256];

	(void)snprintf(body, sizeof(body),
		"{\"response_url\":\"http://%s:%d/commands/T1/secret\",\"text\":\"a&b\"}", host,
		port);
	api_call(g->api, id, API_RESPOND, "xoxb-test", body);
	loop_run(g->loop);
	CHECK(g->last.id == id && api_in_the_air(g->api) == 0);
}

static void a_response_url_gets_json_without_the_token_and_answers_like_a_method(void)
{
	static const char *const answers[] = { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
		"HTTP/1.1 404 No\r\nContent-Length: 8\r\n\r\nused_url",
		"HTTP/1.1 404 No\r\nContent-Length: 9\r\n\r\n<\"html\">\n",
		"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", NULL };
	struct server s = { 0 };
	struct got g = { 0 };

	server_begin(&s, answers, server_main);
	got_begin(&g, s.port);
	respond(&g, 1, "127.0.0.1", s.port);
	CHECK(g.last.status == 200);
	CHECK_TEXT(g.body, "{\"ok\":true}");
	CHECK(strncmp(s.asked[0], "POST /commands/T1/secret HTTP/1.1\r\n", 35) == 0);
	CHECK(strstr(s.asked[0], "\r\nContent-Type: application/json\r\n") != NULL);
	CHECK(strstr(s.asked[0], "Authorization") == NULL && strstr(s.asked[0], "xoxb") == NULL);
	CHECK_TEXT(strstr(s.asked[0], "\r\n\r\n") + 4, "{\"text\":\"a&b\"}");
	respond(&g, 2, "127.0.0.1", s.port);
	CHECK_TEXT(g.body, "{\"ok\":false,\"error\":\"used_url\"}");
	CHECK(g.last.status == 200);
	respond(&g, 3, "127.0.0.1", s.port);
	CHECK_TEXT(g.body, "{\"ok\":false,\"error\":\"http_404\"}");
	respond(&g, 4, "127.0.0.1", s.port);
	CHECK(g.last.status == 500 && g.last.executed_unknown);
	got_end(&g);
	CHECK(pthread_join(s.thread, NULL) == 0);
}

static void a_response_url_elsewhere_is_sent_nothing(void)
{
	static const char *const answers[] = { NULL };
	struct server s = { 0 };
	struct got g = { 0 };

	server_begin(&s, answers, server_main);
	CHECK(pthread_join(s.thread, NULL) == 0);
	got_begin(&g, s.port);
	respond(&g, 1, "127.0.0.2", s.port);
	CHECK_TEXT(g.body, "{\"ok\":false,\"error\":\"not_slacks_address\"}");
	respond(&g, 2, "127.0.0.1", s.port + 1);
	CHECK_TEXT(g.body, "{\"ok\":false,\"error\":\"not_slacks_address\"}");
	respond(&g, 3, "me@127.0.0.1", s.port);
	CHECK_TEXT(g.body, "{\"ok\":false,\"error\":\"not_slacks_address\"}");
	api_call(g.api, 4, API_RESPOND, NULL, "{\"text\":\"a\"}");
	loop_run(g.loop);
	CHECK(g.last.status == 0 && g.error[0] != '\0');
	got_end(&g);
}

static void only_slacks_hosts_are_slacks(void)
{
	static const char SLACK[] = "https://slack.com/api/";

	CHECK(respond_is_slacks("https://hooks.slack.com/commands/T1/2/3", SLACK));
	CHECK(respond_is_slacks("https://HOOKS.slack.com:443/actions/T1/2/3", SLACK));
	CHECK(respond_is_slacks("https://slack.com/commands/T1/2/3", SLACK));
	CHECK(respond_is_slacks("https://hooks.slack-gov.com/a", "https://slack-gov.com/api/"));
	CHECK(!respond_is_slacks("http://hooks.slack.com/commands/T1", SLACK));
	CHECK(!respond_is_slacks("https://hooks.slack.com:8443/commands/T1", SLACK));
	CHECK(!respond_is_slacks("https://hooks.slack.com.evil.example/T1", SLACK));
	CHECK(!respond_is_slacks("https://evil.example/hooks.slack.com", SLACK));
	CHECK(!respond_is_slacks("https://hooks.slack.com@evil.example/T1", SLACK));
	CHECK(!respond_is_slacks("https://xhooks.slack.com/T1", SLACK));
	CHECK(!respond_is_slacks("https://169.254.169.254/latest", SLACK));
	CHECK(!respond_is_slacks("file:///etc/passwd", SLACK));
	CHECK(!respond_is_slacks("", SLACK));
}

static void a_lost_answer_is_unknown_and_never_sent_again(void)
{
	static const char *const answers[] = { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "",
		"", NULL };
	struct server s = { 0 };
	struct got g = { 0 };

	server_begin(&s, answers, server_main);
	got_begin(&g, s.port);
	ask(&g, 1, "{\"text\":\"one\"}");
	CHECK(g.last.status == 200);
	ask(&g, 2, "{\"text\":\"two\"}"); /* on the connection that was kept */
	CHECK(g.last.status == 0 && g.last.executed_unknown);
	CHECK_TEXT(g.error, "the connection ended before an answer came");
	CHECK(s.requests == 2);
	ask(&g, 3, "{\"text\":\"three\"}");
	CHECK(g.last.status == 0 && g.last.executed_unknown);
	CHECK(pthread_join(s.thread, NULL) == 0);
	CHECK(s.requests == 3);
	ask(&g, 4, "{}"); /* nobody listens any more */
	CHECK(g.last.status == 0 && !g.last.executed_unknown && g.error[0] != '\0');
	got_end(&g);
}

static void an_answer_that_breaks_off_is_unknown(void)
{
	static const char *const answers[] = {
		"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"ok\":tr", NULL
	};
	struct server s = { 0 };
	struct got g = { 0 };

	server_begin(&s, answers, server_main);
	got_begin(&g, s.port);
	ask(&g, 1, "{\"text\":\"one\"}");
	CHECK(g.last.status == 0 && g.last.executed_unknown && g.last.body[0] == '\0');
	got_end(&g);
	CHECK(pthread_join(s.thread, NULL) == 0);
}

/* Of an answer that never ends so much is read. */
static void *flooding_server(void *ctx)
{
	enum { PIECE = 1024 * 1024, PIECES = 17 };
	struct server *s = ctx;
	char *piece = malloc(PIECE);
	int fd = accept(s->listener, NULL, NULL);
	ssize_t n;

	CHECK(piece != NULL);
	memset(piece, 'x', PIECE);
	CHECK(server_read(s, fd));
	n = send(fd, s->answers[0], strlen(s->answers[0]), 0);
	for (int64_t sent = 0; n > 0 && sent < (int64_t)PIECE * PIECES; sent += n)
		n = send(fd, piece, PIECE, MSG_NOSIGNAL);
	free(piece);
	close(fd);
	close(s->listener);
	return NULL;
}

static void an_answer_of_more_than_16_mib_is_a_refusal(void)
{
	static const char *const answers[] = { "HTTP/1.1 200 OK\r\n\r\n" };
	struct server s = { 0 };
	struct got g = { 0 };

	server_begin(&s, answers, flooding_server);
	got_begin(&g, s.port);
	ask(&g, 1, "{}");
	CHECK(g.last.status == 200);
	CHECK_TEXT(g.body, "{\"ok\":false,\"error\":\"answer_too_large\"}");
	got_end(&g);
	CHECK(pthread_join(s.thread, NULL) == 0);
}

/* Answers once, is then not to be found any more, and closes when the second request has come. */
static void *leaving_server(void *ctx)
{
	struct server *s = ctx;
	int fd = accept(s->listener, NULL, NULL);

	close(s->listener);
	CHECK(server_read(s, fd));
	CHECK(write(fd, s->answers[0], strlen(s->answers[0])) > 0);
	CHECK(server_read(s, fd));
	close(fd);
	return NULL;
}

static void an_answer_that_is_lost_with_its_server_is_unknown(void)
{
	static const char *const answers[] = { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" };
	struct server s = { 0 };
	struct got g = { 0 };

	server_begin(&s, answers, leaving_server);
	got_begin(&g, s.port);
	ask(&g, 1, "{\"text\":\"one\"}");
	CHECK(g.last.status == 200);
	ask(&g, 2, "{\"text\":\"two\"}");
	CHECK(g.last.status == 0 && g.last.executed_unknown && g.error[0] != '\0');
	got_end(&g);
	CHECK(pthread_join(s.thread, NULL) == 0);
	CHECK(s.requests == 2);
}

static void a_body_that_is_no_object_is_never_sent(void)
{
	struct got g = { 0 };

	got_begin(&g, 1);
	ask(&g, 9, "[1]");
	CHECK(g.last.status == 0 && !g.last.executed_unknown);
	CHECK_TEXT(g.error, "the body is not a JSON object");
	got_end(&g);
}

enum { AT_ONCE = 20, IN_ALL = 24, QUIET_MS = 200 };

/* How often somebody is let in before it is quiet. */
static int let_in(int listener, int fds[], int most)
{
	struct pollfd p = { .fd = listener, .events = POLLIN };
	int n = 0;

	while (n < most && poll(&p, 1, n < AT_ONCE ? 5000 : QUIET_MS) == 1)
		fds[n++] = accept(listener, NULL, NULL);
	return n;
}

static void answer_each(const int fds[], int n)
{
	static const char answer[] =
		"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";
	char asked[4096];

	for (int i = 0; i < n; i++) {
		CHECK(read(fds[i], asked, sizeof(asked)) > 0);
		CHECK(write(fds[i], answer, sizeof(answer) - 1) > 0);
		close(fds[i]);
	}
}

/* Answers nobody before all have come that will come. */
static void *patient_server(void *ctx)
{
	struct server *s = ctx;
	int fds[IN_ALL];

	s->requests = let_in(s->listener, fds, IN_ALL);
	answer_each(fds, s->requests);
	for (int i = s->requests; i < IN_ALL; i++) {
		fds[i] = accept(s->listener, NULL, NULL);
		answer_each(&fds[i], 1);
	}
	close(s->listener);
	return NULL;
}

static void so_many_are_sent_at_once_and_the_rest_waits(void)
{
	struct server s = { 0 };
	struct got g = { 0 };

	server_begin(&s, NULL, patient_server);
	got_begin(&g, s.port);
	for (int i = 0; i < IN_ALL; i++)
		api_call(g.api, i, "auth.test", "xoxb-test", "{}");
	CHECK(api_in_the_air(g.api) == IN_ALL);
	while (g.answers < IN_ALL) {
		loop_run(g.loop);
		CHECK(g.last.status == 200);
	}
	CHECK(api_in_the_air(g.api) == 0);
	got_end(&g);
	CHECK(pthread_join(s.thread, NULL) == 0);
	CHECK(s.requests == AT_ONCE);
}

static void calls_in_the_air_are_dropped(void)
{
	struct got g = { 0 };

	got_begin(&g, 1);
	api_call(g.api, 1, "auth.test", "xoxb-test", "{}");
	api_call(g.api, 2, "auth.test", "xoxb-test", "nothing");
	CHECK(api_in_the_air(g.api) == 2);
	got_end(&g);
	CHECK(g.answers == 0);
}

static void plain_http_is_for_this_machine_only(void)
{
	static const char *const bad[] = { "", "http://slack.com/api/", "https://slack.com/api",
		"ftp://127.0.0.1/", "http://127.0.0.1.example.com/",
		"https://anna:secret@slack.com/api/", "secret@" };
	static const char *const good[] = { "https://slack.com/api/", "http://127.0.0.1:80/api/",
		"http://localhost/", "http://[::1]:8080/" };
	struct fail why = { 0 };
	struct loop *l = loop_new(NULL, &why);

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(api_new(l, bad[i], keep_answer, NULL, &why) == NULL);
	CHECK(strstr(why.text, "secret") == NULL);
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct api *a = api_new(l, good[i], keep_answer, NULL, &why);
		CHECK(a != NULL);
		api_free(a);
	}
	api_free(NULL);
	loop_free(l);
}

static void a_webhook_goes_nowhere_that_is_not_allowed(void)
{
	static const char BODY[] = "{\"id\":\"1\",\"url\":\"https://[::1]/\",\"payload\":{}}";
	struct got g = { 0 };

	got_begin(&g, 1);
	api_call(g.api, 1, API_WEBHOOK, "xoxb", BODY);
	loop_run(g.loop);
	CHECK(strstr(g.body, "webhooks.allow does not name this host") != NULL);
	api_webhooks(g.api, "[::1]", NULL);
	api_call(g.api, 2, API_WEBHOOK, "xoxb", BODY);
	loop_run(g.loop);
	CHECK(g.answers == 2 && strstr(g.body, "no WEBHOOK_SECRET") != NULL);
	got_end(&g);
}

int main(void)
{
	a_webhook_goes_nowhere_that_is_not_allowed();
	plain_http_is_for_this_machine_only();
	a_body_that_is_no_object_is_never_sent();
	calls_in_the_air_are_dropped();
	a_call_is_a_form_with_a_bearer();
	a_response_url_gets_json_without_the_token_and_answers_like_a_method();
	a_response_url_elsewhere_is_sent_nothing();
	only_slacks_hosts_are_slacks();
	a_lost_answer_is_unknown_and_never_sent_again();
	an_answer_that_is_lost_with_its_server_is_unknown();
	an_answer_that_breaks_off_is_unknown();
	an_answer_of_more_than_16_mib_is_a_refusal();
	so_many_are_sent_at_once_and_the_rest_waits();
	return 0;
}
