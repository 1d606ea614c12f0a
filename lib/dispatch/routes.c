#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "dispatch.h"
#include "nearest.h"

/* clang-format off */
const struct route ROUTES[] = {
	{ EVENT_MESSAGE, NULL,                 handle_said },
	{ EVENT_CHANGE,  NULL,                 handle_changed },
	{ EVENT_DELETE,  NULL,                 handle_deleted },
	{ EVENT_REACTION, NULL,                handle_reaction },
	{ EVENT_PIN,     NULL,                 handle_pin },
	{ EVENT_FILE,    NULL,                 handle_file },
	{ EVENT_CHANNEL, NULL,                 handle_channel_life },
	{ EVENT_PRESS,   NULL,                 handle_press },
	{ EVENT_SUBMIT,  NULL,                 handle_submit },
	{ EVENT_SHORTCUT, NULL,                handle_shortcut },
	{ EVENT_HOME,    NULL,                 handle_home },
	{ EVENT_PERSON,  NULL,                 handle_person },
	{ EVENT_GROUP,   NULL,                 handle_group },
	{ EVENT_ANSWER,  "channel_made",       handle_channel_made },
	{ EVENT_ANSWER,  "channel_looked_for", handle_channel_looked_for },
	{ EVENT_ANSWER,  "headline_posted",    handle_headline_posted },
	{ EVENT_ANSWER,  "headline_shown",     handle_headline_shown },
	{ EVENT_ANSWER,  "channel_looked_at",  handle_channel_looked_at },
	{ EVENT_ANSWER,  "channel_to_take",    handle_channel_to_take },
	{ EVENT_ANSWER,  "card_posted",        handle_card_posted },
	{ EVENT_ANSWER,  "group_known",        handle_group_known },
	{ EVENT_ANSWER,  "invited",            handle_invited },
	{ EVENT_ANSWER,  "lead_known",         handle_lead_known },
	{ EVENT_ANSWER,  "renamed",            handle_renamed },
	{ EVENT_ANSWER,  "join_answered",      handle_join_answered },
	{ EVENT_ANSWER,  "unarchived",         handle_unarchived },
	{ EVENT_ANSWER,  "form_shown",         handle_form_shown },
	{ EVENT_ANSWER,  "told",               handle_told },
	{ EVENT_ANSWER,  "person_known",       handle_person_known },
	{ EVENT_ANSWER,  "asker_known",        handle_asker_known },
	{ EVENT_EMOJI,   NULL,                 handle_emoji },
	{ EVENT_ANSWER,  "emoji_known",        handle_emoji_known },
	{ EVENT_ANSWER,  "groups_known",       handle_groups_known },
	{ EVENT_ANSWER,  "channel_known",      handle_channel_known },
	{ EVENT_ANSWER,  "file_known",         handle_file_known },
	{ EVENT_ANSWER,  "workspace_known",    handle_workspace_known },
	{ EVENT_DUE,   NULL,                 handle_due },
	{ EVENT_LEVELS, NULL,                  handle_levels },
	{ EVENT_LIMITED, NULL,                 handle_limited },
	{ EVENT_ANSWER,  "history_read",       handle_page_read },
	{ EVENT_ANSWER,  "thread_read",        handle_page_read },
	{ EVENT_ANSWER,  "reminded",           handle_reminded },
	{ EVENT_ANSWER,  "reminder_shown",     handle_reminder_shown },
	{ EVENT_ANSWER,  "webhook_sent",       handle_webhook_sent },
	{ EVENT_ANSWER,  "paged",              handle_webhook_sent },
	{ EVENT_ANSWER,  NULL,                 handle_step_done },
};
const size_t ROUTE_COUNT = sizeof(ROUTES) / sizeof(ROUTES[0]);

/* In the order that help shows them. */
const struct verb VERBS[] = {
	{ "declare",  "new open create",     false, TAKES_TEXT,    verb_declare,  "declare [in #channel] TITLE", "declare an incident; in a channel that is there already, or in a new one" },
	{ "report-only", NULL,               false, TAKES_TEXT,    verb_report_only, "report-only TITLE",    "record one that is over: no channel is made" },
	{ "drill",    "exercise",            false, TAKES_TEXT,    verb_drill,    "drill TITLE",             "declare an exercise: marked as one wherever it is shown, and nobody is paged" },
	{ "severity", "sev",                 true,  TAKES_LEVEL,   verb_severity, "severity [LEVEL]",        "set how severe it is, or see what the levels mean" },
	{ "status",   NULL,                  true,  TAKES_STATUS,  verb_status,   "status [STATUS]",         "set how it stands" },
	{ "lead",     "ic",                  true,  TAKES_PERSON,  verb_lead,     "lead [@name]",            "set who leads; nobody named: you" },
	{ "role",     NULL,                  true,  TAKES_ROLE,    verb_role,     "role [ROLE] [@name]",     "give a role, take it away with `none` for a name, or see who has which" },
	{ "title",    NULL,                  true,  TAKES_TEXT,    verb_title,    "title [TEXT]",            "set its title, or see it" },
	{ "summary",  NULL,                  true,  TAKES_TEXT,    verb_summary,  "summary [TEXT]",          "set what is known so far, or see it" },
	{ "impact",   NULL,                  true,  TAKES_TEXT,    verb_impact,   "impact [TEXT]",           "set who is affected and how, or see it" },
	{ "update",   NULL,                  true,  TAKES_TEXT,    verb_update,   "update [TEXT]",           "tell stakeholders, below each headline; or see the last one" },
	{ "note",     "timeline",            true,  TAKES_TEXT,    verb_note,     "note [TIME] TEXT",        "put a note on the timeline, at that time: 14:05, yesterday 14:05, 2026-03-26 14:05" },
	{ "action",   "task",                true,  TAKES_TEXT,    verb_action,   "action TEXT [@name] [due WHEN]", "log a follow-up, due tomorrow 10:00, fri, 2026-12-01, in 2h; `action done N`, `reopen N`, `drop N`, `assign N @name`, `due N WHEN`, `edit N: TEXT` change one" },
	{ "actions",  NULL,                  true,  TAKES_NOTHING, verb_actions,  "actions",                 "list the follow-ups" },
	{ "rename",   NULL,                  true,  TAKES_TEXT,    verb_rename,   "rename NAME",             "rename the channel; its number stays" },
	{ "started",  NULL,                  true,  TAKES_TIME,    verb_started,  "started [TIME]",          "correct when it began, or see it" },
	{ "duration", NULL,                  true,  TAKES_NOTHING, verb_duration, "duration",                "see how long it has run" },
	{ "resolve",  "close resolved fixed", true,  TAKES_TEXT,    verb_resolve,  "resolve WHAT FIXED IT",   "resolve the incident" },
	{ "reopen",   NULL,                  true,  TAKES_TEXT,    verb_reopen,   "reopen REASON",           "open it again" },
	{ "cancel",   NULL,                  true,  TAKES_TEXT,    verb_cancel,   "cancel REASON",           "end it: it was no incident" },
	{ "duplicate-of", "duplicate",        true,  TAKES_INCIDENT, verb_duplicate, "duplicate-of [N]",     "it is the same as incident N: link it to that one and end it; `none` takes that back" },
	{ "list",     "ls",                  false, TAKES_NOTHING, verb_list,     "list",                    "list the open incidents" },
	{ "report",   "doc",                 true,  TAKES_NOTHING, verb_report,   "report",                  "see how the report stands" },
	{ "help",     NULL,                  false, TAKES_VERB,    NULL,          "help [VERB]",             "this list" },
};
const size_t VERB_COUNT = sizeof(VERBS) / sizeof(VERBS[0]);
/* clang-format on */

static bool among(const char *words, const char *word)
{
	size_t len = strlen(word);

	while (words != NULL && *words != '\0') {
		size_t n = strcspn(words, " ");

		if (n == len && strncasecmp(words, word, n) == 0)
			return true;
		words += n + strspn(words + n, " ");
	}
	return false;
}

const struct verb *verb_find(const char *word)
{
	for (size_t i = 0; i < VERB_COUNT; i++)
		if (strcasecmp(VERBS[i].name, word) == 0 || among(VERBS[i].aliases, word))
			return &VERBS[i];
	return NULL;
}

enum { SHORTEST = 4, ALIAS_SHORTEST = 5, ALIAS_ROOM = 32 }; /* shorter words are near to too much */

/* What is near to another name of a verb is near to the verb. */
static void try_aliases(struct nearest *near, const struct verb *v)
{
	for (const char *at = v->aliases; at != NULL && *at != '\0';) {
		size_t n = strcspn(at, " ");
		const char *best = near->best;
		char word[ALIAS_ROOM];

		if (n >= ALIAS_SHORTEST && n < sizeof(word)) {
			(void)snprintf(word, sizeof(word), "%.*s", (int)n, at); /* it fits */
			nearest_try(near, word);
			near->best = near->best == word ? v->name : best;
		}
		at += n + strspn(at + n, " ");
	}
}

const struct verb *verb_nearest(const char *word)
{
	struct nearest near = { .word = word };
	const char *meant;

	if (strlen(word) < SHORTEST)
		return NULL;
	for (size_t i = 0; i < VERB_COUNT; i++) {
		nearest_try(&near, VERBS[i].name);
		try_aliases(&near, &VERBS[i]);
	}
	meant = nearest_found(&near);
	return meant != NULL ? verb_find(meant) : NULL;
}
