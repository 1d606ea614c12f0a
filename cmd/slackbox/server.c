#include "server.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"

enum { BODY_MAX = 4 * 1024 * 1024, HEADERS_MAX = 4, PORT_MAX = 65535 };

enum request_end { END_NONE, END_QUEUED, END_HELD, END_CUT };

struct request {
	struct server *server;
	struct request *next; /* in the server's list of what is held */
	struct MHD_Connection *conn;
	char *method, *path;
	struct buf body;
	const char *names[HEADERS_MAX];
	char *values[HEADERS_MAX];
	int headers;
	enum request_end end;
	bool was_held;
	int64_t wake_at; /* ms */
	server_upgraded *upgraded;
	void *upgraded_ctx;
};

struct server {
	struct MHD_Daemon *mhd;
	uv_poll_t poll;
	uv_timer_t timer;
	server_handler *handler;
	void *ctx;
	struct request *held;
	unsigned port;
	bool stopped;
};

static void server_run(struct server *s);

static void server_on_poll(uv_poll_t *h, int status, int events)
{
	(void)status;
	(void)events;
	server_run(h->data);
}

static void server_on_timer(uv_timer_t *h)
{
	server_run(h->data);
}

static void server_run(struct server *s)
{
	MHD_UNSIGNED_LONG_LONG ms;

	(void)MHD_run(s->mhd); /* a failed connection is that connection's affair */
	if (MHD_get_timeout(s->mhd, &ms) == MHD_YES)
		uv_timer_start(&s->timer, server_on_timer, ms, 0);
	else
		uv_timer_stop(&s->timer);
}

static void request_free(struct request *r)
{
	if (r == NULL)
		return;
	for (int i = 0; i < r->headers; i++)
		free(r->values[i]);
	buf_done(&r->body);
	free(r->method);
	free(r->path);
	free(r);
}

static struct request *request_new(
	struct server *s, struct MHD_Connection *conn, const char *method, const char *path)
{
	struct request *r = calloc(1, sizeof *r);

	if (r == NULL)
		abort();
	*r = (struct request){ .server = s, .conn = conn };
	r->method = strdup(method);
	r->path = strdup(path);
	return r;
}

static enum MHD_Result server_on_request(void *cls, struct MHD_Connection *conn, const char *url,
	const char *method, const char *version, const char *data, size_t *len, void **slot)
{
	struct server *s = cls;
	struct request *r = *slot;

	(void)version;
	if (r == NULL) {
		*slot = request_new(s, conn, method, url);
		return MHD_YES;
	}
	if (*len > 0) {
		if (r->body.len + *len > BODY_MAX)
			return MHD_NO;
		buf_add_bytes(&r->body, data, *len);
		*len = 0;
		return MHD_YES;
	}
	if (r->end == END_HELD)
		r->end = END_NONE;
	if (r->end == END_NONE)
		s->handler(s->ctx, r);
	if (r->end == END_NONE)
		request_answer(r, 404, "text/plain", "not found\n");
	return r->end == END_CUT ? MHD_NO : MHD_YES;
}

static void server_forget_held(struct server *s, const struct request *r)
{
	for (struct request **p = &s->held; *p != NULL; p = &(*p)->next) {
		if (*p == r) {
			*p = r->next;
			return;
		}
	}
}

static void server_on_completed(
	void *cls, struct MHD_Connection *conn, void **slot, enum MHD_RequestTerminationCode why)
{
	struct server *s = cls;

	(void)conn;
	(void)why;
	if (*slot != NULL)
		server_forget_held(s, *slot);
	request_free(*slot);
	*slot = NULL;
}

static bool server_address(const char *text, struct sockaddr_in *out, struct fail *why)
{
	const char *colon = strrchr(text, ':');
	char host[64] = { 0 };
	char *end = NULL;
	long port = colon != NULL ? strtol(colon + 1, &end, 10) : -1;

	if (colon == NULL || end == colon + 1 || *end != '\0' || port < 0 || port > PORT_MAX ||
		(size_t)(colon - text) >= sizeof host)
		return fail_set(why, FAIL_REFUSED, "--listen wants ADDRESS:PORT, not '%s'", text);
	memcpy(host, text, (size_t)(colon - text));
	*out = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	if (inet_pton(AF_INET, host, &out->sin_addr) != 1 || (ntohl(out->sin_addr.s_addr) >> 24) != 127)
		return fail_set(why, FAIL_REFUSED, "--listen wants a loopback address, not '%s'", host);
	return true;
}

static bool server_begin(
	struct server *s, const struct sockaddr_in *at, const struct cert *cert, struct fail *why)
{
	const union MHD_DaemonInfo *info;

	s->mhd = MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_TLS | MHD_ALLOW_UPGRADE |
					  MHD_ALLOW_SUSPEND_RESUME,
		0, NULL, NULL, server_on_request, s, MHD_OPTION_SOCK_ADDR, (const void *)at,
		MHD_OPTION_HTTPS_MEM_KEY, cert->key, MHD_OPTION_HTTPS_MEM_CERT, cert->chain,
		MHD_OPTION_NOTIFY_COMPLETED, server_on_completed, s, MHD_OPTION_END);
	if (s->mhd == NULL)
		return fail_set(why, FAIL_REFUSED, "could not listen on port %u", ntohs(at->sin_port));
	info = MHD_get_daemon_info(s->mhd, MHD_DAEMON_INFO_BIND_PORT);
	s->port = info != NULL ? info->port : 0;
	return true;
}

struct server *server_new(uv_loop_t *loop, const char *listen, const struct cert *cert,
	server_handler *handler, void *ctx, struct fail *why)
{
	struct server *s = calloc(1, sizeof *s);
	struct sockaddr_in at;

	if (s == NULL)
		abort();
	*s = (struct server){ .handler = handler, .ctx = ctx };
	if (!server_address(listen, &at, why) || !server_begin(s, &at, cert, why)) {
		free(s);
		return NULL;
	}
	uv_poll_init(loop, &s->poll, MHD_get_daemon_info(s->mhd, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd);
	uv_timer_init(loop, &s->timer);
	s->poll.data = s->timer.data = s;
	uv_poll_start(&s->poll, UV_READABLE, server_on_poll);
	server_run(s);
	return s;
}

unsigned server_port(const struct server *s)
{
	return s->port;
}

void server_tick(struct server *s, int64_t now_ms)
{
	bool woke = false;

	for (struct request **p = &s->held; *p != NULL;) {
		struct request *r = *p;

		if (r->wake_at > now_ms) {
			p = &r->next;
			continue;
		}
		*p = r->next;
		r->was_held = woke = true;
		MHD_resume_connection(r->conn);
	}
	if (woke)
		uv_timer_start(&s->timer, server_on_timer, 0, 0);
}

void server_stop(struct server *s)
{
	if (s->stopped)
		return;
	s->stopped = true;
	server_tick(s, INT64_MAX);
	uv_close((uv_handle_t *)&s->poll, NULL);
	uv_close((uv_handle_t *)&s->timer, NULL);
}

void server_free(struct server *s)
{
	if (s == NULL)
		return;
	MHD_stop_daemon(s->mhd);
	free(s);
}

const char *request_method(const struct request *r)
{
	return r->method;
}

const char *request_path(const struct request *r)
{
	return r->path;
}

const char *request_body(const struct request *r)
{
	return r->body.text != NULL ? r->body.text : "";
}

const char *request_header(const struct request *r, const char *name)
{
	return MHD_lookup_connection_value(r->conn, MHD_HEADER_KIND, name);
}

const char *request_query(const struct request *r, const char *name)
{
	return MHD_lookup_connection_value(r->conn, MHD_GET_ARGUMENT_KIND, name);
}

bool request_was_held(const struct request *r)
{
	return r->was_held;
}

void request_add_header(struct request *r, const char *name, const char *value)
{
	if (r->headers == HEADERS_MAX)
		abort();
	r->names[r->headers] = name;
	r->values[r->headers++] = strdup(value);
}

static void request_queue(struct request *r, int status, struct MHD_Response *response)
{
	for (int i = 0; i < r->headers; i++)
		(void)MHD_add_response_header(response, r->names[i], r->values[i]);
	r->end = MHD_queue_response(r->conn, (unsigned)status, response) == MHD_YES ? END_QUEUED
										     : END_CUT;
	MHD_destroy_response(response);
}

void request_answer(struct request *r, int status, const char *type, const char *body)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		strlen(body), (void *)(uintptr_t)body, MHD_RESPMEM_MUST_COPY);

	if (response == NULL)
		abort();
	(void)MHD_add_response_header(response, "Content-Type", type);
	request_queue(r, status, response);
}

void request_hold(struct request *r, int64_t until_ms)
{
	r->wake_at = until_ms;
	r->end = END_HELD;
	r->next = r->server->held;
	r->server->held = r;
	MHD_suspend_connection(r->conn);
}

void request_cut(struct request *r)
{
	r->end = END_CUT;
}

static void server_on_upgrade(void *cls, struct MHD_Connection *conn, void *slot, const char *early,
	size_t early_len, MHD_socket sock, struct MHD_UpgradeResponseHandle *handle)
{
	struct request *r = cls;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(conn, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct upgraded up = { .handle = handle,
		.early = early,
		.early_len = early_len,
		.sock = sock,
		.tcp = info != NULL ? info->connect_fd : -1 };

	(void)slot;
	r->upgraded(r->upgraded_ctx, &up);
}

void request_upgrade(
	struct request *r, const char *accept, server_upgraded *upgraded, void *upgraded_ctx)
{
	struct MHD_Response *response = MHD_create_response_for_upgrade(server_on_upgrade, r);

	if (response == NULL)
		abort();
	r->upgraded = upgraded;
	r->upgraded_ctx = upgraded_ctx;
	(void)MHD_add_response_header(response, "Upgrade", "websocket");
	(void)MHD_add_response_header(response, "Sec-WebSocket-Accept", accept);
	request_queue(r, MHD_HTTP_SWITCHING_PROTOCOLS, response);
}
