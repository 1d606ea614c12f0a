#include "event.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct event ev;
	struct fail why;

	if (event_read((const char *)bytes, len, &ev, &why))
		event_done(&ev);
	return 0;
}
