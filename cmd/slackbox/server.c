#include "server.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "form.h"
#include "tls.h"

enum { HEAD_MAX = 64 * 1024, BODY_MAX = 4 * 1024 * 1024, BACKLOG = 128 };

enum request_end { END_NONE, END_ANSWERED, END_HELD, END_CUT, END_UPGRADED };

struct request {
	char *head; /* the lines, each ended by a NUL; the last is empty */
	const char *method, *path, *lines;
	cJSON *query;
	size_t body_len;
	char *body;
	struct buf extra, answer; /* the answer's headers; all of it */
	enum request_end end;
	bool was_held, close_after, cut_when_due;
	int64_t wake_at; /* ms */
	struct peer *peer;
};

/* One connection that speaks HTTP. */
struct peer {
	struct peer *next;
	struct server *server;
	struct tls *tls;
	struct buf in;
	struct request *request; /* whose answer is not there yet, or NULL */
	server_upgraded *upgraded;
	void *upgraded_ctx;
	bool busy, gone;
};

struct server {
	uv_tcp_t listener;
	struct ssl_ctx_st *settings;
	struct peer *peers;
	server_handler *handler;
	void *ctx;
	unsigned port;
};

static void request_free(struct request *r)
{
	if (r == NULL)
		return;
	cJSON_Delete(r->query);
	buf_done(&r->extra);
	buf_done(&r->answer);
	free(r->head);
	free(r->body);
	free(r);
}

static void peer_free(struct peer *p)
{
	for (struct peer **at = &p->server->peers; *at != NULL; at = &(*at)->next) {
		if (*at == p) {
			*at = p->next;
			break;
		}
	}
	request_free(p->request);
	buf_done(&p->in);
	free(p);
}

static void peer_on_ended(void *ctx)
{
	struct peer *p = ctx;

	p->gone = true;
	if (!p->busy)
		peer_free(p);
}

/* "POST /a?b=c HTTP/1.1" in place. */
static bool request_read_line(struct request *r)
{
	char *space = strchr(r->head, ' ');
	char *end = space != NULL ? strchr(space + 1, ' ') : NULL;
	char *mark;

	if (end == NULL || space[1] != '/' || strncmp(end, " HTTP/1.", 8) != 0)
		return false;
	*space = *end = '\0';
	r->method = r->head;
	r->path = space + 1;
	mark = strchr(space + 1, '?');
	if (mark != NULL)
		*mark = '\0';
	r->query = form_read(mark != NULL ? mark + 1 : "");
	return true;
}

static struct request *request_new(const char *head, size_t len)
{
	struct request *r = calloc(1, sizeof *r);

	if (r == NULL)
		abort();
	r->head = malloc(len + 1);
	if (r->head == NULL)
		abort();
	memcpy(r->head, head, len);
	r->head[len] = '\0';
	return r;
}

/* Reads the head; 0, or the status to refuse the request with. */
static int request_parse(struct request *r, size_t len)
{
	const char *text;
	char *end;
	long wanted;

	for (size_t i = 0; i + 1 < len; i++) {
		if (r->head[i] == '\r' && r->head[i + 1] == '\n')
			r->head[i] = '\0';
	}
	r->lines = r->head + strlen(r->head) + 2;
	if (request_header(r, "Transfer-Encoding") != NULL)
		return 411;
	text = request_header(r, "Content-Length");
	wanted = text != NULL ? strtol(text, &end, 10) : 0;
	if (wanted < 0 || (text != NULL && (end == text || *end != '\0')))
		return 400;
	if (wanted > BODY_MAX)
		return 413;
	r->body_len = (size_t)wanted;
	text = request_header(r, "Connection");
	r->close_after = text != NULL && strcasecmp(text, "close") == 0;
	return request_read_line(r) ? 0 : 400;
}

static const char *server_reason(int status)
{
	switch (status) {
	case 101: return "Switching Protocols";
	case 200: return "OK";
	case 400: return "Bad Request";
	case 404: return "Not Found";
	case 429: return "Too Many Requests";
	case 500: return "Internal Server Error";
	case 502: return "Bad Gateway";
	case 503: return "Service Unavailable";
	default: return "Other";
	}
}

static void peer_end(struct peer *p)
{
	if (!p->gone)
		tls_end(p->tls);
	p->gone = true;
}

static void peer_upgrade(struct peer *p)
{
	if (!p->gone)
		p->upgraded(p->upgraded_ctx, p->tls, p->in.text, p->in.len);
	p->gone = true; /* for HTTP */
}

/* Lets the handler end the request; true: the next one may be read. */
static bool peer_serve(struct peer *p)
{
	struct request *r = p->request;

	r->end = r->cut_when_due ? END_CUT : END_NONE;
	if (r->end == END_NONE)
		p->server->handler(p->server->ctx, r);
	if (r->end == END_NONE)
		request_answer(r, 404, "text/plain", "not found\n");
	if (r->end == END_HELD)
		return false;
	if (r->end != END_CUT && !p->gone)
		tls_write(p->tls, r->answer.text, r->answer.len);
	if (r->end == END_UPGRADED)
		peer_upgrade(p);
	else if (r->end == END_CUT || r->close_after)
		peer_end(p);
	request_free(r);
	p->request = NULL;
	return !p->gone;
}

static void peer_refuse(struct peer *p, int status)
{
	request_answer(p->request, status, "text/plain", "this server cannot read that\n");
	tls_write(p->tls, p->request->answer.text, p->request->answer.len);
	request_free(p->request);
	p->request = NULL;
	peer_end(p);
}

/* Takes a head from what was read; true: there is a request whose body is to be waited for. */
static bool peer_read_head(struct peer *p)
{
	char *end = p->in.len > 0 ? memmem(p->in.text, p->in.len, "\r\n\r\n", 4) : NULL;
	size_t len = end != NULL ? (size_t)(end - p->in.text) + 4 : 0;
	const char *expect;
	int refused;

	if (end == NULL && p->in.len > HEAD_MAX)
		peer_end(p);
	if (end == NULL)
		return false;
	p->request = request_new(p->in.text, len);
	p->request->peer = p;
	memmove(p->in.text, p->in.text + len, p->in.len - len);
	p->in.len -= len;
	refused = request_parse(p->request, len);
	if (refused != 0) {
		peer_refuse(p, refused);
		return false;
	}
	expect = request_header(p->request, "Expect");
	if (expect != NULL && strcasecmp(expect, "100-continue") == 0)
		tls_write(p->tls, "HTTP/1.1 100 Continue\r\n\r\n", 25);
	return true;
}

static bool peer_read_body(struct peer *p)
{
	struct request *r = p->request;

	if (p->in.len < r->body_len)
		return false;
	r->body = strndup(p->in.text != NULL ? p->in.text : "", r->body_len);
	if (r->body == NULL)
		abort();
	if (r->body_len > 0 && p->in.text != NULL) {
		memmove(p->in.text, p->in.text + r->body_len, p->in.len - r->body_len);
		p->in.len -= r->body_len;
	}
	return true;
}

static void peer_go_on(struct peer *p)
{
	p->busy = true;
	while (!p->gone) {
		if (p->request == NULL && !peer_read_head(p))
			break;
		if (p->request->body == NULL && !peer_read_body(p))
			break;
		if (p->request->end == END_HELD || !peer_serve(p))
			break;
	}
	p->busy = false;
	if (p->gone)
		peer_free(p);
}

static void peer_on_bytes(void *ctx, const char *bytes, size_t len)
{
	struct peer *p = ctx;

	buf_add_bytes(&p->in, bytes, len);
	if (!p->busy)
		peer_go_on(p);
}

static void server_on_connection(uv_stream_t *listener, int status)
{
	static const struct tls_events EVENTS = { .bytes = peer_on_bytes, .ended = peer_on_ended };
	struct server *s = listener->data;
	struct tls *tls = status == 0 ? tls_accept(listener, s->settings) : NULL;
	struct peer *p;

	if (tls == NULL)
		return;
	p = calloc(1, sizeof *p);
	if (p == NULL)
		abort();
	*p = (struct peer){ .server = s, .tls = tls, .next = s->peers };
	s->peers = p;
	tls_attend(tls, &EVENTS, p);
}

static bool server_address(const char *text, struct sockaddr_in *out, struct fail *why)
{
	const char *colon = strrchr(text, ':');
	char host[64] = { 0 };
	char *end = NULL;
	long port = colon != NULL ? strtol(colon + 1, &end, 10) : -1;

	if (colon == NULL || end == colon + 1 || *end != '\0' || port < 0 || port > 65535 ||
		(size_t)(colon - text) >= sizeof host)
		return fail_set(why, FAIL_REFUSED, "--listen wants ADDRESS:PORT, not '%s'", text);
	memcpy(host, text, (size_t)(colon - text));
	if (strncmp(host, "127.", 4) != 0 || uv_ip4_addr(host, (int)port, out) != 0)
		return fail_set(
			why, FAIL_REFUSED, "--listen wants a loopback address, not '%s'", host);
	return true;
}

static bool server_listen(struct server *s, const struct sockaddr_in *at, struct fail *why)
{
	struct sockaddr_in bound = { 0 };
	int len = sizeof bound;
	int error = uv_tcp_bind(&s->listener, (const struct sockaddr *)at, 0);

	if (error == 0)
		error = uv_listen((uv_stream_t *)&s->listener, BACKLOG, server_on_connection);
	if (error == 0)
		error = uv_tcp_getsockname(&s->listener, (struct sockaddr *)&bound, &len);
	if (error != 0)
		return fail_set(
			why, FAIL_REFUSED, "port %u: %s", ntohs(at->sin_port), uv_strerror(error));
	s->port = ntohs(bound.sin_port);
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
	s->settings = server_address(listen, &at, why) ? tls_settings_new(cert, why) : NULL;
	if (s->settings == NULL) {
		free(s);
		return NULL;
	}
	uv_tcp_init(loop, &s->listener);
	s->listener.data = s;
	if (!server_listen(s, &at, why)) {
		uv_close((uv_handle_t *)&s->listener, NULL);
		(void)uv_run(loop, UV_RUN_NOWAIT); /* lets the close be done */
		server_free(s);
		return NULL;
	}
	return s;
}

unsigned server_port(const struct server *s)
{
	return s->port;
}

void server_tick(struct server *s, int64_t now_ms)
{
	struct peer *next;

	for (struct peer *p = s->peers; p != NULL; p = next) {
		struct request *r = p->request;

		next = p->next;
		if (r == NULL || r->end != END_HELD || r->wake_at > now_ms)
			continue;
		r->end = END_NONE;
		r->was_held = true;
		peer_go_on(p);
	}
}

void server_stop(struct server *s)
{
	uv_close((uv_handle_t *)&s->listener, NULL);
	for (struct peer *p = s->peers, *next; p != NULL; p = next) {
		next = p->next;
		tls_end(p->tls);
		peer_free(p);
	}
}

void server_free(struct server *s)
{
	if (s == NULL)
		return;
	tls_settings_free(s->settings);
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
	return r->body;
}

bool request_was_held(const struct request *r)
{
	return r->was_held;
}

const char *request_query(const struct request *r, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(r->query, name));
}

/* The lines are "Name: value\0\n", the last one is "\0\n". */
const char *request_header(const struct request *r, const char *name)
{
	size_t len = strlen(name);

	for (const char *line = r->lines; *line != '\0'; line += strlen(line) + 2) {
		if (strncasecmp(line, name, len) == 0 && line[len] == ':')
			return line + len + 1 + strspn(line + len + 1, " \t");
	}
	return NULL;
}

void request_add_header(struct request *r, const char *name, const char *value)
{
	buf_printf(&r->extra, "%s: %s\r\n", name, value);
}

void request_answer(struct request *r, int status, const char *type, const char *body)
{
	buf_empty(&r->answer);
	buf_printf(&r->answer, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n",
		status, server_reason(status), type, strlen(body));
	buf_add(&r->answer, r->extra.text);
	buf_add(&r->answer, r->close_after ? "Connection: close\r\n\r\n" : "\r\n");
	buf_add(&r->answer, body);
	r->end = END_ANSWERED;
}

void request_hold(struct request *r, int64_t until_ms)
{
	r->wake_at = until_ms;
	r->end = END_HELD;
}

void request_cut_when_due(struct request *r)
{
	r->cut_when_due = true;
}

void request_cut(struct request *r)
{
	r->end = END_CUT;
}

void request_upgrade(struct request *r, const char *accept, server_upgraded *upgraded, void *ctx)
{
	buf_printf(&r->answer,
		"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
		"Sec-WebSocket-Accept: %s\r\n\r\n",
		accept);
	r->peer->upgraded = upgraded;
	r->peer->upgraded_ctx = ctx;
	r->end = END_UPGRADED;
}
