#include <string.h>

#include "answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct arena *arena = arena_new();
	struct answer answer = { 0 };
	char *body = arena_zeroed(arena, len + 1);
	struct fail why;

	if (len > 0)
		memcpy(body, bytes, len);
	(void)answer_read(body, "12", arena, &answer, &why); /* only that it comes back */
	arena_free(arena);
	return 0;
}
