#include <stddef.h>

#include "section.h"
#include "status.h"

enum { MOST_STATUSES = 50 };

static key_reader read_kind;

#define AT(member) offsetof(struct status, member)

/* clang-format off */
static const struct key STATUS_KEYS[] = {
	{ "id",      value_id,    AT(id),      KEY_MUST, NULL },
	{ "label",   value_line,  AT(label),   KEY_MUST, NULL },
	{ "kind",    read_kind,   AT(kind),    KEY_MUST, NULL },
	{ "aliases", value_words, AT(aliases), KEY_MAY,  NULL },
};
/* clang-format on */

static const struct schema STATUS_SCHEMA = { STATUS_KEYS,
	sizeof(STATUS_KEYS) / sizeof(STATUS_KEYS[0]) };

static void read_kind(struct reading *r, const struct node *n, const char *path, void *to)
{
	if (n->kind != NODE_TEXT || !status_kind_find(n->text, to))
		schema_refuse(r, n, path, "open, resolved or cancelled");
}

/* An incident begins as one of them, and must be able to end. A kind that is not given or wrong was told already. */
static void check_kinds(struct reading *r, const struct node *list, const struct statuses *s)
{
	enum status_kind ignored;

	for (const struct node *one = list->first; one != NULL; one = one->next) {
		const struct node *kind = tree_member(one, "kind");

		if (kind == NULL || kind->kind != NODE_TEXT ||
			!status_kind_find(kind->text, &ignored))
			return;
	}
	for (int k = 0; k < STATUS_KIND_COUNT; k++)
		if (statuses_first(s, (enum status_kind)k) == NULL)
			(void)mistake_add(r->mistakes, list->place,
				"no status is of the kind %s: at least one must be",
				status_kind_name((enum status_kind)k));
}

void read_statuses(struct reading *r, const struct node *n, const char *path, void *to)
{
	struct statuses *statuses = to;
	struct status *list;

	if (!section_is_list(r, n, path, "statuses", MOST_STATUSES))
		return;
	list = arena_zeroed(r->arena, sizeof(*list) * (size_t)n->count);
	*statuses = (struct statuses){ list, 0 };
	for (const struct node *one = n->first; one != NULL; one = one->next) {
		schema_read(r, one, &STATUS_SCHEMA,
			arena_printf(r->arena, "%s[%d]", path, statuses->count),
			&list[statuses->count]);
		statuses->count++;
	}
	section_check_words(r, n, path);
	check_kinds(r, n, statuses);
}
