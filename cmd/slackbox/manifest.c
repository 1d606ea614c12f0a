#include "manifest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The list that the key on this line begins, or NULL. */
static struct buf *list_of(struct manifest *m, const char *line)
{
	if (strcmp(line, "bot:") == 0)
		return &m->scopes;
	return strcmp(line, "bot_events:") == 0 ? &m->events : NULL;
}

static void read_line(struct manifest *m, struct buf **list, char *line)
{
	line += strspn(line, " ");
	line[strcspn(line, "#\r\n")] = '\0';
	for (size_t len = strlen(line); len > 0 && line[len - 1] == ' '; len--)
		line[len - 1] = '\0';
	if (*line == '\0')
		return;
	if (strcmp(line, "home_tab_enabled: true") == 0)
		m->home = true;
	if (strncmp(line, "- ", 2) != 0)
		*list = list_of(m, line);
	else if (*list != NULL)
		buf_printf(*list, "%s%s", (*list)->len > 0 ? " " : "", line + 2);
}

bool manifest_read(struct manifest *m, const char *path, struct fail *why)
{
	FILE *f = fopen(path, "re");
	struct buf *list = NULL;
	char *line = NULL;
	size_t room = 0;

	*m = (struct manifest){ 0 };
	if (f == NULL)
		return fail_set(why, FAIL_REFUSED, "%s: %s", path, strerror(errno));
	while (getline(&line, &room, f) >= 0)
		read_line(m, &list, line);
	free(line);
	(void)fclose(f); /* it was only read */
	return m->scopes.len > 0 ||
		fail_set(why, FAIL_REFUSED, "%s: no oauth_config.scopes.bot in it", path);
}

void manifest_done(struct manifest *m)
{
	buf_done(&m->scopes);
	buf_done(&m->events);
}
