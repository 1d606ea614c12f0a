#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fail.h"
#include "incident_record.h"
#include "zone.h"

/*
 * What was recorded of an incident, for people (Markdown, HTML), spreadsheets (CSV) and programs (JSON): see
 * docs/REPORT.md. A report is written piece by piece while it is told, so that it needs the same memory whatever its
 * length: report_begin, report_line for each line of the timeline in its order, report_end. Pure: it knows no clock.
 */
enum report_format { REPORT_MARKDOWN, REPORT_HTML, REPORT_JSON, REPORT_CSV };
enum report_template { REPORT_PLAIN, REPORT_GDS, REPORT_SRE };

struct report_how {
	enum report_format format;
	enum report_template template;
	const struct zone *zone; /* NULL: UTC. Borrowed until the end */
	int64_t now_us;
	struct record_choice
		choice; /* what was asked for of the timeline, for the report says so */
};

/* Takes what is ready. What goes wrong there is for its owner to keep. */
typedef void report_put(void *ctx, const char *bytes, size_t len);

struct report;
/* The record is borrowed until the end. */
struct report *report_begin(
	const struct record *, const struct report_how *, report_put *put, void *ctx);
void report_line(struct report *, const struct record_line *);
void report_end(struct report *); /* and frees it */

/* By name. What is not one is refused, with what was meant or may be meant. */
bool report_format_find(const char *name, enum report_format *found, struct fail *why);
bool report_template_find(const char *name, enum report_template *found, struct fail *why);
/* "2h" before now, or "2026-11-23T10:00" as the zone's clocks show it; with a Z behind it: UTC. */
bool report_since(
	const char *text, const struct zone *, int64_t now_us, int64_t *us, struct fail *why);

#endif
