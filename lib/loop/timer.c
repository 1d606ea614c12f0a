#include <stdlib.h>
#include <uv.h>

#include "loop.h"

struct timer {
	uv_timer_t uv;
	loop_callback *due;
	void *ctx;
};

static void timer_on_due(uv_timer_t *uv)
{
	struct timer *t = uv->data;

	t->due(t->ctx);
}

static void timer_on_closed(uv_handle_t *h)
{
	free(h->data);
}

struct timer *timer_new(struct loop *l, loop_callback *due, void *ctx)
{
	struct timer *t = calloc(1, sizeof(*t));

	if (t == NULL)
		abort();
	t->due = due;
	t->ctx = ctx;
	(void)uv_timer_init(loop_uv(l), &t->uv); /* cannot fail */
	t->uv.data = t;
	return t;
}

void timer_free(struct timer *t)
{
	if (t != NULL)
		uv_close((uv_handle_t *)&t->uv, timer_on_closed);
}

void timer_set(struct timer *t, int64_t ms)
{
	uv_update_time(t->uv.loop); /* a long turn must not make the wait shorter */
	(void)uv_timer_start(&t->uv, timer_on_due, ms > 0 ? (uint64_t)ms : 0, 0);
}

void timer_cancel(struct timer *t)
{
	(void)uv_timer_stop(&t->uv);
}
