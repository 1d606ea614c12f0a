#include "lws_log.h"

#include <libwebsockets.h>
#include <stdio.h>
#include <string.h>

#include "log.h"

enum { LINE_SIZE = 200 };

/* A part of the log, hence not const: libwebsockets' emit function is told no context. */
static _Thread_local char last_line[LINE_SIZE], last_tls_line[LINE_SIZE];

static void keep(char to[LINE_SIZE], const char *line)
{
	(void)snprintf(to, LINE_SIZE, "%s", line); /* may be cut */
	to[strcspn(to, "\n")] = '\0';
}

static void lws_log_line(int level, const char *line)
{
	if (strstr(line, "ticket=") != NULL)
		return;
	log_debug("libwebsockets: %.*s", (int)strcspn(line, "\n"), line);
	if (level != LLL_ERR)
		return;
	keep(last_line, line);
	if (strstr(line, "SSL") != NULL || strstr(line, "tls") != NULL)
		keep(last_tls_line, line);
}

void lws_log_begin(void)
{
	lws_set_log_level(LLL_ERR | LLL_WARN, lws_log_line);
}

const char *lws_log_last(void)
{
	return last_line;
}

const char *lws_log_last_tls(void)
{
	return last_tls_line;
}

void lws_log_forget(void)
{
	last_line[0] = last_tls_line[0] = '\0';
}
