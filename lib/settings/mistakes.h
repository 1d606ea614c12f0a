#ifndef MISTAKES_H
#define MISTAKES_H

#include <stdbool.h>

#include "arena.h"
#include "buf.h"
#include "settings.h"

/* Where a text stands: a file, and line and column from 1. Line 0: the whole of it. */
struct place {
	const char *file;
	int line, column;
};

struct mistake {
	struct place place;
	const char *text;
};

/* Grows to SETTINGS_MOST_MISTAKES; what is found after that is not kept. */
struct mistakes {
	struct arena *arena;
	struct mistake list[SETTINGS_MOST_MISTAKES];
	int count;
};

/* False, so that a reader can say: return mistake_add(...). The place's file is borrowed. */
bool mistake_add(struct mistakes *, struct place, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
bool mistakes_full(const struct mistakes *);

/* Those from first on stand in one file: puts them into its order. */
void mistakes_sort(struct mistakes *, int first);
void mistakes_write(const struct mistakes *, struct buf *to); /* a line each */

#endif
