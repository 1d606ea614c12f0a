#include "call_home.h"

#include <inttypes.h>
#include <string.h>

#include "call_private.h"
#include "text.h"

enum { LINE_MOST = 2990 }; /* characters that a section takes */

static const char *blocks_of(struct arena *a, const struct home *h)
{
	struct buf b = { 0 };
	struct json_out o = { .to = &b };
	const char *text;

	json_open(&o, NULL, '[');
	json_open(&o, NULL, '{');
	json_put_text(&o, "type", "actions");
	json_put_text(&o, "block_id", "do");
	json_open(&o, "elements", '[');
	block_button(&o, HOME_DECLARE, "Declare an incident", "new");
	json_close(&o);
	json_close(&o);
	for (int n = 0; h->lines[n] != NULL && n < HOME_LINES_MOST; n++) {
		const char *line = call_nobody(a, h->lines[n]);

		block_section(&o, arena_printf(a, "line %d", n),
			arena_printf(a, "%.*s", (int)text_fit(line, LINE_MOST), line));
	}
	json_close(&o);
	text = arena_copy(a, b.text);
	buf_done(&b);
	return text;
}

/* The mark comes back with the event that the tab was opened again: see read_home(). */
struct call *call_home(struct arena *a, const struct home *h)
{
	const char *blocks = blocks_of(a, h);
	const char *mark = arena_printf(a, "%016" PRIx64, text_hash(blocks));
	struct call *c;
	struct body b;

	if (h->mark != NULL && strcmp(h->mark, mark) == 0)
		return NULL;
	c = call_new(a, "views.publish", h->user, "home_shown");
	c->replaces = arena_printf(a, "home %s", h->user);
	call_open(&b);
	json_put_text(&b.out, "user_id", h->user);
	json_open(&b.out, "view", '{');
	json_put_text(&b.out, "type", "home");
	json_put_text(&b.out, "private_metadata", mark);
	json_put_raw(&b.out, "blocks", blocks);
	json_close(&b.out);
	return call_close(a, c, &b);
}
