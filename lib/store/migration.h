#ifndef MIGRATION_H
#define MIGRATION_H

#include <stddef.h>

/* The files of sql/, made into a table by sql/embed.cmake, in the order of their names. */
struct migration {
	const char *version, *text;
};

extern const struct migration MIGRATIONS[];
extern const size_t MIGRATION_COUNT;

#endif
