#ifndef SHEET_H
#define SHEET_H

#include "arena.h"
#include "buf.h"
#include "json_out.h"
#include "report.h"
#include "text.h"
#include "words.h"

/* A report while it is written. Private to the room. */

struct item {
	enum { ITEM_PLAIN, ITEM_OPEN, ITEM_DONE, ITEM_DROPPED } box;
	const char *before;  /* our words, or NULL */
	const char *written; /* theirs: mrkdwn, or NULL */
	const char *after;   /* our words, or NULL */
};

/* How the parts of a page are drawn. Words of ours are plain text; what people wrote is mrkdwn. */
struct pen {
	void (*open)(struct report *, const char *about);
	void (*close)(struct report *);
	void (*section)(struct report *, const char *id, const char *heading);
	void (*part)(struct report *, const char *id, const char *heading); /* of a section */
	void (*facts_open)(struct report *);
	void (*fact)(struct report *, const char *name, const char *value, const char *meaning);
	void (*facts_close)(struct report *);
	void (*say)(struct report *, const char *plain);
	void (*blank)(struct report *, const char *what); /* for people to fill in */
	void (*quote)(struct report *, const char *mrkdwn);
	void (*list_open)(struct report *);
	void (*item)(struct report *, const struct item *);
	void (*list_close)(struct report *);
	void (*timeline_open)(struct report *);
	void (*timeline_close)(struct report *);
};

struct look {
	void (*begin)(struct report *);
	void (*line)(struct report *, const struct record_line *);
	void (*end)(struct report *);
	const struct pen *pen; /* of those that are pages */
};

extern const struct look MARKDOWN_LOOK, HTML_LOOK, JSON_LOOK, CSV_LOOK;

struct report {
	const struct record *record;
	struct report_how how;
	const struct look *look;
	report_put *put;
	void *ctx;
	struct text_names names;
	struct buf out;
	struct buf scratch; /* for whoever is at work; nothing in it outlives a call */
	struct json_out json;
	int64_t lines;                 /* told so far */
	char day[2 * WORDS_TIME_ROOM]; /* the heading that the lines stand under */
	bool line_open; /* a line that replies may follow; what ends it is not written yet */
	bool replies_open, day_open, section_open;
};

/* Somebody's name, else their id, else "nobody": plain text. */
void sheet_person(const struct report *, struct buf *to, const struct person *);
/* "2026-03-26 10:00:00 UTC" in the report's zone; "not yet" for 0. */
void sheet_moment(const struct report *, struct buf *to, int64_t us);
bool sheet_permalink(const struct report *, struct buf *to, const struct entry *);

/* The clocks alone, and the day when it is another than that of `beside`. */
void sheet_clock(const struct report *, struct buf *to, int64_t us, int64_t beside);

/* "2026-03-26 (UTC+01:00)": another day, or other clocks, than the line before. False: the same. */
bool sheet_day(struct report *, const struct entry *);

/* What is said of a line besides its text: plain words, one call each. */
typedef void sheet_flag(struct report *, const char *plain);
void sheet_flags(struct report *, const struct record_line *, sheet_flag *);
/* Plain words that stand where a text is not, and why. False: the text is there. */
bool sheet_instead(const struct report *, struct buf *to, const struct entry *);
/* What people wrote, read once. */
/* What a reaction of this name shows, but for a picture that is elsewhere: then false, and nothing. Not escaped. */
bool sheet_emoji(struct report *, struct buf *to, const char *name);
typedef void sheet_writer(struct buf *to, const struct text *, const struct text_names *);
void sheet_written(
	struct report *, struct buf *to, const char *mrkdwn, const char *rich, sheet_writer *);

/* The head and the foot of a page, drawn with the look's pen. */
void page_begin(struct report *);
void page_end(struct report *);
void page_coverage(struct report *);

#endif
