#ifndef STORE_ROLE_H
#define STORE_ROLE_H

#include "store.h"

/* Roles in incidents: part of the store, as store.h describes it. Who has them comes with the incident. */

/* Gives it, also in the place of who had it. */
bool store_role_give(struct store *, int64_t incident, const struct role_given *, struct fail *why);
bool store_role_take(struct store *, int64_t incident, const char *role, struct fail *why);

#endif
