#ifndef LINK_URL_H
#define LINK_URL_H

#include <stdbool.h>

#include "fail.h"

/* A websocket's URL in parts. The path holds the ticket, a secret: it is never part of a message. */
struct link_url {
	char host[256]; /* without brackets */
	char *path;     /* with the query; "/" at least */
	int port;
	bool tls; /* false only for this machine itself */
};

bool link_url_read(const char *url, struct link_url *out, struct fail *why);
void link_url_done(struct link_url *);

#endif
