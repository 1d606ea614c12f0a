#ifndef STORE_KEYWORD_H
#define STORE_KEYWORD_H

#include "store.h"

/* Keyword replies that were given: part of the store, as store.h describes it. */

/* *may: it is the first of this rule in this incident, or the last is so long ago; then it is noted as given now. */
bool store_keyword_said(struct store *, int64_t incident, const char *rule, int64_t now_us,
	int64_t cool_down_us, bool *may, struct fail *why);

#endif
