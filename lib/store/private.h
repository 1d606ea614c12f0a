#ifndef STORE_PRIVATE_H
#define STORE_PRIVATE_H

#include "db.h"
#include "store.h"
#include "store_entry.h"
#include "store_outbox.h"
#include "store_record.h"

/* Private to the store's files. */
struct store {
	struct db *db;
	int changes;
};

/* A change that answers nothing, counted. */
bool store_change(struct store *, enum stmt, const struct arg *, int nargs, struct fail *why);
void incident_from_row(const struct rows *, int row, struct arena *, struct incident *out);

/* A row with the columns of an entry. */
struct entry entry_from_row(const struct rows *, int i, struct arena *);

#endif
