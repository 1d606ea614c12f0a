#include <stddef.h>
#include <stdlib.h>

#include "files.h"
#include "values.h"

#define AT(member) offsetof(struct settings, member)

/* clang-format off */
static const struct key KEYS[] = {
	{ "slash_command",     value_slash_command, AT(slash_command),   KEY_MAY, "/incident" },
	{ "channels.announce", value_channel,       AT(announce),        KEY_MAY, NULL },
	{ "channels.reports",  value_channel,       AT(reports),         KEY_MAY, NULL },
	{ "channels.admin",    value_channel,       AT(admin),           KEY_MAY, NULL },
	{ "web.listen",        value_address,       AT(listen),          KEY_MAY, "127.0.0.1:8080" },
	{ "web.base_url",      value_web,           AT(base_url),        KEY_MAY, NULL },
	{ "data_dir",          value_path,          AT(data_dir),        KEY_MAY, "/var/lib/incidentd" },
	{ "ca_file",           value_path,          AT(ca_file),         KEY_MAY, NULL },
	{ "severities_file",   value_path,          AT(severities_file), KEY_MAY, "severities.yml" },
};
/* clang-format on */

static const struct schema SCHEMA = { KEYS, sizeof(KEYS) / sizeof(KEYS[0]) };

void daemon_defaults(struct settings *out)
{
	schema_defaults(&SCHEMA, out);
}

void daemon_read(struct reading *r, const struct node *root, struct settings *out)
{
	schema_read(r, root, &SCHEMA, "", out);
}

/* "$INCIDENTD_CHANNELS_ANNOUNCE" for channels.announce: as mistakes show it, the name from its second letter. */
static const char *variable_for(struct reading *r, const char *key)
{
	char *name = arena_printf(r->arena, "$INCIDENTD_%s", key);

	for (char *p = name; *p != '\0'; p++)
		if (*p == '.')
			*p = '_';
		else if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	return name;
}

/* An empty variable is one that is not set. */
void daemon_read_environment(struct reading *r, struct settings *out)
{
	for (size_t i = 0; i < SCHEMA.count; i++) {
		const struct key *key = &KEYS[i];
		const char *name = variable_for(r, key->name), *text = getenv(name + 1);
		struct node n = { .kind = NODE_TEXT, .place = { .file = name }, .quoted = true };

		if (text == NULL || text[0] == '\0')
			continue;
		n.text = arena_copy(r->arena, text);
		key->read(r, &n, key->name, (char *)out + key->offset);
	}
}
