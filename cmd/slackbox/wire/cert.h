#ifndef CERT_H
#define CERT_H

#include <stdbool.h>

#include "fail.h"

/* A self-signed certificate for localhost, 127.0.0.1 and ::1; both texts are PEM and owned. */
struct cert {
	char *key, *chain;
};

bool cert_make(struct cert *, struct fail *why);
/* The one that is kept in the folder; made when there is none, or when it is over within a day. */
bool cert_keep(struct cert *, const char *dir, struct fail *why);
bool cert_write(const struct cert *, const char *path, struct fail *why); /* not the key */
void cert_done(struct cert *);

#endif
