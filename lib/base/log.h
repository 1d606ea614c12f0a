#ifndef LOG_H
#define LOG_H

/*
 * One line an event on standard error: time, level, scope, words, key=value.
 * Never a token, never the text of a message. Safe from every thread; the scope is each thread's own.
 */
void log_scope(const char *what); /* what the lines that follow are about: copied; NULL: none */

void log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* someone must look */
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* we go on without it */
void log_info(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* a life's event */
void log_debug(const char *fmt, ...)
	__attribute__((format(printf, 1, 2))); /* with INCIDENTD_DEBUG set and not empty */

#endif
