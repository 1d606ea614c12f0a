#ifndef STORE_HEADLINE_H
#define STORE_HEADLINE_H

#include "store.h"

/* Where an incident is shown, and who was brought to it: part of the store, as store.h describes it. */
struct headline {
	const char *channel, *ts;
};

/* Notes that it is to be posted there. *is_new false: it was before. */
bool store_headline_want(
	struct store *, int64_t incident, const char *channel, bool *is_new, struct fail *why);
bool store_headline_posted(
	struct store *, int64_t incident, const struct headline *, struct fail *why);
/* It may be tried again. */
bool store_headline_refused(
	struct store *, int64_t incident, const char *channel, struct fail *why);
/* Those that Slack has posted. */
bool store_headlines(struct store *, struct arena *, int64_t incident, const struct headline **list,
	int *count, struct fail *why);

/* What waits to be said of it in its headlines' channels, and was not tried yet, is not said. */
bool store_headlines_hush(struct store *, int64_t incident, struct fail *why);

/* Is it announced anywhere, or about to be? */
bool store_headlines_wanted(struct store *, int64_t incident, bool *wanted, struct fail *why);

/* Notes that a level brings in this person or group. *is_new false: one did before. */
bool store_invited(
	struct store *, int64_t incident, const char *who, bool *is_new, struct fail *why);
/* Notes Slack's word why they could not be. *is_new false: that was so before. */
bool store_invite_refused(struct store *, int64_t incident, const char *who, const char *error,
	bool *is_new, struct fail *why);

#endif
