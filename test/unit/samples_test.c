#include <dirent.h>
#include <inttypes.h>

#include "buf.h"
#include "check.h"
#include "event.h"

/*
 * test/samples has a frame for each event, message subtype and interaction that is known, NAME.json; its file
 * "expected" has a line for each: its name, a colon, and what was understood of it.
 */
static void say(struct buf *to, const char *name, const char *value)
{
	if (value != NULL)
		buf_printf(to, " %s=\"%s\"", name, value);
}

static void say_if(struct buf *to, const char *name, bool yes)
{
	if (yes)
		buf_printf(to, " %s", name);
}

static void say_files(struct buf *to, const struct message *m)
{
	for (int i = 0; i < m->file_count; i++) {
		const struct message_file *f = &m->files[i];

		buf_printf(to, " file=(%s", f->id);
		say(to, "name", f->name);
		say(to, "mimetype", f->mimetype);
		if (f->bytes > 0)
			buf_printf(to, " bytes=%" PRId64, f->bytes);
		say_if(to, "gone", f->gone);
		buf_add(to, ")");
	}
}

static void say_message(struct buf *to, const struct message *m)
{
	say(to, "subtype", m->subtype);
	say(to, "channel", m->channel);
	say(to, "ts", m->ts);
	say(to, "thread", m->thread);
	say(to, "user", m->user);
	say(to, "bot", m->bot);
	say(to, "bot_name", m->bot_name);
	say(to, "app", m->app);
	say(to, "team", m->team);
	say(to, "text", m->text);
	say(to, "rich", m->rich);
	say(to, "edited", m->edited);
	say(to, "edited_by", m->edited_by);
	say(to, "event_ts", m->event_ts);
	say(to, "channel_type", m->channel_type);
	say(to, "latest_reply", m->latest_reply);
	if (m->replies > 0)
		buf_printf(to, " replies=%" PRId64, m->replies);
	say_files(to, m);
	say_if(to, "pinned", m->pinned);
	say_if(to, "broadcast", m->broadcast);
	say_if(to, "tombstone", m->tombstone);
}

static void say_inner(struct buf *to, const char *name, bool has, const struct message *m)
{
	if (!has)
		return;
	buf_printf(to, " %s=(", name);
	say_message(to, m);
	buf_add(to, ")");
}

static void say_change(struct buf *to, const struct event *ev)
{
	const struct change *c = &ev->as.change;

	say(to, "at", c->at);
	say_message(to, &c->now);
	say_inner(to, "before", c->has_before, &c->before);
}

static void say_deletion(struct buf *to, const struct event *ev)
{
	const struct deletion *d = &ev->as.deletion;

	say(to, "at", d->at);
	say(to, "channel", d->channel);
	say(to, "ts", d->ts);
	say_inner(to, "before", d->has_before, &d->before);
}

static void say_reaction(struct buf *to, const struct event *ev)
{
	const struct reaction *r = &ev->as.reaction;

	say(to, "at", r->at);
	say(to, "channel", r->channel);
	say(to, "ts", r->ts);
	say(to, "user", r->user);
	say(to, "name", r->name);
	say(to, "item_user", r->item_user);
	say_if(to, "given", r->given);
}

static void say_pin(struct buf *to, const struct event *ev)
{
	const struct pin *p = &ev->as.pin;

	say(to, "at", p->at);
	say(to, "channel", p->channel);
	say(to, "ts", p->ts);
	say(to, "user", p->user);
	say_if(to, "pinned", p->pinned);
	say_inner(to, "item", p->has_item, &p->item);
}

static void say_file(struct buf *to, const struct event *ev)
{
	say(to, "at", ev->as.file.at);
	say(to, "id", ev->as.file.id);
	say_if(to, "gone", ev->as.file.gone);
}

static void say_channel(struct buf *to, const struct event *ev)
{
	static const char *const HAPPENINGS[] = {
		[CHANNEL_MEMBER_JOINED] = "member joined",
		[CHANNEL_MEMBER_LEFT] = "member left",
		[CHANNEL_LEFT] = "left",
		[CHANNEL_RENAMED] = "renamed",
		[CHANNEL_ARCHIVED] = "archived",
		[CHANNEL_UNARCHIVED] = "unarchived",
		[CHANNEL_DELETED] = "deleted",
		[CHANNEL_MOVED] = "moved",
		[CHANNEL_REWRITTEN] = "rewritten",
	};
	const struct channel_change *c = &ev->as.channel;

	buf_printf(to, " %s", HAPPENINGS[c->what]);
	say(to, "at", c->at);
	say(to, "channel", c->channel);
	say(to, "user", c->user);
	say(to, "name", c->name);
	say(to, "new_channel", c->new_channel);
}

static void say_group(struct buf *to, const struct event *ev)
{
	const struct known_group *g = &ev->as.group.group;

	say(to, "at", ev->as.group.at);
	say(to, "id", g->id);
	say(to, "handle", g->handle);
	say(to, "name", g->name);
}

static void say_person(struct buf *to, const struct event *ev)
{
	const struct known_person *p = &ev->as.person;

	say(to, "id", p->id);
	say(to, "team", p->team);
	say(to, "display_name", p->display_name);
	say_if(to, "restricted", p->restricted);
	say_if(to, "stranger", p->is_stranger);
}

static void say_shortcut(struct buf *to, const struct event *ev)
{
	const struct shortcut *s = &ev->as.shortcut;

	say(to, "callback", s->callback);
	say(to, "trigger", s->trigger);
	say(to, "user", s->user);
	say(to, "channel", s->channel);
	say_inner(to, "message", true, &s->message);
}

static void say_home(struct buf *to, const struct event *ev)
{
	say(to, "user", ev->as.home.user);
	say(to, "mark", ev->as.home.mark);
}

static void say_said(struct buf *to, const struct event *ev)
{
	say_message(to, &ev->as.message);
}

static void say_limited(struct buf *to, const struct event *ev)
{
	buf_printf(to, " minute=%" PRId64, ev->as.limited.minute);
}

static void say_wrong(struct buf *to, const struct event *ev)
{
	buf_printf(to, " %s", ev->wrong.text);
}

static void describe(struct buf *to, const struct event *ev)
{
	static const struct {
		const char *name;
		void (*say)(struct buf *, const struct event *);
	} KINDS[] = {
		[EVENT_HELLO] = { "hello", NULL },
		[EVENT_DISCONNECT] = { "disconnect", NULL },
		[EVENT_SLASH] = { "slash", NULL },
		[EVENT_MESSAGE] = { "message", say_said },
		[EVENT_MENTION] = { "mention", say_said },
		[EVENT_CHANGE] = { "change", say_change },
		[EVENT_DELETE] = { "delete", say_deletion },
		[EVENT_REACTION] = { "reaction", say_reaction },
		[EVENT_PIN] = { "pin", say_pin },
		[EVENT_FILE] = { "file", say_file },
		[EVENT_CHANNEL] = { "channel", say_channel },
		[EVENT_GROUP] = { "group", say_group },
		[EVENT_EMOJI] = { "emoji", NULL },
		[EVENT_LIMITED] = { "limited", say_limited },
		[EVENT_PRESS] = { "press", NULL },
		[EVENT_SUBMIT] = { "submit", NULL },
		[EVENT_SHORTCUT] = { "shortcut", say_shortcut },
		[EVENT_HOME] = { "home", say_home },
		[EVENT_PERSON] = { "person", say_person },
		[EVENT_OTHER] = { "other", NULL },
		[EVENT_UNREADABLE] = { "unreadable", say_wrong },
	};

	buf_add(to, KINDS[ev->kind].name);
	if (KINDS[ev->kind].say != NULL)
		KINDS[ev->kind].say(to, ev);
	if (ev->key != NULL && strncmp(ev->key, "event:", strlen("event:")) != 0)
		say(to, "key", ev->key);
}

static struct buf file_of(const char *folder, const char *name, const char *end)
{
	struct buf path = { 0 }, text = { 0 };
	char piece[4096];
	size_t len;
	FILE *f;

	buf_printf(&path, "%s/%s%s", folder, name, end);
	f = fopen(path.text, "rb");
	buf_done(&path);
	CHECK(f != NULL);
	while ((len = fread(piece, 1, sizeof(piece), f)) > 0)
		buf_add_bytes(&text, piece, len);
	(void)fclose(f); /* only read */
	return text;
}

static void understood_is(const char *folder, const char *name, const char *expected)
{
	struct buf frame = file_of(folder, name, ".json"), got = { 0 };
	struct event ev;
	struct fail why;

	CHECK(event_read(frame.text, frame.len, &ev, &why));
	describe(&got, &ev);
	if (strcmp(got.text, expected) != 0)
		fprintf(stderr, "%s: %s\n", name, got.text);
	CHECK_TEXT(got.text, expected);
	event_done(&ev);
	buf_done(&frame);
	buf_done(&got);
}

static int samples_in(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int count = 0;

	CHECK(dir != NULL);
	while ((entry = readdir(dir)) != NULL)
		count += strstr(entry->d_name, ".json") != NULL;
	(void)closedir(dir); /* only read */
	return count;
}

static void every_sample_is_understood_as_expected(const char *folder)
{
	struct buf expected = file_of(folder, "expected", "");
	int count = 0;

	for (char *line = expected.text; *line != '\0'; count++) {
		char *end = strchr(line, '\n'), *colon = strstr(line, ": ");

		CHECK(end != NULL && colon != NULL && colon < end);
		*end = *colon = '\0';
		understood_is(folder, line, colon + 2);
		line = end + 1;
	}
	CHECK(count > 0 && count == samples_in(folder));
	buf_done(&expected);
}

int main(int argc, char **argv)
{
	CHECK(argc == 2);
	every_sample_is_understood_as_expected(argv[1]);
	return 0;
}
