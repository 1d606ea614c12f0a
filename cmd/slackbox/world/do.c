#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "deed.h"

/* What people do. */

const char *deed_read(struct world *w, const cJSON *what, struct deed *out)
{
	const char *channel = tree_text(what, "channel"), *ts = tree_text(what, "ts");
	struct deed d = { .w = w, .what = what, .user = world_user_id(w, tree_text(what, "user")) };

	if (d.user == NULL)
		return "user_not_found";
	if (channel != NULL && (strcmp(channel, "dm") == 0 || strcmp(channel, "im") == 0))
		d.ch = channel_dm(w, d.user);
	else
		d.ch = channel_find(w, channel);
	if (d.ch == NULL)
		return "channel_not_found";
	d.ts = ts != NULL ? ts : tree_text(what, "timestamp");
	*out = d;
	return NULL;
}

static const char *emoji_of(const cJSON *what)
{
	const char *name = tree_text(what, "name");

	if (name == NULL)
		name = tree_text(what, "reaction");
	return name != NULL ? name : tree_text(what, "emoji");
}

static const char *do_join(const struct deed *d)
{
	if (channel_kind(d->ch) != CHANNEL_PUBLIC)
		return "channel_not_found";
	if (channel_archived(d->ch))
		return "is_archived";
	channel_join(d->w, d->ch, d->user, NULL);
	return NULL;
}

static const char *do_leave(const struct deed *d)
{
	channel_leave(d->w, d->ch, d->user, d->user);
	return NULL;
}

static const char *do_invite(const struct deed *d)
{
	const char *who = world_user_id(d->w, tree_text(d->what, "who"));

	if (who == NULL)
		return "user_not_found";
	channel_join(d->w, d->ch, who, d->user);
	return NULL;
}

static const char *do_kick(const struct deed *d)
{
	const char *who = world_user_id(d->w, tree_text(d->what, "who"));

	if (who == NULL)
		return "user_not_found";
	channel_leave(d->w, d->ch, who, d->user);
	return NULL;
}

static const char *do_react(const struct deed *d)
{
	return message_react(d->w, d->ch, d->ts, d->user, emoji_of(d->what));
}

static const char *do_unreact(const struct deed *d)
{
	return message_unreact(d->w, d->ch, d->ts, d->user, emoji_of(d->what));
}

static const char *do_pin(const struct deed *d)
{
	return message_pin(d->w, d->ch, d->ts, d->user);
}

static const char *do_unpin(const struct deed *d)
{
	return message_unpin(d->w, d->ch, d->ts, d->user);
}

static const char *do_say_of(const struct deed *d, const char *what)
{
	const char *given = tree_text(d->what, "text");
	char *text;
	cJSON *blocks;

	if (given == NULL)
		given = tree_text(d->what, what);
	if (given == NULL)
		return "invalid_arguments";
	if (tree_units(given) > 250)
		return "too_long";
	text = typed_text(d->w, given, &blocks);
	cJSON_Delete(blocks);
	channel_say_of(d->w, d->ch, d->user, what, text);
	free(text);
	return NULL;
}

static const char *do_topic(const struct deed *d)
{
	return do_say_of(d, "topic");
}

static const char *do_purpose(const struct deed *d)
{
	return do_say_of(d, "purpose");
}

static const char *do_rename(const struct deed *d)
{
	const char *name = tree_text(d->what, "name");
	const char *wrong = channel_name_wrong(d->w, name);

	if (wrong == NULL)
		channel_rename(d->w, d->ch, d->user, name);
	return wrong;
}

static const char *do_archive(const struct deed *d)
{
	if (channel_archived(d->ch))
		return "already_archived";
	channel_archive(d->w, d->ch, d->user, true);
	return NULL;
}

static const char *do_unarchive(const struct deed *d)
{
	if (!channel_archived(d->ch))
		return "not_archived";
	channel_archive(d->w, d->ch, d->user, false);
	return NULL;
}

static bool may(const struct deed *d, bool member, bool living, const char **wrong_out)
{
	if (member && !channel_has(d->ch, d->user))
		*wrong_out = "not_in_channel";
	else if (living && channel_archived(d->ch))
		*wrong_out = "is_archived";
	else
		return true;
	return false;
}

const char *world_act(struct world *w, const char *verb, const cJSON *what, int64_t now_ms)
{
	static const struct {
		const char *verb;
		deed_run *act;
		bool member, living; /* the doer must be in it; it must not be archived */
		bool named;          /* not for direct messages */
	} VERBS[] = {
		/* clang-format off */
		{ "join",      do_join,      false, true, true },
		{ "leave",     do_leave,     true, true, true },
		{ "invite",    do_invite,    true, true, true },
		{ "kick",      do_kick,      true, true, true },
		{ "react",     do_react,     true, true, false },
		{ "unreact",   do_unreact,   true, true, false },
		{ "pin",       do_pin,       true, true, false },
		{ "unpin",     do_unpin,     true, true, false },
		{ "edit",      do_edit,      true, true, false },
		{ "update",    do_update,    false, true, false },
		{ "delete",    do_delete,    true, true, false },
		{ "me",        do_me,        true, true, false },
		{ "bot",       do_bot,       false, true, false },
		{ "subtype",   do_subtype,   true, true, false },
		{ "home",      do_home,      false, true, false },
		{ "delete_file", do_delete_file, false, true, false },
		{ "rename_file", do_rename_file, false, true, false },
		{ "topic",     do_topic,     true, true, true },
		{ "purpose",   do_purpose,   true, true, true },
		{ "rename",    do_rename,    true, true, true },
		{ "archive",   do_archive,   true, false, true },
		{ "unarchive", do_unarchive, false, false, true },
		{ "convert",   do_convert,   true, true, true },
		{ "change_id", do_change_id, false, false, true },
		{ "delete_channel", do_delete_channel, false, false, true },
		/* clang-format on */
	};
	const char *wrong = NULL;
	struct deed d;

	world_time(w, now_ms);
	for (size_t i = 0; i < sizeof(VERBS) / sizeof(VERBS[0]); i++) {
		if (strcmp(VERBS[i].verb, verb) != 0)
			continue;
		wrong = deed_read(w, what, &d);
		if (wrong != NULL || !may(&d, VERBS[i].member, VERBS[i].living, &wrong))
			return wrong;
		if (VERBS[i].named && tree_text(d.ch->about, "name") == NULL)
			return "method_not_supported_for_channel_type";
		return VERBS[i].act(&d);
	}
	return "unknown_verb";
}
