#ifndef REPORT_H
#define REPORT_H

#include "buf.h"
#include "incident.h"

/* One model (struct record), several looks. Pure: now_us is an argument. Shape of the JSON: docs/REPORT.md. */
void report_markdown(struct buf *to, const struct record *, int64_t now_us);
void report_json(struct buf *to, const struct record *, int64_t now_us);

#endif
