#ifndef ASKER_H
#define ASKER_H

/* Who asked, and how they are told what comes of it when their command is answered already. */
struct turn;
struct call;

struct asker {
	const char *user, *text;
	const char
		*channel; /* the user: in no channel, so they are told in a message to them alone */
	const char *thread;  /* the parent's ts, or NULL */
	const char *respond; /* the response_url of what they typed or pressed, or NULL */
};

/* A call whose answer is for them: asker_of() its argument. */
void turn_say_for(struct turn *, struct call *, const struct asker *);
struct asker asker_of(struct turn *, const char *argument);
/* Opens a form. When that fails they are told so; text: what to send after our command to do without it, or NULL. */
void turn_open(struct turn *, struct call *form, const struct asker *);
/*
 * Only they see the text: where they typed, by way of the response_url where there is one; as a message to them alone
 * where that cannot be.
 */
void turn_whisper(struct turn *, const struct asker *);

#endif
