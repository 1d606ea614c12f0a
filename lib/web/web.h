#ifndef WEB_H
#define WEB_H

#include <stdbool.h>

#include "buf.h"
#include "fail.h"

/* Serves HTTP/1.1 in threads of its own (libmicrohttpd). For now /livez and /readyz. */
struct web;

struct web_needs {
	void *ctx;
	/* Called from web's threads. Adds a line a reason when the daemon is not ready. */
	bool (*ready)(void *ctx, struct buf *reasons);
};

/* listen: "127.0.0.1:8080", "[::1]:8080", ":8080"; port 0: any, see web_port. */
struct web *web_open(const char *listen, const struct web_needs *, struct fail *why);
void web_close(struct web *);
int web_port(const struct web *);

#endif
