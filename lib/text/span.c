#include <inttypes.h>

#include "text.h"

void text_span(struct buf *to, int64_t us)
{
	int64_t s = us / 1000000, days = s / 86400, hours = s / 3600 % 24;

	if (s < 60) {
		buf_printf(to, "%" PRId64 " s", s);
		return;
	}
	if (days > 0)
		buf_printf(to, "%" PRId64 " d ", days);
	if (s >= 3600)
		buf_printf(to, "%" PRId64 " h ", hours);
	buf_printf(to, "%" PRId64 " min", s / 60 % 60);
}
