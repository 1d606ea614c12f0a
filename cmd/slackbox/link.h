#ifndef LINK_H
#define LINK_H

#include "box.h"

/* Socket Mode's connections: tickets, hello, pings, refresh, and what may go wrong with them. */
struct link;
struct line; /* one connection */

struct link *link_new(struct box *);
void link_free(struct link *);
void link_end(struct link *); /* closes every connection */

void link_url(struct link *, char *out, size_t room); /* with a new ticket */
void link_request(struct link *, struct request *);   /* GET /link/ */
void link_tick(struct link *, int64_t now_ms);        /* monotonic */

int link_count(const struct link *); /* those that count among the ten, ghosts too */
unsigned link_ping_number(struct link *);
void link_forget(struct link *, const struct line *);

/* Ghosts: connections that nobody has, for so long. They are counted and get their share of what is sent. */
void link_haunt(struct link *, int count, int64_t ms);
void link_exorcise(struct link *);

struct line *link_pick(struct link *); /* any of them, by chance; NULL: none */
unsigned line_serial(const struct line *);
void line_send(struct line *, const char *text, size_t len);

/* how: "rst", "close", "drop", "freeze", "refresh", "link_disabled"; serial 0: all. False: no such how. */
bool link_trouble(struct link *, const char *how, unsigned serial);
cJSON *link_dump(const struct link *);

#endif
