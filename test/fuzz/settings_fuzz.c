#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* The first byte chooses the file: 's' severities.yml, anything else incidentd.yml. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct buf mistakes = { 0 };
	bool good;

	if (len == 0)
		return 0;
	good = settings_check_text((const char *)bytes + 1, len - 1, bytes[0] == 's', &mistakes);
	assert(good == (mistakes.len == 0));
	assert(good || mistakes.text[mistakes.len - 1] == '\n');
	assert(good || strlen(mistakes.text) == mistakes.len);
	buf_done(&mistakes);
	return 0;
}
