#include "changes.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void put_text(struct buf *to, const char *text)
{
	if (text != NULL)
		buf_printf(to, "'%s'", text);
	else
		buf_add(to, "not given");
}

void change_text(struct buf *to, const char *of, const char *name, const char *was, const char *is)
{
	if (same(was, is))
		return;
	buf_printf(to, "%s: %s was ", of, name);
	put_text(to, was);
	buf_add(to, ", is ");
	put_text(to, is);
	buf_add(to, "\n");
}

static bool same_list(const char *const *a, const char *const *b)
{
	size_t i = 0;

	if (a == NULL || b == NULL)
		return (a == NULL || *a == NULL) && (b == NULL || *b == NULL);
	while (a[i] != NULL && b[i] != NULL && strcmp(a[i], b[i]) == 0)
		i++;
	return a[i] == b[i];
}

static void put_list(struct buf *to, const char *const *list)
{
	if (list == NULL || *list == NULL)
		buf_add(to, "none");
	for (size_t i = 0; list != NULL && list[i] != NULL; i++)
		buf_printf(to, "%s%s", i > 0 ? ", " : "", list[i]);
}

void change_list(struct buf *to, const char *of, const char *name, const char *const *was,
	const char *const *is)
{
	if (same_list(was, is))
		return;
	buf_printf(to, "%s: %s: was ", of, name);
	put_list(to, was);
	buf_add(to, ", is ");
	put_list(to, is);
	buf_add(to, "\n");
}
