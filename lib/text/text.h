#ifndef TEXT_H
#define TEXT_H

#include "buf.h"

/*
 * Slack's mrkdwn, read once and written as plain text or Markdown. Pure. Mentions are shown by the name that
 * names gives, else by the label that came with them, else by their id.
 */
struct text_names {
	void *ctx;
	const char *(*person)(void *ctx, const char *id); /* NULL: unknown */
};

void text_plain(struct buf *to, const char *mrkdwn, const struct text_names *);
void text_markdown(struct buf *to, const char *mrkdwn, const struct text_names *);

/* Escapes & < > for Slack: what people wrote is text, never markup. */
void slack_text(struct buf *to, const char *plain);

#endif
