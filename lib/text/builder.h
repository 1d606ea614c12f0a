#ifndef BUILDER_H
#define BUILDER_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "buf.h"
#include "text.h"

/*
 * Within text: the tree, and how it grows. It is two deep: blocks, and the runs in them. How deep a block is quoted or
 * indented is a number and styles are bits, so nothing that walks over it recurses, and nothing can be left open.
 */
enum { BOLD = 1, ITALIC = 2, STRIKE = 4, CODE = 8, STYLES = 4 };
enum { MOST_QUOTED = 3, MOST_INDENTED = 8 };

enum run_kind {
	RUN_WORDS,     /* words */
	RUN_BREAK,     /* an end of line; never first, last or twice */
	RUN_LINK,      /* words is its label, target the address */
	RUN_PERSON,    /* target is the id; words the label that came with it, or NULL */
	RUN_GROUP,     /* the same */
	RUN_CHANNEL,   /* the same; an empty label: a private channel */
	RUN_BROADCAST, /* words: "@here" */
	RUN_EMOJI,     /* target is its name; words the character, or NULL */
};

struct run {
	enum run_kind kind;
	unsigned styles;
	const char *words, *target; /* clean, on one line but in code blocks */
	struct run *next;
};

enum block_kind { BLOCK_PARAGRAPH, BLOCK_ITEM, BLOCK_CODE, BLOCK_RULE };

struct block {
	enum block_kind kind;
	int quoted;  /* how many quotes it stands in */
	int indent;  /* of an item: at most one more than the item's before it */
	int number;  /* of an item; -1: a bullet */
	int gap;     /* how many empty lines stood before it */
	bool unfurl; /* not written by anybody: Slack's preview of a link */
	struct run *runs;
	struct block *next;
};

struct text {
	struct block *blocks;
};

/* A tree that grows. Slack lets people write 40,000 characters; its own blocks can hold more. */
enum { TEXT_ROOM = 256 * 1024 };

struct builder {
	struct arena *arena;
	struct text *text;
	struct block *last;  /* the last of the tree */
	struct block *block; /* the one that grows; it joins the tree with its first run */
	struct run *last_run;
	struct buf words, scratch; /* words of one style that are no run yet */
	unsigned styles;
	int quoted;  /* of the blocks to come */
	bool unfurl; /* the same */
	int breaks;  /* ends of line since the last words */
	size_t room; /* how many more bytes will be taken */
	bool cut;    /* there was more */
	bool quiet;  /* what is put down now does not speak for itself: a button's label */
	bool said;   /* something that does was put down */
};

/* Begins a block, and ends the one before. number: of an item, -1 for a bullet. */
void build_block(struct builder *, enum block_kind);
void build_item(struct builder *, int indent, int number);
void build_break(struct builder *);
/* What was written, without any escaping. Its ends of line are kept as such. */
void build_words(struct builder *, unsigned styles, const char *words, size_t len);
void build_text(struct builder *, unsigned styles, const char *words); /* NULL: nothing */
/* target and words may be NULL. */
void build_run(
	struct builder *, enum run_kind, unsigned styles, const char *target, const char *words);
/* Says that something was left out, if so. The builder can not be used any more. */
void build_end(struct builder *);

/* Readers. Each adds to what is there. */
void read_mrkdwn(struct builder *, const char *mrkdwn);
/* Only names and links are made out, all else stays as it was typed. */
void read_typed(struct builder *, const char *mrkdwn);
/* Words where nothing is markup but the names of emoji. */
void read_plain(struct builder *, unsigned styles, const char *plain);
struct cJSON;
void read_blocks(struct builder *, const struct cJSON *blocks);
void read_attachments(struct builder *, const struct cJSON *attachments);

/* Writers' own: the words that people see of a run, as text. */
void run_show(struct buf *to, const struct run *, const struct text_names *);
/* Whether this address may be one that can be pressed. */
bool address_is_safe(const char *address);
/* Whether an address tells more than its label does. */
bool address_tells(const char *address, const char *label);
/* The length of the web address that was typed at this place, without what ends the sentence or bracket around it; 0: none. */
size_t address_at(const char *at, const char *end);

#endif
