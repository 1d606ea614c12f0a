#include "clock.h"

#include <stdio.h>
#include <time.h>

int64_t clock_ms(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &t); /* cannot fail on Linux */
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_wall_us(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_REALTIME, &t); /* cannot fail on Linux */
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* The year is four digits long to whoever reads it: times that need more do not occur. */
void clock_rfc3339(char out[CLOCK_RFC3339_ROOM], int64_t us)
{
	static const int64_t SECOND_US = 1000000;
	time_t seconds = (time_t)(us / SECOND_US - (us % SECOND_US < 0)); /* also before 1970 */
	int milliseconds = (int)((us - (int64_t)seconds * SECOND_US) / 1000);
	struct tm t = { 0 };

	(void)gmtime_r(&seconds, &t); /* else it is the year 1900 */
	(void)snprintf(out, CLOCK_RFC3339_ROOM, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
		t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec,
		milliseconds); /* fits */
}
