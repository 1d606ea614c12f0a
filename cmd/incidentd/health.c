#include "health.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>

struct health {
	pthread_mutex_t lock;
	int64_t noted_at; /* ms; 0: never */
	int live;         /* connections to Slack */
	struct buf why_not;
};

struct health *health_new(void)
{
	struct health *h = calloc(1, sizeof(*h));

	if (h == NULL)
		abort();
	(void)pthread_mutex_init(&h->lock, NULL); /* cannot fail on Linux */
	return h;
}

void health_free(struct health *h)
{
	if (h == NULL)
		return;
	buf_done(&h->why_not);
	(void)pthread_mutex_destroy(&h->lock);
	free(h);
}

void health_note(struct health *h, int64_t at, int live, const char *why_not)
{
	pthread_mutex_lock(&h->lock);
	h->noted_at = at;
	h->live = live;
	buf_empty(&h->why_not);
	buf_add(&h->why_not, why_not);
	pthread_mutex_unlock(&h->lock);
}

static int64_t noted_at(struct health *h)
{
	int64_t at;

	pthread_mutex_lock(&h->lock);
	at = h->noted_at;
	pthread_mutex_unlock(&h->lock);
	return at;
}

bool health_has_begun(struct health *h)
{
	return noted_at(h) != 0;
}

bool health_is_live(struct health *h, int64_t now, struct buf *reasons)
{
	int64_t at = noted_at(h);

	if (at == 0 || now - at <= HEALTH_STUCK_MS)
		return true;
	buf_printf(reasons, "loop: stuck for %" PRId64 " ms\n", now - at);
	return false;
}

bool health_has_slack(struct health *h, struct buf *reasons)
{
	bool live;

	pthread_mutex_lock(&h->lock);
	live = h->live > 0;
	if (!live)
		buf_printf(reasons, "slack: no connection%s\n",
			h->why_not.text != NULL ? h->why_not.text : "");
	pthread_mutex_unlock(&h->lock);
	return live;
}
