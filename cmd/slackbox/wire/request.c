#include "request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "form.h"

enum { BODY_MAX = 4 * 1024 * 1024 };

void request_free(struct request *r)
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

struct request *request_new(const char *head, size_t len)
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

int request_parse(struct request *r, size_t len)
{
	const char *text;
	char *end;
	long wanted;

	for (size_t i = 0; i + 1 < len; i++) {
		if (r->head[i] == '\r' && r->head[i + 1] == '\n')
			r->head[i] = '\0';
	}
	r->lines = r->head + strlen(r->head) + 2;
	text = request_header(r, "Transfer-Encoding");
	r->chunked = text != NULL && strcasecmp(text, "chunked") == 0;
	if (text != NULL && !r->chunked)
		return 501;
	text = request_header(r, "Content-Length");
	if (text != NULL && r->chunked)
		return 400; /* the one or the other: both is how requests are smuggled */
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

static bool body_plain(struct request *r, const char *bytes, size_t len, size_t *used_out)
{
	if (len < r->body_len)
		return false;
	r->body = strndup(bytes != NULL ? bytes : "", r->body_len);
	if (r->body == NULL)
		abort();
	*used_out = r->body_len;
	return true;
}

enum chunk { CHUNK_PART, CHUNK_BAD, CHUNK_READ, CHUNK_LAST };

/* Moves *at behind one "size\r\nbytes\r\n". */
static enum chunk chunk_read(const char **at, const char *end, struct buf *body)
{
	const char *line = *at < end ? memmem(*at, (size_t)(end - *at), "\r\n", 2) : NULL;
	char *stop;
	long size;

	if (line == NULL)
		return CHUNK_PART;
	size = strtol(*at, &stop, 16);
	if (stop == *at || size < 0 || size > BODY_MAX || (*stop != ';' && stop != line))
		return CHUNK_BAD;
	if (end - line < size + 4)
		return CHUNK_PART;
	if (memcmp(line + 2 + size, "\r\n", 2) != 0)
		return CHUNK_BAD; /* also a trailer, which nobody sends */
	buf_add_bytes(body, line + 2, (size_t)size);
	*at = line + size + 4;
	return size > 0 ? CHUNK_READ : CHUNK_LAST;
}

static bool body_chunked(
	struct request *r, const char *bytes, size_t len, size_t *used_out, int *refused_out)
{
	const char *at = bytes;
	struct buf body = { 0 };
	enum chunk got;

	if (len == 0)
		return false;
	do {
		got = chunk_read(&at, bytes + len, &body);
	} while (got == CHUNK_READ && body.len <= BODY_MAX);
	if (got == CHUNK_BAD || body.len > BODY_MAX) {
		*refused_out = got == CHUNK_BAD ? 400 : 413;
	} else if (got == CHUNK_LAST) {
		r->body = strndup(body.text != NULL ? body.text : "", body.len);
		if (r->body == NULL)
			abort();
		*used_out = (size_t)(at - bytes);
	}
	buf_done(&body);
	return r->body != NULL;
}

bool request_take_body(
	struct request *r, const char *bytes, size_t len, size_t *used_out, int *refused_out)
{
	return r->chunked ? body_chunked(r, bytes, len, used_out, refused_out)
			  : body_plain(r, bytes, len, used_out);
}

static const char *status_reason(int status)
{
	switch (status) {
	case 101: return "Switching Protocols";
	case 200: return "OK";
	case 400: return "Bad Request";
	case 401: return "Unauthorized";
	case 403: return "Forbidden";
	case 404: return "Not Found";
	case 407: return "Proxy Authentication Required";
	case 408: return "Request Timeout";
	case 409: return "Conflict";
	case 429: return "Too Many Requests";
	case 500: return "Internal Server Error";
	case 502: return "Bad Gateway";
	case 503: return "Service Unavailable";
	default: return "Other";
	}
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
		status, status_reason(status), type, strlen(body));
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
	r->upgraded = upgraded;
	r->upgraded_ctx = ctx;
	r->end = END_UPGRADED;
}
