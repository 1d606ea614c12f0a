#include "text.h"

#include <string.h>

#include "token.h"

void slack_text(struct buf *to, const char *plain)
{
	if (plain == NULL)
		return;
	while (*plain != '\0') {
		size_t len = strcspn(plain, "&<>");

		buf_add_bytes(to, plain, len);
		plain += len;
		if (*plain == '\0')
			return;
		buf_add(to, *plain == '&' ? "&amp;" : *plain == '<' ? "&lt;" : "&gt;");
		plain++;
	}
}

/* An address whose label says nothing else is not said twice. */
static bool tells_more(const char *address, const char *label)
{
	const char *bare = strstr(address, "://");

	if (strncmp(address, "mailto:", 7) == 0 || strncmp(address, "tel:", 4) == 0)
		return false;
	return strcmp(address, label) != 0 && (bare == NULL || strcmp(bare + 3, label) != 0);
}

static void plain_token(struct buf *to, const struct token *t, const struct text_names *names)
{
	struct buf shown = { 0 }, address = { 0 };

	token_show(&shown, t, names);
	buf_add(to, shown.text);
	if (t->kind == 0 && t->label_len > 0) {
		add_unescaped(&address, t->id, t->id_len);
		if (address.text != NULL && tells_more(address.text, shown.text))
			buf_printf(to, " (%s)", address.text);
	}
	buf_done(&address);
	buf_done(&shown);
}

void text_plain(struct buf *to, const char *mrkdwn, const struct text_names *names)
{
	const char *at = mrkdwn, *end;
	struct token token;

	if (mrkdwn == NULL)
		return;
	end = mrkdwn + strlen(mrkdwn);
	while (at < end) {
		size_t len = strcspn(at, "<");

		add_unescaped(to, at, len);
		at += len;
		if (token_read(at, end, &token)) {
			plain_token(to, &token, names);
			at += token.len;
		} else if (at < end) {
			buf_add_bytes(to, at++, 1);
		}
	}
}
