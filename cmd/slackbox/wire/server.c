#include "server.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "request.h"
#include "tls.h"

enum { HEAD_MAX = 64 * 1024, BACKLOG = 128 };

/* One connection that speaks HTTP. */
struct peer {
	struct peer *next;
	struct server *server;
	struct tls *tls;
	struct buf in;
	struct request *request; /* whose answer is not there yet, or NULL */
	bool busy, gone;
};

/* One port. */
struct door {
	uv_tcp_t listener;
	struct server *server;
	enum server_trap trap;
	int trapped_left; /* so many connections meet the trap; -1: all */
	unsigned port;    /* 0: not open */
};

struct server {
	uv_loop_t *loop;
	struct door front, trapdoor;
	struct sockaddr_in address;
	struct ssl_ctx_st
		*settings[TRAPS]; /* by the certificate that is shown; NULL: not made yet */
	struct peer *peers;
	server_handler *handler;
	void *ctx;
};

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

static void peer_end(struct peer *p)
{
	if (!p->gone)
		tls_end(p->tls);
	p->gone = true;
}

static void peer_upgrade(struct peer *p)
{
	if (!p->gone)
		p->request->upgraded(p->request->upgraded_ctx, p->tls, p->in.text, p->in.len);
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
	size_t used = 0;
	int refused = 0;
	bool whole = request_take_body(p->request, p->in.text, p->in.len, &used, &refused);

	if (refused != 0) {
		peer_refuse(p, refused);
		return false;
	}
	if (!whole)
		return false;
	if (used > 0)
		memmove(p->in.text, p->in.text + used, p->in.len - used);
	p->in.len -= used;
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

static enum server_trap door_trap(struct door *d)
{
	if (d->trapped_left == 0)
		return TRAP_NONE;
	if (d->trapped_left > 0)
		d->trapped_left--;
	return d->trap;
}

static void server_on_connection(uv_stream_t *listener, int status)
{
	static const struct tls_events EVENTS = { .bytes = peer_on_bytes, .ended = peer_on_ended };
	struct door *d = listener->data;
	struct server *s = d->server;
	enum server_trap trap = status == 0 ? door_trap(d) : TRAP_NONE;
	struct tls *tls = status == 0 ? tls_accept(listener, s->settings[trap]) : NULL;
	struct peer *p;

	if (tls == NULL)
		return;
	if (trap == TRAP_SILENT)
		tls_mute(tls);
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

static bool door_open(struct door *d, const struct sockaddr_in *at, struct fail *why)
{
	struct sockaddr_in bound = { 0 };
	int len = sizeof bound;
	int error;

	uv_tcp_init(d->server->loop, &d->listener);
	d->listener.data = d;
	error = uv_tcp_bind(&d->listener, (const struct sockaddr *)at, 0);
	if (error == 0)
		error = uv_listen((uv_stream_t *)&d->listener, BACKLOG, server_on_connection);
	if (error == 0)
		error = uv_tcp_getsockname(&d->listener, (struct sockaddr *)&bound, &len);
	if (error != 0) {
		uv_close((uv_handle_t *)&d->listener, NULL);
		return fail_set(
			why, FAIL_REFUSED, "port %u: %s", ntohs(at->sin_port), uv_strerror(error));
	}
	d->port = ntohs(bound.sin_port);
	return true;
}

struct server *server_new(uv_loop_t *loop, const char *listen, const struct cert *cert,
	server_handler *handler, void *ctx, struct fail *why)
{
	struct server *s = calloc(1, sizeof *s);

	if (s == NULL)
		abort();
	*s = (struct server){ .loop = loop, .handler = handler, .ctx = ctx };
	s->front.server = s->trapdoor.server = s;
	if (server_address(listen, &s->address, why))
		s->settings[TRAP_NONE] = tls_settings_new(cert, why);
	if (s->settings[TRAP_NONE] == NULL || !door_open(&s->front, &s->address, why)) {
		(void)uv_run(loop, UV_RUN_NOWAIT); /* lets a close be done */
		server_free(s);
		return NULL;
	}
	return s;
}

unsigned server_port(const struct server *s)
{
	return s->front.port;
}

/* What a trap shows instead of the certificate that the client was told to trust. */
static struct ssl_ctx_st *trap_settings(struct fail *why)
{
	struct cert cert;
	struct ssl_ctx_st *settings = NULL;

	if (cert_make(&cert, why))
		settings = tls_settings_new(&cert, why);
	cert_done(&cert);
	return settings;
}

unsigned server_set_trap(
	struct server *s, enum server_trap trap, bool at_front, int count, struct fail *why)
{
	struct door *d = at_front ? &s->front : &s->trapdoor;
	struct sockaddr_in at = s->address;

	if (s->settings[trap] == NULL)
		s->settings[trap] = trap_settings(why);
	at.sin_port = 0;
	if (s->settings[trap] == NULL || (d->port == 0 && !door_open(d, &at, why)))
		return 0;
	d->trap = trap;
	d->trapped_left = at_front ? count : -1;
	return d->port;
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
	uv_close((uv_handle_t *)&s->front.listener, NULL);
	if (s->trapdoor.port != 0)
		uv_close((uv_handle_t *)&s->trapdoor.listener, NULL);
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
	for (size_t i = 0; i < TRAPS; i++)
		tls_settings_free(s->settings[i]);
	free(s);
}
