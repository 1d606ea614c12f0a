#ifndef KEYWORD_H
#define KEYWORD_H

/* What is answered, without anybody asking, to who says one of these words, as the admins wrote it. */
struct keyword_reply {
	const char *const
		*words;    /* at least one; ends with NULL; the first is what it is remembered by */
	const char *reply; /* mrkdwn */
	const char *cool_down; /* "1h": not again in a channel before that */
};

struct keyword_replies {
	const struct keyword_reply *list;
	int count;
};

#endif
