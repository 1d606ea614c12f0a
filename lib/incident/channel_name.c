#include <assert.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

#include "incident.h"

enum {
	MOST = 80,             /* Slack's limit for a channel's name */
	FIRST_ACCENTED = 0xc0, /* U+00C0, from where BARE tells the letter without its accent */
	COMBINING_FIRST = 0x300,
	COMBINING_LAST = 0x36f,
};

/* U+00C0 to U+017F, 32 to a line. */
static const char BARE[] = "aaaaaaaceeeeiiiidnooooo-ouuuuyts"
			   "aaaaaaaceeeeiiiidnooooo-ouuuuyty"
			   "aaaaaaccccccccddddeeeeeeeeeegggg"
			   "gggghhhhiiiiiiiiiiiijjkkklllllll"
			   "lllnnnnnnnnnoooooooorrrrrrssssss"
			   "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/* One code point of UTF-8, or -1 for a byte that is none. *text goes past it. */
static int next_point(const unsigned char **text)
{
	const unsigned char *p = *text;
	int more = *p >= 0xf0 ? 3 : *p >= 0xe0 ? 2 : *p >= 0xc0 ? 1 : 0;
	int point = more == 0 ? *p : *p & (0x3f >> more);

	*text = p + 1;
	if (more == 0)
		return *p < 0x80 ? point : -1;
	for (int i = 1; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return -1;
		point = point << 6 | (p[i] & 0x3f);
	}
	*text = p + 1 + more;
	return point;
}

/* What stands for this code point in a name: a letter, a digit, or '-'. */
static char plain(int point)
{
	if ((point >= 'a' && point <= 'z') || (point >= '0' && point <= '9'))
		return (char)point;
	if (point >= 'A' && point <= 'Z')
		return (char)(point - 'A' + 'a');
	if (point >= FIRST_ACCENTED && point < FIRST_ACCENTED + (int)sizeof(BARE) - 1)
		return BARE[point - FIRST_ACCENTED];
	return '-';
}

void incident_channel_name(int64_t id, const char *title, int tries, char out[81])
{
	const unsigned char *p = (const unsigned char *)title;
	char suffix[16] = "";
	int ending = tries > 1 ? snprintf(suffix, sizeof(suffix), "-%d", tries) : 0;
	int len = snprintf(out, MOST + 1, "inc-%" PRId64 "-", id);

	assert(len > 0 && ending >= 0);
	while (*p != '\0' && len < MOST - ending) {
		int point = next_point(&p);
		char c = plain(point);

		if (point >= COMBINING_FIRST && point <= COMBINING_LAST)
			continue;
		if (c != '-' || out[len - 1] != '-')
			out[len++] = c;
	}
	while (out[len - 1] == '-')
		len--;
	(void)snprintf(out + len, (size_t)(MOST + 1 - len), "%s", suffix); /* was left room for */
}
