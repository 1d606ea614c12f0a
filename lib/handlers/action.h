#ifndef ACTION_H
#define ACTION_H

#include "handler.h"

/* Follow-ups: what the verbs, the list's buttons, the forms and the shortcut have in common. */

/* What may be done with one. */
enum deed { DEED_DONE, DEED_REOPEN, DEED_DROP, DEED_ASSIGN, DEED_DUE, DEED_EDIT, DEED_COUNT };

struct order {
	enum deed deed;
	int64_t id;
	const char *whom; /* to assign; NULL: nobody */
	const char *text; /* to edit; NULL: that is asked for */
	int64_t due_at;   /* 0: never */
	bool is_press;    /* of a list that was made when it had this version */
	int64_t version;
};

/* Refuses a number that there is not. */
bool action_find(
	struct turn *, const struct incident *, int64_t id, struct action *out, struct fail *why);
/* Logs it, and says so in the channel: text, author.id, and what else there is. said_by: whose words these are. */
bool action_log(struct turn *, const struct incident *, struct action *new, const char *said_by,
	struct fail *why);
/* Refuses what is so already, and who cannot be given anything. */
bool action_follow(struct turn *, const struct incident *, const char *by, const struct action *was,
	const struct order *, struct fail *why);
/* Each thing that is another now is a line on the timeline, with what it was, and said in the channel. */
bool action_save(struct turn *, const struct incident *, const char *by, const struct action *was,
	const struct action *now, struct fail *why);

/* " <@U2> (due Fri 27 Nov 17:00 Europe/London)", or "" */
bool action_tail(struct turn *, const struct action *, const char **tail, struct fail *why);
/* The list of those that are not dropped, in words. */
bool action_list_text(
	struct turn *, const struct incident *, const char **text, int *count, struct fail *why);

/* A button or a menu of the list. */
bool action_press(struct turn *, const struct press *, struct incident *, struct fail *why);

/* The forms: for a new one, and to change one. */
bool action_ask_new(
	struct turn *, const struct command *, const struct incident *, struct fail *why);
bool action_ask_change(struct turn *, const struct command *, const struct incident *,
	const struct action *, enum deed, struct fail *why);
/* "Make an action of this", in its menu. */
handler action_ask_of_message;

#endif
