#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LINE_SIZE = 1024, SCOPE_SIZE = 96 };

static _Thread_local char scope[SCOPE_SIZE];

void log_scope(const char *what)
{
	(void)snprintf(scope, sizeof(scope), "%s", what != NULL ? what : ""); /* may be cut */
}

static void clean(char *line)
{
	for (char *p = line; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20)
			*p = ' ';
}

__attribute__((format(printf, 2, 0))) static void write_line(
	const char *level, const char *fmt, va_list ap)
{
	char line[LINE_SIZE], when[32] = "";
	struct timespec now;
	struct tm utc;

	(void)vsnprintf(line, sizeof(line), fmt, ap); /* a long line is cut */
	clean(line);
	if (clock_gettime(CLOCK_REALTIME, &now) == 0 && gmtime_r(&now.tv_sec, &utc) != NULL)
		(void)strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%S", &utc);
	(void)fprintf(stderr, "%s.%03ldZ %s%s%s %s\n", when, now.tv_nsec / 1000000, level,
		scope[0] != '\0' ? " " : "", scope, line);
}

#define WRITE(level)                                                                               \
	do {                                                                                       \
		va_list ap;                                                                        \
		va_start(ap, fmt);                                                                 \
		write_line(level, fmt, ap);                                                        \
		va_end(ap);                                                                        \
	} while (0)

void log_error(const char *fmt, ...)
{
	WRITE("error");
}

void log_warn(const char *fmt, ...)
{
	WRITE("warn");
}

void log_info(const char *fmt, ...)
{
	WRITE("info");
}

void log_debug(const char *fmt, ...)
{
	const char *wanted = getenv("INCIDENTD_DEBUG");

	if (wanted != NULL && *wanted != '\0')
		WRITE("debug");
}
