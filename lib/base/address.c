#include "address.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS  "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

static const char HTTPS[] = "https://";

enum { NAME_MOST = 253, PORT_DIGITS = 5, PORT_MOST = 65535, PORT_OTHERWISE = 443 };

/* How long the host is at the beginning of the text; 0: there is none. */
static size_t name_of(const char *text)
{
	size_t len;

	if (*text != '[') {
		len = strspn(text, LETTERS DIGITS "-_.");
		return len <= NAME_MOST && text[0] != '.' && text[0] != '-' ? len : 0;
	}
	len = strspn(text + 1, "abcdefABCDEF" DIGITS ":.");
	return len > 0 && len <= NAME_MOST && text[len + 1] == ']' ? len + 2 : 0;
}

/* ":8443", of so many characters. 0: it is no port. */
static long port_of(const char *text, size_t len)
{
	long port;

	if (len < 2 || len > PORT_DIGITS + 1 || text[0] != ':' ||
		strspn(text + 1, DIGITS) < len - 1)
		return 0;
	port = strtol(text + 1, NULL, 10);
	return port <= PORT_MOST ? port : 0;
}

static void copy_small(const char *text, size_t len, char *out)
{
	for (size_t i = 0; i < len; i++)
		out[i] = (char)(text[i] + (text[i] >= 'A' && text[i] <= 'Z' ? 'a' - 'A' : 0));
	out[len] = '\0';
}

static bool host_of(const char *text, size_t len, char out[ADDRESS_HOST_ROOM])
{
	size_t name = name_of(text);
	long port = name < len ? port_of(text + name, len - name) : PORT_OTHERWISE;

	if (name == 0 || name > len || port == 0)
		return false;
	copy_small(text, name, out);
	if (port != PORT_OTHERWISE)
		(void)snprintf(out + name, ADDRESS_HOST_ROOM - name, ":%ld", port); /* fits */
	return true;
}

bool address_host(const char *url, char out[ADDRESS_HOST_ROOM])
{
	const char *begin = url + strlen(HTTPS);

	return strncmp(url, HTTPS, strlen(HTTPS)) == 0 &&
		host_of(begin, strcspn(begin, "/?#"), out);
}

bool address_is_host(const char *text)
{
	char ignored[ADDRESS_HOST_ROOM];

	return host_of(text, strlen(text), ignored);
}

bool address_is_at(const char *url, const char *hosts)
{
	char wanted[ADDRESS_HOST_ROOM], one[ADDRESS_HOST_ROOM];

	if (!address_host(url, wanted))
		return false;
	while (*hosts != '\0') {
		size_t len = strcspn(hosts, ",");

		if (host_of(hosts, len, one) && strcmp(one, wanted) == 0)
			return true;
		hosts += len + (hosts[len] == ',');
	}
	return false;
}
