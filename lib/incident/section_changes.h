#ifndef SECTION_CHANGES_H
#define SECTION_CHANGES_H

#include "buf.h"
#include "role.h"
#include "status.h"

/* Of levels_changes: what became of the other sections of the file. Private to incident. */
void statuses_changes(const struct statuses *before, const struct statuses *now, struct buf *to);
void roles_changes(const struct roles *before, const struct roles *now, struct buf *to);

#endif
