#include <stddef.h>

#include "role.h"
#include "section.h"

enum { MOST_ROLES = 50 };

#define AT(member) offsetof(struct role, member)

/* clang-format off */
static const struct key ROLE_KEYS[] = {
	{ "id",          value_id,        AT(id),          KEY_MUST, NULL },
	{ "label",       value_line,      AT(label),       KEY_MUST, NULL },
	{ "aliases",     value_words,     AT(aliases),     KEY_MAY,  NULL },
	{ "description", value_paragraph, AT(description), KEY_MAY,  NULL },
};
/* clang-format on */

static const struct schema ROLE_SCHEMA = { ROLE_KEYS, sizeof(ROLE_KEYS) / sizeof(ROLE_KEYS[0]) };

void read_roles(struct reading *r, const struct node *n, const char *path, void *to)
{
	struct roles *roles = to;
	struct role *list;

	if (!section_is_list(r, n, path, "roles", MOST_ROLES))
		return;
	list = arena_zeroed(r->arena, sizeof(*list) * (size_t)n->count);
	*roles = (struct roles){ list, 0 };
	for (const struct node *one = n->first; one != NULL; one = one->next) {
		schema_read(r, one, &ROLE_SCHEMA,
			arena_printf(r->arena, "%s[%d]", path, roles->count), &list[roles->count]);
		roles->count++;
	}
	section_check_words(r, n, path);
}
