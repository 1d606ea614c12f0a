#ifndef STORE_PRIVATE_H
#define STORE_PRIVATE_H

#include "db.h"
#include "store.h"
#include "store_entry.h"
#include "store_outbox.h"

/* Private to the store's files. */
struct store {
	struct db *db;
	int changes;
};

/* A change that answers nothing, counted. */
bool store_change(struct store *, enum stmt, const struct arg *, int nargs, struct fail *why);
void incident_from_row(const struct rows *, int row, struct arena *, struct incident *out);

/* The timeline, with what became of each message. */
bool timeline_read(
	struct store *, struct arena *, int64_t incident, struct record *out, struct fail *why);

#endif
