#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "handler.h"
#include "store_named.h"
#include "text.h"

/*
 * The workspace's own emoji. A report shows no pictures that are elsewhere, so they are shown by their name; one that is
 * another name for one is shown as that one. Such names stand among those of groups and channels, behind a colon.
 */

/* Other names may be given to other names; Slack does not let them go round, and if it did they would end. */
enum { NAMES_DEEP = 5 };

static int by_name(const void *name, const void *emoji)
{
	return strcmp(name, ((const struct known_emoji *)emoji)->name);
}

static const char *target_of(const struct answer *a, const char *name)
{
	const struct known_emoji *found =
		bsearch(name, a->emoji, (size_t)a->emoji_count, sizeof(*a->emoji), by_name);

	return found != NULL ? found->alias : NULL;
}

static const char *shown(struct turn *t, const struct answer *a, const char *alias)
{
	struct buf b = { 0 };
	const char *text, *deeper;

	for (int n = 0; n < NAMES_DEEP && (deeper = target_of(a, alias)) != NULL; n++)
		alias = deeper;
	if (!text_emoji(&b, alias))
		buf_printf(&b, ":%s:", alias);
	text = arena_copy(t->arena, b.text);
	buf_done(&b);
	return text;
}

static void add_line(struct buf *to, const char *text)
{
	if (to->len > 0)
		buf_add(to, "\n");
	buf_add(to, text);
}

static bool is_line(const char *text)
{
	return *text != '\0' && strchr(text, '\n') == NULL;
}

/* The answer to emoji.list: all of them as they are now. */
bool handle_emoji_known(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct buf names = { 0 }, texts = { 0 };
	bool ok;

	if (!a->ok)
		return true;
	for (int i = 0; i < a->emoji_count; i++) {
		const char *text = shown(t, a, a->emoji[i].alias);

		if (!is_line(a->emoji[i].name) || !is_line(text))
			continue;
		add_line(&names, a->emoji[i].name);
		add_line(&texts, text);
	}
	ok = store_named_emoji(
		t->store, names.len > 0 ? names.text : "", texts.len > 0 ? texts.text : "", why);
	buf_done(&names);
	buf_done(&texts);
	return ok;
}

/* emoji_changed */
bool handle_emoji(struct turn *t, const struct event *ev, struct fail *why)
{
	(void)ev;
	(void)why;
	turn_say(t, call_emoji(t->arena));
	return true;
}
