#ifndef ALARMS_H
#define ALARMS_H

#include "desk.h"

/*
 * Private to inbox: rings the alarms that are due at at_us, or 0: now; each in a transaction of its own, a few at a
 * time. One that cannot be rung is logged, and tried again later. False: Postgres takes nothing.
 */
bool alarms_ring(const struct desk_needs *, int64_t at_us, struct fail *why);

#endif
