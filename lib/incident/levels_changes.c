#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "changes.h"
#include "incident.h"
#include "section_changes.h"

struct member {
	const char *name;
	size_t at;
};

#define AT(what) offsetof(struct level, what)

/* clang-format off */
static const struct member TEXTS[] = {
	{ "id",             AT(id) },
	{ "label",          AT(label) },
	{ "description",    AT(description) },
	{ "emoji",          AT(emoji) },
	{ "colour",         AT(colour) },
	{ "respond_within", AT(respond_within) },
	{ "update_every",   AT(update_every) },
};
static const struct member LISTS[] = {
	{ "aliases",  AT(aliases) },
	{ "invite",   AT(invite) },
	{ "announce", AT(announce) },
	{ "remind",   AT(remind) },
};
/* clang-format on */

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const char *text_of(const struct level *l, const struct member *m)
{
	return *(const char *const *)((const char *)l + m->at);
}

static const char *const *list_of(const struct level *l, const struct member *m)
{
	return *(const char *const *const *)((const char *)l + m->at);
}

/* Whoever knows such an address may call it: it is not shown. */
static bool same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void change(const struct level *was, const struct level *is, struct buf *to)
{
	for (size_t i = 0; i < COUNT(TEXTS); i++)
		change_text(
			to, is->id, TEXTS[i].name, text_of(was, &TEXTS[i]), text_of(is, &TEXTS[i]));
	for (size_t i = 0; i < COUNT(LISTS); i++)
		change_list(
			to, is->id, LISTS[i].name, list_of(was, &LISTS[i]), list_of(is, &LISTS[i]));
	if (!same(was->page, is->page))
		buf_printf(to, "%s: page is another\n", is->id);
	if (was->page_drills != is->page_drills)
		buf_printf(
			to, "%s: page_drills is %s\n", is->id, is->page_drills ? "true" : "false");
}

/* What it was called before, in those levels. NULL: it is new. */
static const struct level *before_of(const struct levels *before, const struct level *l)
{
	for (int i = 0; i < before->count; i++)
		if (strcasecmp(before->list[i].id, l->id) == 0)
			return &before->list[i];
	for (int i = 0; l->renamed_from != NULL && i < before->count; i++)
		if (strcasecmp(before->list[i].id, l->renamed_from) == 0)
			return &before->list[i];
	return NULL;
}

static void put_order(struct buf *to, const struct levels *l)
{
	for (int i = 0; i < l->count; i++)
		buf_printf(to, "%s%s", i > 0 ? ", " : "", l->list[i].id);
}

/* Of those that were there before: is one now above another that it was below? */
static void order(const struct levels *before, const struct levels *now, struct buf *to)
{
	const struct level *last = NULL;

	for (int i = 0; i < now->count; i++) {
		const struct level *was = before_of(before, &now->list[i]);

		if (was == NULL)
			continue;
		if (last != NULL && was < last) {
			buf_add(to, "the order was ");
			put_order(to, before);
			buf_add(to, "; is ");
			put_order(to, now);
			buf_add(to, "\n");
			return;
		}
		last = was;
	}
}

void levels_changes(const struct levels *before, const struct levels *now, struct buf *to)
{
	const struct level *was = levels_default(before), *is = levels_default(now);

	for (int i = 0; i < now->count; i++) {
		const struct level *l = &now->list[i], *old = before_of(before, l);

		if (old != NULL)
			change(old, l, to);
		else
			buf_printf(to, "%s (%s) is new\n", l->id, l->label);
	}
	for (int i = 0; i < before->count; i++)
		if (levels_of(now, before->list[i].id) == NULL)
			buf_printf(
				to, "%s (%s) is gone\n", before->list[i].id, before->list[i].label);
	if (was != NULL && is != NULL && before_of(before, is) != was)
		buf_printf(to, "%s is the default, %s was\n", is->id, was->id);
	order(before, now, to);
	statuses_changes(&before->statuses, &now->statuses, to);
	roles_changes(&before->roles, &now->roles, to);
	keywords_changes(&before->replies, &now->replies, to);
}
