#include "nearest.h"

#include <ctype.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>

enum { LONGEST = 48 };

static int smallest(int a, int b, int c)
{
	int least = a < b ? a : b;

	return least < c ? least : c;
}

/* How many characters must be added, dropped or changed (Levenshtein), by one row at a time. */
static int distance(const char *a, const char *b)
{
	size_t a_len = strlen(a), b_len = strlen(b);
	int row[LONGEST + 1];

	if (a_len > LONGEST || b_len > LONGEST)
		return INT_MAX;
	for (size_t j = 0; j <= b_len; j++)
		row[j] = (int)j;
	for (size_t i = 1; i <= a_len; i++) {
		int diagonal = row[0];

		row[0] = (int)i;
		for (size_t j = 1; j <= b_len; j++) {
			int above = row[j];

			row[j] = smallest(above + 1, row[j - 1] + 1,
				diagonal +
					(tolower((unsigned char)a[i - 1]) ==
								tolower((unsigned char)b[j - 1])
							? 0
							: 1));
			diagonal = above;
		}
	}
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
