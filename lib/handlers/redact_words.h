#ifndef REDACT_WORDS_H
#define REDACT_WORDS_H

#include "buf.h"
#include "scrub.h"
#include "store_redact.h"

/*
 * Private to redaction: what lines that are redacted said, as far as the app may have repeated it. Lists are kept as
 * one text, with \1 between.
 */
struct redact_words {
	int64_t incident;
	struct buf texts, names;
};

/* What people wrote in it, and what a channel is called after it. */
void redact_words_of(struct redact_words *, const struct redact_line *);
void redact_words_text(struct redact_words *, const char *text);
void redact_words_name(struct redact_words *, const char *name);
bool redact_words_have(const struct redact_words *, const char *text);
void redact_words_done(struct redact_words *);

/* As the app writes them, which may be otherwise than they were written: the longest first. */
const char *const *redact_texts(struct arena *, const char *joined);
const char *const *redact_names(struct arena *, const char *joined);

/* To look for them. */
void redact_needle(struct buf *, const char *needle);
void redact_needles(struct arena *, struct buf *, const char *const *texts);
/* An empty needle is in everything: without any, one that is nowhere. */
const char *redact_needles_end(struct arena *, struct buf *);

/* What the line of an action says of its text, behind "2: ", "2 is done: "; "2 reads now: new, was old": it was changed. */
const char *redact_action_text(const struct redact_line *);
bool redact_action_changed(const struct redact_line *);

/* "Old, was older (high)" without one of the titles; NULL: they are not in it. */
const char *redact_title_line(
	struct arena *, const struct redact_line *, const char *const *titles);

#endif
