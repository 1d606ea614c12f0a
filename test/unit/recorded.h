#ifndef RECORDED_H
#define RECORDED_H

#include "buf.h"
#include "check.h"

enum { LONGEST_PATH = 4096 };

/* The recorded examples are what the fuzzers start from. */
static inline struct buf recorded(const char *folder, const char *name)
{
	const char *here_end = strrchr(__FILE__, '/');
	char path[LONGEST_PATH], piece[1024];
	struct buf text = { 0 };
	size_t len;
	FILE *f;

	CHECK(here_end != NULL);
	len = (size_t)snprintf(path, sizeof(path), "%.*s/../fuzz/seeds/%s/%s.json",
		(int)(here_end - __FILE__), __FILE__, folder, name);
	CHECK(len < sizeof(path));
	f = fopen(path, "rb");
	CHECK(f != NULL);
	while ((len = fread(piece, 1, sizeof(piece), f)) > 0)
		buf_add_bytes(&text, piece, len);
	fclose(f);
	return text;
}

#endif
