#ifndef SMALL_PRINT_H
#define SMALL_PRINT_H

/*
 * The kind of timeline entry that a message's subtype makes: one word for what Slack itself says of the channel
 * ("joined"), "message" for what was said, also with a subtype that we do not know.
 */
const char *entry_kind(const char *subtype);

#endif
