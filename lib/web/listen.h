#ifndef LISTEN_H
#define LISTEN_H

#include "buf.h"
#include "fail.h"

/* A listening TCP socket for "host:port", "[v6]:port" or ":port" (every address). -1: why. */
int listen_open(const char *where, struct fail *why);
void listen_url(int fd, struct buf *to); /* "http://127.0.0.1:8080", as this machine reaches it */

#endif
