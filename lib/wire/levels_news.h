#ifndef LEVELS_NEWS_H
#define LEVELS_NEWS_H

#include <stdbool.h>
#include <stdint.h>

struct levels; /* incident.h */

/* Nobody sent it: the severities file was read, or other levels are in force from now on. */
struct levels_news {
	bool in_force;           /* the house's, from now on; else: this is what the file says */
	const char *host, *file; /* who read it there */
	const char *cause;       /* start, changed, SIGHUP */
	const char *text;        /* NULL: it is not to be used */
	const char *mistakes;    /* why not, a line each */
	const struct levels *levels; /* of the text */
	int64_t number;              /* of those in force when it was read; 0: none */
};

#endif
