#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"

enum { OUTSIDERS_PAGE = 15 };

static const struct {
	double a_minute, burst;
} TIERS[] = {
	/* clang-format off */
	[TIER_1]       = { 1,   2 },
	[TIER_2]       = { 20,  20 },
	[TIER_3]       = { 50,  50 },
	[TIER_4]       = { 100, 100 },
	[TIER_SPECIAL] = { 600, 100 },
	[TIER_POST]    = { 60,  5 }, /* a channel */
	/* clang-format on */
};

static struct bucket *bucket_find(struct world *w, const char *key, double full)
{
	for (size_t i = 0; i < w->n_buckets; i++)
		if (strcmp(w->buckets[i].key, key) == 0)
			return &w->buckets[i];
	w->buckets = realloc(w->buckets, (w->n_buckets + 1) * sizeof(struct bucket));
	if (w->buckets == NULL)
		abort();
	w->buckets[w->n_buckets] = (struct bucket){ .tokens = full, .at_ms = w->now_ms };
	if (snprintf(w->buckets[w->n_buckets].key, sizeof(w->buckets[0].key), "%s", key) < 0)
		abort();
	return &w->buckets[w->n_buckets++];
}

static bool outsiders_read(const struct world *w, const struct method *m)
{
	return w->limits.outsider && (m->run == conv_history || m->run == conv_replies);
}

int limits_page(const struct world *w, const struct method *m, int asked)
{
	return outsiders_read(w, m) && asked > OUTSIDERS_PAGE ? OUTSIDERS_PAGE : asked;
}

bool limits_pass(struct world *w, const struct method *m, const cJSON *args, int *retry_after_out)
{
	bool outsider = outsiders_read(w, m);
	double scale = outsider ? 1 : w->limits.scale;
	double a_ms =
		(outsider ? 1 : TIERS[m->tier].a_minute) * scale / (double)w->limits.minute_ms;
	double full = (outsider ? 1 : TIERS[m->tier].burst) * scale;
	const char *channel = tree_text(args, "channel");
	char key[96];
	struct bucket *b;

	if (scale <= 0)
		return true;
	if (m->tier != TIER_POST || channel == NULL)
		channel = "";
	if (snprintf(key, sizeof(key), "%s %s", m->name, channel) < 0)
		abort();
	full = full < 1 ? 1 : full;
	b = bucket_find(w, key, full);
	b->tokens += (double)(w->now_ms - b->at_ms) * a_ms;
	b->tokens = b->tokens > full ? full : b->tokens;
	b->at_ms = w->now_ms;
	/* Sums of fractions: what is one but for the last digits is one. */
	if (b->tokens >= 1 - 1e-6) {
		b->tokens -= 1;
		return true;
	}
	*retry_after_out = (int)((1 - b->tokens) / a_ms / 1000 - 1e-6) + 1;
	return false;
}
