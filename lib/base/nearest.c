#include "nearest.h"

#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { LONGEST = 48 };

static int smallest(int a, int b, int c)
{
	int least = a < b ? a : b;

	return least < c ? least : c;
}

static bool same(char a, char b)
{
	return (tolower)((unsigned char)a) ==
		(tolower)((unsigned char)b); /* the functions: the macros are large */
}

/* One more character of a: the row of distances to each beginning of b, from the row before. */
static void next_row(int row[], char a, const char *b)
{
	int diagonal = row[0]++;

	for (size_t j = 1; b[j - 1] != '\0'; j++) {
		int above = row[j];

		row[j] =
			smallest(above + 1, row[j - 1] + 1, diagonal + (same(a, b[j - 1]) ? 0 : 1));
		diagonal = above;
	}
}

/* How many characters must be added, dropped or changed (Levenshtein), whatever their case. */
static int distance(const char *a, const char *b)
{
	size_t b_len = strlen(b);
	int row[LONGEST + 1] = { 0 };

	if (strlen(a) > LONGEST || b_len > LONGEST)
		return INT_MAX;
	for (size_t j = 0; j <= b_len; j++)
		row[j] = (int)j;
	for (; *a != '\0'; a++)
		next_row(row, *a, b);
	return row[b_len];
}

void nearest_try(struct nearest *n, const char *candidate)
{
	int d = distance(n->word, candidate);

	if (n->best != NULL && d >= n->distance)
		return;
	n->best = candidate;
	n->distance = d;
}

const char *nearest_found(const struct nearest *n)
{
	if (n->best == NULL || n->distance > 1 + (int)strlen(n->word) / 4)
		return NULL;
	return n->best;
}
