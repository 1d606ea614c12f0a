#include "web.h"

#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "listen.h"
#include "log.h"

enum {
	MOST_CONNECTIONS = 64,
	IDLE_S = 10,
	MOST_MEMORY = 16 * 1024, /* a connection: its request line and headers */
};

struct web {
	struct web_needs needs;
	struct MHD_Daemon *daemon;
	struct buf url;
};

struct answer {
	unsigned status;
	const char *text; /* copied */
};

typedef struct answer page(const struct web *, struct buf *room);

/* False: with a line at least, which ends. True with lines: they are warnings. */
static struct answer answer_to_question(
	const struct web *web, web_question *question, const char *no, struct buf *room)
{
	struct buf lines = { 0 };
	bool yes = question(web->needs.ctx, &lines);

	if (yes)
		buf_add(room, "ok\n");
	else if (lines.len == 0)
		buf_add(room, no);
	buf_add(room, lines.text);
	buf_done(&lines);
	if (room->text[room->len - 1] != '\n')
		buf_add(room, "\n");
	return (struct answer){ yes ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE, room->text };
}

static struct answer livez(const struct web *web, struct buf *room)
{
	return answer_to_question(web, web->needs.live, "not live", room);
}

static struct answer readyz(const struct web *web, struct buf *room)
{
	return answer_to_question(web, web->needs.ready, "not ready", room);
}

static const struct {
	const char *path;
	page *page;
} PAGES[] = {
	{ "/livez", livez },
	{ "/readyz", readyz },
};

static page *find_page(const char *path)
{
	for (size_t i = 0; i < sizeof(PAGES) / sizeof(*PAGES); i++)
		if (strcmp(PAGES[i].path, path) == 0)
			return PAGES[i].page;
	return NULL;
}

static struct answer answer_to(
	const struct web *web, const char *method, const char *path, struct buf *room)
{
	page *found = find_page(path);

	if (found == NULL)
		return (struct answer){ MHD_HTTP_NOT_FOUND, "not found\n" };
	if (strcmp(method, MHD_HTTP_METHOD_GET) != 0 && strcmp(method, MHD_HTTP_METHOD_HEAD) != 0)
		return (struct answer){ MHD_HTTP_METHOD_NOT_ALLOWED, "method not allowed\n" };
	return found(web, room);
}

static enum MHD_Result send_answer(struct MHD_Connection *to, const struct answer *answer)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
		strlen(answer->text), (void *)answer->text, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result queued;

	if (response == NULL)
		return MHD_NO;
	(void)MHD_add_response_header(response, "Content-Type", "text/plain; charset=utf-8");
	(void)MHD_add_response_header(response, "Cache-Control", "no-store");
	(void)MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
	if (answer->status == MHD_HTTP_METHOD_NOT_ALLOWED)
		(void)MHD_add_response_header(response, "Allow", "GET, HEAD");
	queued = MHD_queue_response(to, answer->status, response);
	MHD_destroy_response(response);
	return queued;
}

/* Called once with the headers, then for each piece of a body, then once more at the end. */
// NOLINTNEXTLINE(readability-function-size): the library's signature
static enum MHD_Result on_request(void *ctx, struct MHD_Connection *from, const char *path,
	const char *method, const char *version, const char *body, size_t *body_len, void **state)
{
	static const char HEADERS_SEEN[] = "";
	struct buf room = { 0 };
	struct answer answer;
	enum MHD_Result queued;

	(void)version;
	(void)body;
	if (*state == NULL) {
		*state = (void *)HEADERS_SEEN;
		return MHD_YES;
	}
	if (*body_len != 0) { /* we have no use for one */
		*body_len = 0;
		return MHD_YES;
	}
	answer = answer_to(ctx, method, path, &room);
	queued = send_answer(from, &answer);
	buf_done(&room);
	return queued;
}

/* What the library says is about its peers' mistakes. */
__attribute__((format(printf, 2, 0))) static void on_log(void *ctx, const char *fmt, va_list ap)
{
	char line[256];

	(void)ctx;
	(void)vsnprintf(line, sizeof(line), fmt, ap); /* may be cut */
	log_debug("web: %s", line);
}

struct web *web_open(const char *listen, const struct web_needs *needs, struct fail *why)
{
	int fd = listen_open(listen, why);
	struct web *web;

	if (fd < 0)
		return NULL;
	web = calloc(1, sizeof(*web));
	if (web == NULL)
		abort();
	web->needs = *needs;
	listen_url(fd, &web->url);
	web->daemon = MHD_start_daemon(MHD_USE_AUTO_INTERNAL_THREAD | MHD_USE_ERROR_LOG, 0, NULL,
		NULL, on_request, web, MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)MOST_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MOST_MEMORY, MHD_OPTION_END);
	if (web->daemon == NULL) {
		(void)fail_set(why, FAIL_BROKEN, "cannot serve HTTP on '%s'", listen);
		(void)close(fd);
		buf_done(&web->url);
		free(web);
		return NULL;
	}
	return web;
}

void web_close(struct web *web)
{
	if (web == NULL)
		return;
	MHD_stop_daemon(web->daemon); /* waits for its thread, closes the socket */
	buf_done(&web->url);
	free(web);
}

const char *web_url(const struct web *web)
{
	return web->url.text;
}
