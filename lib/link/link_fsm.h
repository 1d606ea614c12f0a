#ifndef LINK_FSM_H
#define LINK_FSM_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The life of one seat, without a websocket: what happened and when goes in, what to do comes out. A seat has
 * two places, so that there are at most two sockets by construction; each attempt has a number of its own, the
 * socket, which is never used again. What is said of a number that is not here is passed over.
 */
/* clang-format off */
enum place_state {
	PLACE_EMPTY,
	PLACE_ASKING,   /* for a URL */
	PLACE_DIALING,  /* address, TCP, TLS, upgrade */
	PLACE_GREETING, /* upgraded, no hello yet */
	PLACE_LIVE,     /* may have been told to go: see told */
	PLACE_LEAVING,  /* replaced; still reads and acknowledges */
	PLACE_CLOSING,  /* the close frame is on its way */
};

enum seat_news {
	SEAT_WOKE,             /* time has passed */
	SEAT_GOT_URL,
	SEAT_GOT_NO_URL,       /* word: why; retry_after */
	SEAT_UPGRADED,
	SEAT_HELLO,
	SEAT_PONG,
	SEAT_TOLD_WARNING,
	SEAT_TOLD_REFRESH,     /* also for reasons that nobody knows */
	SEAT_TOLD_DISABLED,
	SEAT_TOLD_TOO_MANY,
	SEAT_PARTING,          /* the peer sent a close frame */
	SEAT_GONE,             /* however it ended; word: an alarm's, or NULL; retry_after */
	SEAT_STOP,
};

enum seat_act {
	SEAT_ASK,      /* for a URL, under the socket's number */
	SEAT_DIAL,     /* the URL that was got; deadline for all of it is kept here */
	SEAT_KILL,     /* end it at once, say nothing; it is forgotten here already; was: its state */
	SEAT_CLOSE,    /* flush, close frame, and tell when it is gone */
	SEAT_REPLACED, /* a refresh is over; ms: both were good for that long */
};
/* clang-format on */

struct place {
	enum place_state state;
	int64_t socket;
	int64_t deadline; /* 0: none */
	int64_t hello_at, heard_at, replaced_at;
	bool told;      /* its replacement was asked for: once a socket */
	bool last_call; /* refresh_requested was said */
};

struct seat {
	struct place places[2];
	int64_t next_socket, stride; /* numbers go up by stride: no two seats share one */
	int64_t rest_until;          /* no attempt before */
	int failures;                /* in a row, since a connection that lasted */
	int refusals;                /* too_many_websockets, link_disabled, bad tokens: likewise */
	uint64_t random;
	const struct alarm *alarm; /* NULL, or why an operator must look */
	bool stopping;
};

struct seat_did {
	int64_t socket; /* whom it is about; 0 for SEAT_WOKE and SEAT_STOP */
	const char *word;
	int retry_after; /* seconds */
};

struct seat_acts {
	int count;
	struct {
		enum seat_act what;
		enum place_state was;
		int64_t socket, ms;
	} list[8];
};

/* The first attempt is made at start_at. random: any number. */
void seat_init(
	struct seat *, int64_t first_socket, int64_t stride, int64_t start_at, uint64_t random);
void seat_step(struct seat *, enum seat_news, const struct seat_did *, int64_t now,
	struct seat_acts *acts);

/* No attempt before: another seat was told that there is no use in it. */
void seat_rest(struct seat *, int64_t until);

int64_t seat_wake_at(const struct seat *); /* when SEAT_WOKE is due, INT64_MAX: never */
int seat_live(const struct seat *, int64_t now);
int64_t seat_last_heard(
	const struct seat *); /* the newest proof of life of any socket here, 0: none */
bool seat_has(const struct seat *, int64_t socket);
int64_t seat_silent_ms(
	const struct seat *, int64_t socket, int64_t now); /* 0: there was no hello */
bool seat_tries(const struct seat *, int64_t socket);      /* it has had no hello yet */
bool seat_empty(const struct seat *);

#endif
