#ifndef ITEM_CLEAN_H
#define ITEM_CLEAN_H

#include "queue.h"

/*
 * Private to inbox: what was redacted does not come in again. Of what tells of a message by the way (a page of
 * history, a reply that shows its parent, an unfurled link, an edit) its text is gone before anything is done with it.
 */
bool item_clean(struct store *, struct arena *, struct item *, struct fail *why);

/* The same for what is kept without being done. */
bool item_clean_always(struct store *, struct arena *, struct item *, struct fail *why);

#endif
