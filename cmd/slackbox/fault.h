#ifndef FAULT_H
#define FAULT_H

#include "box.h"

/* {"kind": …}: makes something go wrong, now or for the next times; an error word, or NULL. The kinds and what
 * goes with them are in docs/SLACKBOX.md. */
const char *fault_request(struct box *, const cJSON *what);

/* Whether a fault that is due so many times is due now, which counts one down; -1 is always, and stays. */
bool fault_strikes(int *left);

#endif
