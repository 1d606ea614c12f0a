#ifndef LINE_H
#define LINE_H

#include "link.h"

/* One Socket Mode connection; or, when it is a ghost, what Slack still takes for one. */
struct line {
	struct line *next;
	struct link *link;
	struct box *box;
	struct ws *ws; /* NULL: a ghost */
	unsigned serial;
	bool said_hello, leaving, frozen, warned;
	int lifetime_s;
	int64_t warn_at, close_at, ping_at, gone_at; /* gone_at: a ghost's end */
	unsigned pinged, ponged;                     /* the numbers of the last ones */
	long pings, pongs, unasked, sent, received;  /* unasked: pongs that answer no ping */
};

/* The line is the link's from now on; it leaves by link_forget. */
struct line *line_new(struct link *, struct box *, unsigned serial, int lifetime_s);
void line_open(struct line *, struct tls *, const char *early, size_t early_len);
void line_haunt(struct line *, int64_t until_ms); /* begins as a ghost */
void line_tick(struct line *, int64_t now_ms);    /* monotonic */
cJSON *line_dump(const struct line *);

typedef void line_trouble(struct line *);
line_trouble *line_trouble_find(const char *how); /* NULL: no such how */

#endif
