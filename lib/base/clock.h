#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

int64_t clock_ms(void);      /* monotonic milliseconds, for waits only */
int64_t clock_wall_us(void); /* microseconds since 1970, UTC, for what people read */

#endif
