#ifndef BOX_H
#define BOX_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "server.h"
#include "workspace.h"

struct box_options {
	const char *listen, *ca_out, *cert_dir, *port_out, *script, *manifest;
	double pace, time_scale, limits;
	unsigned seed;
	int lifetime_s;
	bool exit_when_done;
};

enum api_fault { API_FINE, API_429, API_500, API_502, API_TIMEOUT, API_LOST, API_LATE, API_SLOW };

/* What is to go wrong; counts say for how many times, -1: always. */
struct faults {
	enum api_fault api;
	int api_left, api_ms, retry_after_s;
	char api_method[64]; /* "": any */
	int hello_withheld, open_failed;
	char open_error[64];
	int upgrade_refused, upgrade_status, upgrade_retry_after_s;
	int upgrade_held, upgrade_held_ms, accept_wrong;
	int trapped; /* so many websocket URLs lead to trap_port */
	unsigned trap_port;
	int pieces_left; /* frames that go out in so many pieces, */
	unsigned pieces;
	bool pieces_ping;  /* with pings in between */
	bool long_dropped; /* too long client frames get no answer, not even 1009 */
	bool link_disabled;
	int64_t ghost_ms;           /* how long a connection that died is still taken for one */
	double duplicates, reorder; /* probabilities */
};

/* "load": messages at full speed with so many envelopes outstanding. */
struct load {
	cJSON *users;
	char channel[64], thread_ts[TS_ROOM];
	long left, done, window;
	int64_t began_ms, ended_ms; /* monotonic */
};

struct box {
	struct box_options options;
	struct faults faults;
	struct load load;
	uv_loop_t loop;
	uv_timer_t timer;
	uv_signal_t term, interrupt;
	struct server *server;
	struct world *world;
	struct link *link;
	struct delivery *delivery;
	cJSON *late;           /* api.c: calls that are still to be carried out */
	cJSON *urls;           /* answer.c: the response_urls given out, by their secret */
	struct script *script; /* NULL: none */
	uint64_t random;
	int exit_status;
	bool stopping;
};

/* Opens, runs until box_stop, and clears away. */
bool box_open(struct box *, const struct box_options *, struct fail *why);
/* The app may do, and hears of, what its manifest asks for, and no more. */
bool box_install(struct box *, struct fail *why);
void box_run(struct box *);
void box_done(struct box *); /* also after a failed open */
void box_stop(struct box *, int exit_status);

int64_t box_wall_ms(void);
int64_t box_scaled(const struct box *, int64_t ms); /* a wait, divided by --time-scale */
uint64_t box_random(struct box *);
bool box_chance(struct box *, double probability);
void box_random_text(struct box *, char *out, size_t room); /* letters and digits */

/* Pumps the load as far as the window lets it. */
void load_pump(struct box *);

/* The doors: each answers the request. */
void api_request(struct box *, struct request *);
void api_tick(struct box *, int64_t now_ms); /* monotonic */
void control_request(struct box *, struct request *);

#endif
