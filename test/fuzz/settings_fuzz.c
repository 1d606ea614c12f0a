#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* Mistakes are whole lines, and there are some exactly when the file is bad. */
static void check_mistakes(bool good, struct buf *mistakes)
{
	assert(good == (mistakes->len == 0));
	assert(good || mistakes->text[mistakes->len - 1] == '\n');
	assert(good || strlen(mistakes->text) == mistakes->len);
	buf_done(mistakes);
}

static bool read(struct arena *a, const uint8_t *bytes, size_t len, struct levels *out)
{
	struct buf mistakes = { 0 };
	bool good = settings_levels(a, "s.yml", (const char *)bytes, len, out, &mistakes);

	check_mistakes(good, &mistakes);
	return good;
}

/* What is good has a default, and is found by every name that it has. */
static void check_levels(const struct levels *l)
{
	struct buf none = { 0 };

	assert(l->count > 0 && levels_default(l) != NULL);
	for (int i = 0; i < l->count; i++) {
		assert(levels_of(l, l->list[i].id) == &l->list[i]);
		assert(levels_find(l, l->list[i].label) == &l->list[i]);
		for (int n = 0; l->list[i].aliases[n] != NULL; n++)
			assert(levels_find(l, l->list[i].aliases[n]) == &l->list[i]);
		assert(l->list[i].renamed_from == NULL ||
			levels_of(l, l->list[i].renamed_from) == &l->list[i]);
	}
	for (int k = 0; k < STATUS_KIND_COUNT; k++)
		assert(statuses_first(&l->statuses, (enum status_kind)k) != NULL);
	for (int i = 0; i < l->statuses.count; i++)
		assert(statuses_find(&l->statuses, l->statuses.list[i].id) == &l->statuses.list[i]);
	for (int i = 0; i < l->roles.count; i++)
		assert(roles_find(&l->roles, l->roles.list[i].label) == &l->roles.list[i]);
	levels_changes(l, l, &none);
	assert(none.len == 0);
}

/* An edit: the file before, a byte 0xff, which no file may have, and the file after. */
static void edit(const uint8_t *bytes, size_t len)
{
	const uint8_t *end = memchr(bytes, 0xff, len);
	size_t first = end != NULL ? (size_t)(end - bytes) : len;
	struct arena *a = arena_new();
	struct levels before, now;
	struct buf changes = { 0 };
	bool was = read(a, bytes, first, &before);
	bool is = end != NULL && read(a, end + 1, len - first - 1, &now);

	if (was)
		check_levels(&before);
	if (is)
		check_levels(&now);
	if (was && is)
		levels_changes(&before, &now, &changes);
	assert(changes.len == 0 || changes.text[changes.len - 1] == '\n');
	buf_done(&changes);
	arena_free(a);
}

/* The first byte chooses the file: 's' severities.yml, 'e' an edit of it, anything else incidentd.yml. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct buf mistakes = { 0 };

	if (len == 0)
		return 0;
	if (bytes[0] == 'e')
		edit(bytes + 1, len - 1);
	else
		check_mistakes(settings_check_text((const char *)bytes + 1, len - 1,
				       bytes[0] == 's', &mistakes),
			&mistakes);
	return 0;
}
