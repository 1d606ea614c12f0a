#ifndef LISTEN_H
#define LISTEN_H

#include "fail.h"

/* A listening TCP socket for "host:port", "[v6]:port" or ":port" (every address). -1: why. */
int listen_open(const char *where, struct fail *why);
int listen_port(int fd);

#endif
