#include "section_changes.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "changes.h"

static const struct status *status_of(const struct statuses *s, const char *id)
{
	for (int i = 0; i < s->count; i++)
		if (strcasecmp(s->list[i].id, id) == 0)
			return &s->list[i];
	return NULL;
}

static void change(const struct status *was, const struct status *is, struct buf *to)
{
	struct buf of = { 0 };

	buf_printf(&of, "status %s", is->id);
	change_text(to, of.text, "id", was->id, is->id);
	change_text(to, of.text, "label", was->label, is->label);
	change_text(to, of.text, "kind", status_kind_name(was->kind), status_kind_name(is->kind));
	change_list(to, of.text, "aliases", was->aliases, is->aliases);
	buf_done(&of);
}

/* With which words an incident is declared, resolved and cancelled, when it is not said. */
static void firsts(const struct statuses *before, const struct statuses *now, struct buf *to)
{
	static const char *const SAID[] = { "begin as", "are resolved as", "are cancelled as" };

	for (int k = 0; k < STATUS_KIND_COUNT; k++) {
		const struct status *was = statuses_first(before, (enum status_kind)k);
		const struct status *is = statuses_first(now, (enum status_kind)k);

		if (was != NULL && is != NULL && strcasecmp(was->id, is->id) != 0)
			buf_printf(to, "incidents %s %s, not %s\n", SAID[k], is->id, was->id);
	}
}

void statuses_changes(const struct statuses *before, const struct statuses *now, struct buf *to)
{
	for (int i = 0; i < now->count; i++) {
		const struct status *s = &now->list[i], *was = status_of(before, s->id);

		if (was != NULL)
			change(was, s, to);
		else
			buf_printf(to, "status %s (%s) is new\n", s->id, s->label);
	}
	for (int i = 0; i < before->count; i++)
		if (status_of(now, before->list[i].id) == NULL)
			buf_printf(to, "status %s (%s) is gone\n", before->list[i].id,
				before->list[i].label);
	firsts(before, now, to);
}

static const struct role *role_of(const struct roles *r, const char *id)
{
	for (int i = 0; i < r->count; i++)
		if (strcasecmp(r->list[i].id, id) == 0)
			return &r->list[i];
	return NULL;
}

static void change_role(const struct role *was, const struct role *is, struct buf *to)
{
	struct buf of = { 0 };

	buf_printf(&of, "role %s", is->id);
	change_text(to, of.text, "id", was->id, is->id);
	change_text(to, of.text, "label", was->label, is->label);
	change_text(to, of.text, "description", was->description, is->description);
	change_list(to, of.text, "aliases", was->aliases, is->aliases);
	buf_done(&of);
}

void roles_changes(const struct roles *before, const struct roles *now, struct buf *to)
{
	for (int i = 0; i < now->count; i++) {
		const struct role *r = &now->list[i], *was = role_of(before, r->id);

		if (was != NULL)
			change_role(was, r, to);
		else
			buf_printf(to, "role %s (%s) is new\n", r->id, r->label);
	}
	for (int i = 0; i < before->count; i++)
		if (role_of(now, before->list[i].id) == NULL)
			buf_printf(to, "role %s (%s) is gone\n", before->list[i].id,
				before->list[i].label);
}

static const struct keyword_reply *reply_of(const struct keyword_replies *r, const char *word)
{
	for (int i = 0; i < r->count; i++)
		if (strcasecmp(r->list[i].words[0], word) == 0)
			return &r->list[i];
	return NULL;
}

void keywords_changes(
	const struct keyword_replies *before, const struct keyword_replies *now, struct buf *to)
{
	struct buf of = { 0 };

	for (int i = 0; i < now->count; i++) {
		const struct keyword_reply *r = &now->list[i];
		const struct keyword_reply *was = reply_of(before, r->words[0]);

		buf_empty(&of);
		buf_printf(&of, "keyword reply %s", r->words[0]);
		if (was == NULL) {
			buf_printf(to, "%s is new\n", of.text);
			continue;
		}
		change_list(to, of.text, "words", was->words, r->words);
		if (strcmp(was->reply, r->reply) != 0)
			buf_printf(to, "%s: its text is another\n", of.text);
		change_text(to, of.text, "cool_down", was->cool_down, r->cool_down);
	}
	for (int i = 0; i < before->count; i++)
		if (reply_of(now, before->list[i].words[0]) == NULL)
			buf_printf(to, "keyword reply %s is gone\n", before->list[i].words[0]);
	buf_done(&of);
}
