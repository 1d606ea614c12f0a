#ifndef EMOJI_H
#define EMOJI_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

/* Within text: the standard emoji, made from emoji.tsv. */
struct emoji {
	const char *name, *shown;
	bool toned; /* it comes in skin tones */
};

extern const struct emoji EMOJI[]; /* in the order of strcmp */
extern const size_t EMOJI_COUNT;

/* "+1" or "+1::skin-tone-3", without its colons. False, and nothing added: Slack's set has none of that name. */
bool emoji_show(struct buf *to, const char *name, size_t len);

/* The length of the :name: at this place, with its colons and its tone, whether or not it is known; 0: none. */
size_t emoji_at(const char *at, const char *end);

#endif
