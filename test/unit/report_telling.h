#ifndef REPORT_TELLING_H
#define REPORT_TELLING_H

#include <cjson/cJSON.h>

#include "buf.h"
#include "report.h"

/* A timeline as the store gives it, and what a report makes of it. */
struct telling {
	struct record record;
	struct record_line lines[16];
	int count;
	struct report_how how;
};

#define TEN    INT64_C(1774519200000000) /* 2026-03-26 10:00:00 UTC */
#define MINUTE INT64_C(60000000)

/* Incident 3, and three people, of whom one has no name; nothing was said yet. */
struct telling telling(void);
struct entry *says(struct telling *, int64_t at, const char *by, const char *text, const char *ts);
struct entry *replies(struct telling *, const struct entry *parent, int64_t at, const char *by,
	const char *text, const char *ts);

struct buf report_of(struct telling *, enum report_format);
bool shows(const struct buf *page, const char *words);
/* That these words are, or are not, in the report. */
void check_shown(struct telling *, enum report_format, const char *words);
void check_absent(struct telling *, enum report_format, const char *words);

cJSON *json_of(struct telling *);
cJSON *at(const cJSON *object, const char *name); /* it must be there */
const char *text_at(const cJSON *object, const char *name);

#endif
