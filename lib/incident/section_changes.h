#ifndef SECTION_CHANGES_H
#define SECTION_CHANGES_H

#include "buf.h"
#include "keyword.h"
#include "role.h"
#include "status.h"

/* Of levels_changes: what became of the other sections of the file. Private to incident. */
void statuses_changes(const struct statuses *before, const struct statuses *now, struct buf *to);
void keywords_changes(
	const struct keyword_replies *before, const struct keyword_replies *now, struct buf *to);
void roles_changes(const struct roles *before, const struct roles *now, struct buf *to);

#endif
