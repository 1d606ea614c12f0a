#ifndef FAULT_H
#define FAULT_H

#include "box.h"

/* {"kind": …}: makes something go wrong, now or for the next times; an error word, or NULL. The kinds are
 * api_429 api_500 api_502 api_timeout api_lost api_slow (count, method, ms, retry_after), no_hello,
 * upgrade_refused (status), open_error (error), link_disabled (on), duplicates and reorder (probability),
 * long_frame (bytes), rst close drop freeze refresh (connection; absent: all), none. */
const char *fault_request(struct box *, const cJSON *what);

#endif
