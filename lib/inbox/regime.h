#ifndef REGIME_H
#define REGIME_H

#include "handler.h"
#include "store.h"

/*
 * Private to inbox: which levels the desk goes by. Those on record that are the last ones, for all daemons on one
 * database; what a severities file says is recorded, if it is good and says something else, and then adopted by each desk
 * between two of its groups. Only the desk's thread sees the levels, so nobody waits for anybody.
 */

/* What was read of the file. All of it is the paper's own. */
struct paper {
	const char *cause; /* start, changed, SIGHUP: not copied */
	char *text;        /* NULL: it cannot be read */
	size_t len;
	char *error; /* why not */
};
struct paper *paper_new(const char *cause, const char *text, size_t len, const char *error);
void paper_free(struct paper *);

struct regime {
	levels_reader *read;
	const char *file, *desk; /* the severities file's name, and this desk's */
	/* the regime's own */
	char host[65];
	struct arena *arena; /* of the levels in force; NULL: they are somebody else's */
	int64_t number;      /* of the levels in force; 0: none are on record */
	int64_t look_at;     /* ms */
	struct paper *paper; /* to be dealt with */
	struct paper *last;  /* the one dealt with last */
	bool refused;        /* it was bad */
};

void regime_init(struct regime *, levels_reader *, const char *file, const char *desk);
void regime_done(struct regime *);
/* Takes ownership; a paper that was not dealt with yet is not any more. */
void regime_put(struct regime *, struct paper *);
/*
 * Called often, and asks once a second. Deals with the paper, and changes the house's levels. False: Postgres took
 * nothing, and the same is to be done when it is back.
 */
bool regime_tick(struct regime *, struct store *, struct house *, struct fail *why);
/* The file was bad, nothing is on record, and there are no levels to go by. */
bool regime_is_void(const struct regime *, const struct house *);

#endif
