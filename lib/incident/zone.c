#include "zone.h"

#include <stddef.h>

static const int64_t SECOND_US = 1000000, DAY_US = 86400LL * 1000000;

int64_t zone_offset_s(const struct zone *z, int64_t us)
{
	int low = 0, high;

	if (z == NULL || z->count == 0)
		return 0;
	for (high = z->count - 1; low < high;) {
		int middle = low + (high - low + 1) / 2;

		if (z->changes[middle].at_us <= us)
			low = middle;
		else
			high = middle - 1;
	}
	return z->changes[low].offset_s;
}

int64_t zone_local_us(const struct zone *z, int64_t us)
{
	return us + zone_offset_s(z, us) * SECOND_US;
}

/* The offset of the day before is tried first: it holds until the clocks change. */
int64_t zone_utc_us(const struct zone *z, int64_t local_us)
{
	int64_t before = local_us - zone_offset_s(z, local_us - DAY_US) * SECOND_US;

	if (zone_local_us(z, before) == local_us)
		return before;
	return local_us - zone_offset_s(z, local_us) * SECOND_US;
}

const char *zone_name(const struct zone *z)
{
	return z != NULL ? z->name : "UTC";
}
