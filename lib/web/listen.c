#include "listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 64 };

static bool open_one(const struct addrinfo *at, int *out)
{
	const int yes = 1, no = 0;
	int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return false;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)); /* a quick restart */
	if (at->ai_family == AF_INET6) /* "::" is for IPv4 too */
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof(no));
	if (bind(fd, at->ai_addr, at->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0) {
		int why = errno;
		(void)close(fd);
		errno = why;
		return false;
	}
	*out = fd;
	return true;
}

/* IPv6 first when it is every address: where there is IPv6 that one socket serves both. */
static bool open_first(const struct addrinfo *all, int *out)
{
	static const int ORDER[] = { AF_INET6, AF_INET };

	errno = EADDRNOTAVAIL;
	for (size_t i = 0; i < sizeof(ORDER) / sizeof(*ORDER); i++)
		for (const struct addrinfo *at = all; at != NULL; at = at->ai_next)
			if (at->ai_family == ORDER[i] && open_one(at, out))
				return true;
	return false;
}

static bool split(const char *where, char **host, const char **port)
{
	const char *colon = strrchr(where, ':');
	size_t len = colon != NULL ? (size_t)(colon - where) : 0;

	if (colon == NULL || colon[1] == '\0')
		return false;
	if (len >= 2 && where[0] == '[' && where[len - 1] == ']')
		*host = strndup(where + 1, len - 2);
	else if (memchr(where, ':', len) == NULL)
		*host = strndup(where, len);
	else
		return false; /* a bare IPv6 address */
	*port = colon + 1;
	return true;
}

int listen_open(const char *where, struct fail *why)
{
	const struct addrinfo hints = { .ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM,
		.ai_flags = AI_PASSIVE | AI_NUMERICSERV };
	struct addrinfo *all = NULL;
	const char *port;
	char *host;
	int wrong, fd = -1;

	if (!split(where, &host, &port)) {
		(void)fail_set(why, FAIL_REFUSED,
			"cannot listen on '%s': wanted HOST:PORT, [IPv6]:PORT or :PORT", where);
		return -1;
	}
	wrong = getaddrinfo(host[0] != '\0' ? host : NULL, port, &hints, &all);
	if (wrong != 0)
		(void)fail_set(
			why, FAIL_REFUSED, "cannot listen on '%s': %s", where, gai_strerror(wrong));
	else if (!open_first(all, &fd))
		(void)fail_set(
			why, FAIL_REFUSED, "cannot listen on '%s': %s", where, strerror(errno));
	if (wrong == 0)
		freeaddrinfo(all);
	free(host);
	return fd;
}

/* Who serves every address is reached at the loopback's. */
static bool is_every_address(const char *host)
{
	return strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0;
}

void listen_url(int fd, struct buf *to)
{
	struct sockaddr_storage storage = { 0 };
	struct sockaddr *at = (struct sockaddr *)&storage;
	socklen_t len = sizeof(storage);
	char host[NI_MAXHOST] = "", port[NI_MAXSERV] = "";
	bool six;

	if (getsockname(fd, at, &len) != 0 ||
		getnameinfo(at, len, host, sizeof(host), port, sizeof(port),
			NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		abort(); /* it is open: neither fails */
	if (is_every_address(host))
		(void)snprintf(host, sizeof(host), "127.0.0.1"); /* fits */
	six = strchr(host, ':') != NULL;
	buf_printf(to, "http://%s%s%s:%s", six ? "[" : "", host, six ? "]" : "", port);
}
