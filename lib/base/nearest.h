#ifndef NEAREST_H
#define NEAREST_H

/*
 * The word that was probably meant. Try every word there is, then ask.
 *
 *	struct nearest n = { .word = typed };
 *	nearest_try(&n, "declare");
 *	meant = nearest_found(&n);
 */
struct nearest {
	const char *word, *best;
	int distance;
};

void nearest_try(struct nearest *, const char *candidate); /* borrowed */
const char *nearest_found(const struct nearest *);         /* NULL: none is near enough */

#endif
