#ifndef CHANGES_H
#define CHANGES_H

#include "buf.h"

/* What was changed in severities.yml, for people, a line each; nothing where it is the same. Private to incident. */

/* "p2: label was 'Major', is 'Bad'"; either may be NULL. */
void change_text(struct buf *, const char *of, const char *name, const char *was, const char *is);
/* "p2: invite: was none, is U1, U2"; either may be NULL. */
void change_list(struct buf *, const char *of, const char *name, const char *const *was,
	const char *const *is);

#endif
