#include "link_url.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { TLS_PORT = 443, PLAIN_PORT = 80, LARGEST_PORT = 65535, LONGEST_PATH = 8192 };

static bool is_loopback(const char *host)
{
	struct in_addr four;

	if (strcasecmp(host, "localhost") == 0 || strcmp(host, "::1") == 0)
		return true;
	return inet_pton(AF_INET, host, &four) == 1 && ntohl(four.s_addr) >> 24 == 127;
}

/* Nothing that could end a header line, and no letters that are not ASCII. */
static bool is_visible(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text <= ' ' || (unsigned char)*text >= 0x7f)
			return false;
	return true;
}

static bool read_host(const char **at, char *host, size_t size)
{
	bool bracket = **at == '[';
	const char *from = *at + bracket;
	size_t len = strcspn(from, bracket ? "]" : ":/?#@");

	if (len == 0 || len >= size || (bracket && from[len] != ']') || from[len] == '@')
		return false;
	memcpy(host, from, len);
	host[len] = '\0';
	*at = from + len + bracket;
	return is_visible(host);
}

static bool read_port(const char **at, int *port)
{
	char *end;
	long n;

	if (**at != ':')
		return true;
	n = strtol(*at + 1, &end, 10);
	if (end == *at + 1 || n < 1 || n > LARGEST_PORT)
		return false;
	*port = (int)n;
	*at = end;
	return true;
}

static bool read_rest(const char *at, struct link_url *u)
{
	size_t room = strlen(at) + 2;

	if (!read_host(&at, u->host, sizeof(u->host)) || !read_port(&at, &u->port))
		return false;
	if ((*at != '\0' && strchr("/?", *at) == NULL) || !is_visible(at) || room > LONGEST_PATH)
		return false;
	u->path = malloc(room);
	if (u->path == NULL)
		abort();
	(void)snprintf(u->path, room, "%s%s", *at == '/' ? "" : "/", at); /* room is enough */
	u->path[strcspn(u->path, "#")] = '\0';
	return true;
}

bool link_url_read(const char *url, struct link_url *out, struct fail *why)
{
	bool tls = strncasecmp(url, "wss://", 6) == 0, plain = strncasecmp(url, "ws://", 5) == 0;
	struct link_url u = { .tls = tls, .port = tls ? TLS_PORT : PLAIN_PORT };

	if (!tls && !plain)
		return fail_set(why, FAIL_LATER, "want a wss URL, got another scheme");
	if (!read_rest(url + (tls ? 6 : 5), &u))
		return fail_set(why, FAIL_LATER, "want a wss URL, got one that is malformed");
	if (plain && !is_loopback(u.host)) {
		link_url_done(&u);
		return fail_set(why, FAIL_LATER, "want a wss URL, got ws for another machine");
	}
	*out = u;
	return true;
}

void link_url_done(struct link_url *u)
{
	free(u->path);
	*u = (struct link_url){ 0 };
}
