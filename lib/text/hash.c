#include <string.h>

#include "text.h"

uint64_t text_hash(const char *text)
{
	uint64_t hash = 14695981039346656037u;

	for (; *text != '\0'; text++)
		if (strchr(" \t\r\n", *text) == NULL)
			hash = (hash ^ (unsigned char)*text) * 1099511628211u;
	return hash;
}
