#include "shapes.h"

#include <stdlib.h>
#include <string.h>

#include "address.h"

#define LOWER    "abcdefghijklmnopqrstuvwxyz"
#define UPPER    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS   "0123456789"
#define HEX_MORE "abcdefABCDEF"

/* Is it of these characters only, and from least to most of them? */
static bool is_made_of(const char *text, const char *these, size_t least, size_t most)
{
	size_t len = strspn(text, these);

	return text[len] == '\0' && len >= least && len <= most;
}

static bool begins_with(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static size_t count_characters(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		if (((unsigned char)*text & 0xc0) != 0x80)
			count++;
	return count;
}

/* Of the characters that are seen, at least one and at most this many. */
static bool is_said_in(const char *text, size_t most)
{
	return text[strspn(text, " \t\n")] != '\0' && count_characters(text) <= most;
}

bool shape_shown(const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

bool shape_line(const char *text)
{
	return strpbrk(text, "\n\t") == NULL && is_said_in(text, 75);
}

bool shape_paragraph(const char *text)
{
	return is_said_in(text, 1000);
}

bool shape_id(const char *text)
{
	return is_made_of(text, LOWER UPPER DIGITS "._-", 1, 32);
}

bool shape_emoji(const char *text)
{
	size_t len = strlen(text);

	if (len < 3 || len > 102 || text[0] != ':' || text[len - 1] != ':')
		return false;
	return strcspn(text + 1, ": \t\n<>&" UPPER) == len - 2;
}

bool shape_reaction(const char *text)
{
	return shape_emoji(text) ||
		(text[0] != '\0' && strlen(text) <= 100 &&
			text[strcspn(text, ":, \t\n<>&" UPPER)] == '\0');
}

bool shape_colour(const char *text)
{
	return text[0] == '#' && is_made_of(text + 1, DIGITS HEX_MORE, 6, 6);
}

bool shape_duration(const char *text)
{
	size_t digits = strspn(text, DIGITS);

	if (digits < 1 || digits > 3 || text[0] == '0')
		return false;
	return is_made_of(text + digits, "mhd", 1, 1);
}

bool shape_days(const char *text)
{
	size_t digits = strspn(text, DIGITS);

	return digits >= 1 && digits <= 4 && text[0] != '0' && strcmp(text + digits, "d") == 0;
}

bool shape_channel(const char *text)
{
	return strchr("CG", text[0]) != NULL && is_made_of(text, UPPER DIGITS, 3, 20);
}

bool shape_person(const char *text)
{
	return strchr("UWS", text[0]) != NULL && is_made_of(text, UPPER DIGITS, 3, 20);
}

bool shape_user(const char *text)
{
	return text[0] != 'S' && shape_person(text);
}

static bool is_url_after(const char *text, const char *scheme)
{
	return begins_with(text, scheme) && strlen(text) <= 2000 &&
		strchr("/:?#", text[strlen(scheme)]) == NULL && strpbrk(text, " \t\n<>\"") == NULL;
}

bool shape_webhook(const char *text)
{
	char host[ADDRESS_HOST_ROOM];

	return is_url_after(text, "https://") && strchr(text, ',') == NULL &&
		address_host(text, host);
}

bool shape_web(const char *text)
{
	return is_url_after(text, "https://") || is_url_after(text, "http://");
}

bool shape_slash_command(const char *text)
{
	return text[0] == '/' && is_made_of(text + 1, LOWER DIGITS "_-", 1, 31);
}

/* Port 0 is any that is free. */
static bool is_port(const char *text)
{
	return is_made_of(text, DIGITS, 1, 5) && (text[0] != '0' || text[1] == '\0') &&
		strtol(text, NULL, 10) <= 65535;
}

bool shape_address(const char *text)
{
	const char *colon = strrchr(text, ':');
	size_t host = colon != NULL ? (size_t)(colon - text) : 0;

	if (host == 0 || host > 255 || !is_port(colon + 1))
		return false;
	if (text[0] == '[')
		return host > 3 && strspn(text + 1, DIGITS HEX_MORE ":.") == host - 2 &&
			text[host - 1] == ']';
	return strspn(text, LOWER UPPER DIGITS ".-") == host;
}

bool shape_path(const char *text)
{
	return text[0] != '\0' && strpbrk(text, "\n") == NULL && strlen(text) < 4096;
}

bool shape_zone(const char *text)
{
	return is_made_of(text, LOWER UPPER DIGITS "_+-/", 1, 60) && text[0] != '/';
}
