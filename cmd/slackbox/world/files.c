#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "deed.h"

static void set_address(cJSON *file, const char *name, const char *folder, const char *file_name)
{
	char url[512];

	if (snprintf(url, sizeof url, "%sfiles-pri/%s-%s/%s%s", TEAM_URL, TEAM_ID,
		    tree_text(file, "id"), folder, file_name) < 0)
		abort();
	tree_set_text(file, name, url);
}

cJSON *file_new(struct world *w, const char *user_id, const cJSON *what)
{
	const char *id = tree_text(what, "id"), *name = tree_text(what, "name");
	const char *title = tree_text(what, "title"), *type = tree_text(what, "mimetype");
	const char *dot;
	cJSON *file = cJSON_CreateObject();
	char made[ID_ROOM];

	name = name != NULL ? name : "file.txt";
	dot = strrchr(name, '.');
	tree_set_text(file, "id", id != NULL ? id : world_id(w, 'F', made));
	tree_set_int(file, "created", w->now_ms / 1000);
	tree_set_int(file, "timestamp", w->now_ms / 1000);
	tree_set_text(file, "name", name);
	tree_set_text(file, "title", title != NULL ? title : name);
	tree_set_text(file, "mimetype", type != NULL ? type : "text/plain");
	tree_set_text(file, "filetype", dot != NULL ? dot + 1 : "text");
	tree_set_text(file, "pretty_type", dot != NULL ? dot + 1 : "Plain Text");
	tree_set_text(file, "user", user_id);
	tree_set_text(file, "user_team", TEAM_ID);
	tree_set_yes(file, "editable", false);
	tree_set_int(file, "size", (int64_t)tree_number(what, "size", 1024));
	tree_set_text(file, "mode", "hosted");
	tree_set_yes(file, "is_external", false);
	tree_set_text(file, "external_type", "");
	tree_set_yes(file, "is_public", true);
	tree_set_yes(file, "public_url_shared", false);
	tree_set_yes(file, "display_as_bot", false);
	tree_set_text(file, "username", "");
	set_address(file, "url_private", "", name);
	set_address(file, "url_private_download", "download/", name);
	set_address(file, "permalink", "shown/", name);
	tree_set_yes(file, "has_rich_preview", false);
	tree_set_text(file, "file_access", "visible");
	cJSON_AddItemToArray(w->files, cJSON_Duplicate(file, true));
	return file;
}

static void announce(struct world *w, const struct channel *ch, const char *type, const char *id,
	const char *user_id)
{
	cJSON *event = cJSON_CreateObject();

	tree_set_text(event, "type", type);
	tree_set_text(event, "file_id", id);
	if (user_id != NULL) {
		tree_set_text(event, "channel_id", channel_id(ch));
		tree_set_text(event, "user_id", user_id);
		tree_set_text(cJSON_AddObjectToObject(event, "file"), "id", id);
	}
	message_event(w, ch, event);
}

void files_shared(struct world *w, const struct channel *ch, const cJSON *message)
{
	const cJSON *file;

	cJSON_ArrayForEach(file, cJSON_GetObjectItemCaseSensitive(message, "files"))
		announce(w, ch, "file_shared", tree_text(file, "id"), tree_text(message, "user"));
}

static cJSON *file_find(const cJSON *files, const char *id)
{
	cJSON *file;

	cJSON_ArrayForEach(file, files)
	{
		if (id != NULL && strcmp(tree_text(file, "id"), id) == 0)
			return file;
	}
	return NULL;
}

/* In the message it was in there is a stone where it was. */
static void bury(struct world *w, struct channel *ch, cJSON *message, const char *id)
{
	cJSON *files = cJSON_GetObjectItemCaseSensitive(message, "files");
	cJSON *file = file_find(files, id), *stone, *before;

	if (file == NULL)
		return;
	before = cJSON_Duplicate(message, true);
	stone = cJSON_CreateObject();
	tree_set_text(stone, "id", id);
	tree_set_text(stone, "mode", "tombstone");
	cJSON_ReplaceItemViaPointer(files, file, stone);
	message_changed(w, ch, message, before);
}

const char *do_delete_file(const struct deed *d)
{
	cJSON *file = file_find(d->w->files, tree_text(d->what, "file"));
	const char *id = tree_text(file, "id");

	if (file == NULL)
		return "file_not_found";
	for (size_t i = 0; i < d->ch->n_messages; i++)
		bury(d->w, d->ch, d->ch->messages[i], id);
	announce(d->w, d->ch, "file_deleted", id, NULL);
	cJSON_Delete(cJSON_DetachItemViaPointer(d->w->files, file));
	return NULL;
}

/* It has another name in the messages too; the event says only that something is otherwise. */
const char *do_rename_file(const struct deed *d)
{
	const char *name = tree_text(d->what, "name");
	cJSON *file = file_find(d->w->files, tree_text(d->what, "file"));

	if (file == NULL || name == NULL)
		return file == NULL ? "file_not_found" : "no_name";
	tree_set_text(file, "name", name);
	tree_set_text(file, "title", name);
	for (size_t i = 0; i < d->ch->n_messages; i++) {
		cJSON *there =
			file_find(cJSON_GetObjectItemCaseSensitive(d->ch->messages[i], "files"),
				tree_text(file, "id"));

		if (there == NULL)
			continue;
		tree_set_text(there, "name", name);
		tree_set_text(there, "title", name);
	}
	announce(d->w, d->ch, "file_change", tree_text(file, "id"), NULL);
	return NULL;
}

void files_info(struct call *c)
{
	const cJSON *file = file_find(c->w->files, call_text(c, "file"));

	if (file == NULL)
		call_fail(c, "file_not_found");
	else
		tree_set(c->body, "file", cJSON_Duplicate(file, true));
}
