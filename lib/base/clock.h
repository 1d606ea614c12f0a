#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

int64_t clock_ms(void);      /* monotonic milliseconds, for waits only */
int64_t clock_wall_us(void); /* microseconds since 1970, UTC, for what people read */

/* UTC: 2026-11-23T10:03:12.123Z */
enum { CLOCK_RFC3339_ROOM = 48 };
void clock_rfc3339(char out[CLOCK_RFC3339_ROOM], int64_t us);

#endif
