#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "buf.h"

/*
 * What somebody wrote in Slack, read once and then written as plain text, Markdown or HTML. Pure: no clock, no
 * I/O. What is written is valid UTF-8 without control characters, and takes time in proportion to what was read.
 */
struct text;

/*
 * mrkdwn is a message's "text"; rich is a JSON object with its "blocks" and "attachments" as Slack sent them.
 * Either may be NULL, and rich may be anything: what can not be read of it is passed over. Blocks that say
 * something are what was written, otherwise mrkdwn is; attachments follow, quoted. Of a very long text the rest
 * is left out, and the text ends by saying so. The tree lives in the arena.
 */
const struct text *text_read(struct arena *, const char *mrkdwn, const char *rich);

/* Whether two readings say the same. A preview that Slack added to a link says nothing new. */
bool text_same(const struct text *, const struct text *);

/*
 * Whether a message shows the same as before. Where one of the two came without blocks and attachments, as Slack leaves
 * them out here and there, its text tells.
 */
struct written {
	const char *mrkdwn, *rich;
};
bool text_unchanged(const struct written *, const struct written *);

/* The ids of the people, groups or channels that it mentions, each once or more; ends with NULL. */
enum text_mention { MENTION_PERSON, MENTION_GROUP, MENTION_CHANNEL };
const char *const *text_mentioned(struct arena *, const struct text *, enum text_mention);

/*
 * What ids are called now; NULL: not known. A member may be NULL, and so may the whole. Where there is no name, the
 * label that came with the mention is shown, and else the id itself: "someone" would make two people one, and nobody
 * could find out who was meant. emoji is asked only about those that are not standard, by their name without colons.
 */
typedef const char *text_name(void *ctx, const char *id);
struct text_names {
	void *ctx;
	text_name *person, *group, *channel, *emoji;
};

/* The words alone: quotes, lists and what was struck out stay recognisable, all other markup goes. */
void text_plain(struct buf *to, const struct text *, const struct text_names *);

/* CommonMark, and ~~ for what was struck out. Nothing that was written can become markup that was not meant. */
void text_markdown(struct buf *to, const struct text *, const struct text_names *);

/*
 * Only p, br, hr, strong, em, del, code, pre, blockquote, ul, ol, li, a and bdi (a mention), always balanced. Links
 * lead to http, https, mailto, tel and slack; any other is shown as text. Long words are for the page's style to break.
 */
void text_html(struct buf *to, const struct text *, const struct text_names *);

/* mrkdwn for keeping as what they typed: names for mentions, entities undone, all markup as it stands. */
void text_typed(struct buf *to, const char *mrkdwn, const struct text_names *);

/* The character of a standard emoji, as reactions name it: "+1", "+1::skin-tone-3". False: none of that name. */
bool text_emoji(struct buf *to, const char *name);

/* Escapes & < > for Slack: what people wrote is text, never markup. NULL adds nothing. */
void slack_text(struct buf *to, const char *plain);

/* Escapes & < > " ' for HTML, and mends what no page may hold: invalid UTF-8, control and bidi characters. */
void html_text(struct buf *to, const char *plain);

/* Of all in it that is no blank: the same for texts that differ in those alone, and most likely for no others (FNV-1a). */
uint64_t text_hash(const char *text);

/* How many bytes of its beginning hold at most so many characters, and no half entity or mention. */
size_t text_fit(const char *mrkdwn, size_t most);

/*
 * Plain text, to be asked for words: whole ones, in capitals or not, of any script; a phrase has any blanks between its
 * words. Of a text the first 4000 characters are looked at. In scripts without blanks a word is found anywhere.
 */
struct text_words;
const struct text_words *text_words(struct arena *, const char *plain);
bool text_has_word(const struct text_words *, const char *word);

/* "2 d 3 h 4 min", "41 s"; us is not negative. */
void text_span(struct buf *to, int64_t us);

#endif
