/*
 * Plays a talk: a text file of what is said to the daemon and what it must say back. No network: events go in at
 * the desk, where the websocket's come in, and calls are read from the outbox, where the sender would find them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "settings.h"
#include "stage.h"

static const int64_t BEGIN_US = 1774519200000000; /* 2026-03-26 10:00:00 UTC */

static void announcements_go_to(struct stage *s, const char *rest)
{
	s->house.announce = arena_copy(s->arena, rest);
}

static void reports_go_to(struct stage *s, const char *rest)
{
	s->house.reports = arena_copy(s->arena, rest);
}

static void administrators_read(struct stage *s, const char *rest)
{
	s->house.admin = arena_copy(s->arena, rest);
}

static void the_time_zone_is(struct stage *s, const char *rest)
{
	s->house.time_zone = arena_copy(s->arena, rest);
}

/* Words to the end of the line, as levels have them. */
static const char *const *words_of(struct stage *s, const char *rest)
{
	enum { MOST = 20 };
	const char **list = arena_zeroed(s->arena, sizeof(*list) * (MOST + 1));
	int count = 0;

	while (count < MOST && (list[count] = stage_word(s, &rest)) != NULL)
		count++;
	return list;
}

/* The level of that id, in levels that are the talk's own. */
static struct level *level_of(struct stage *s, const char **rest)
{
	struct levels *l = &s->house.levels;
	struct level *own = arena_zeroed(s->arena, sizeof(*own) * (size_t)l->count);
	const char *id = stage_word(s, rest);
	const struct level *found;

	memcpy(own, l->list, sizeof(*own) * (size_t)l->count);
	l->list = own;
	found = levels_find(l, id != NULL ? id : "");
	if (found == NULL)
		stage_wrong(s, id, "a level");
	return own + (found - l->list);
}

/* p1 U7 S1 */
static void level_invites(struct stage *s, const char *rest)
{
	struct level *l = level_of(s, &rest);

	l->invite = words_of(s, rest);
}

/* p1 CB */
static void level_announces_in(struct stage *s, const char *rest)
{
	struct level *l = level_of(s, &rest);

	l->announce = words_of(s, rest);
}

/* https://hooks.example.com/a,https://b.example.com/; or nobody */
static void webhooks_go_to(struct stage *s, const char *rest)
{
	s->house.webhooks = strcmp(rest, "nobody") == 0 ? "" : arena_copy(s->arena, rest);
}

/* p1 https://pager.example.com/1 */
static void level_pages(struct stage *s, const char *rest)
{
	struct level *l = level_of(s, &rest);

	l->page = arena_copy(s->arena, rest);
}

/* p1 */
static void level_pages_drills(struct stage *s, const char *rest)
{
	struct level *l = level_of(s, &rest);

	l->page_drills = true;
}

/* Since the call taken last was tried first. */
static void day_has_passed(struct stage *s, const char *rest)
{
	(void)rest;
	(void)stage_ask(s,
		"update outbox set first_sent_at = first_sent_at - interval '25 hours' where id > $1::bigint returning id",
		s->row);
}

/* 20 minutes pass */
static void minutes_pass(struct stage *s, const char *rest)
{
	enum { MINUTE_US = 60000000 };

	s->now_us += strtoll(rest, NULL, 10) * MINUTE_US;
}

/* hammer */
static void reactions_that_make_actions_are(struct stage *s, const char *rest)
{
	s->house.action_marks = arena_copy(s->arena, rest);
}

/* mega */
static void reactions_that_make_updates_are(struct stage *s, const char *rest)
{
	s->house.update_marks = arena_copy(s->arena, rest);
}

/* drop */
static void deleted_texts_we(struct stage *s, const char *rest)
{
	s->house.drop_deleted = strcmp(rest, "drop") == 0;
}

/* clang-format off */
static const struct { const char *words; stage_line *act; } LINES[] = {
	{ "they type ",            they_type },
	{ "they say ",             they_say },
	{ "they reply ",           they_reply },
	{ "they post ",            they_post },
	{ "they edit ",            they_edit },
	{ "they update ",          they_update },
	{ "they delete ",          they_delete },
	{ "they bury ",            they_bury },
	{ "they react ",           they_react },
	{ "they unreact ",         they_unreact },
	{ "they pin ",             they_pin },
	{ "they unpin ",           they_unpin },
	{ "they send ",            they_send },
	{ "they mention ",         they_mention },
	{ "they name us ",         they_name_us },
	{ "they submit ",          they_submit },
	{ "they press ",           they_press },
	{ "they choose ",          they_choose },
	{ "they see home ",        they_see_home },
	{ "they are called ",      they_are_called },
	{ "they are a guest ",     they_are_a_guest },
	{ "it is a bot ",          it_is_a_bot },
	{ "they have left ",       they_have_left },
	{ "we are ",               we_are },
	{ "slack answers ok",      slack_answers_ok },
	{ "slack answers error ",  slack_answers_error },
	{ "slack answers status ", slack_answers_status },
	{ "slack does the rest",   slack_does_the_rest },
	{ "slack shows a page",    slack_shows_a_page },
	{ "slack shows the last page", slack_shows_the_last_page },
	{ "slack shows what is not hidden", slack_shows_what_is_not_hidden },
	{ "copies are swept",      copies_are_swept },
	{ "the channel is read of ", channel_is_read },
	{ "an hour has passed",    time_has_come },
	{ "all was read at ",      all_was_read },
	{ "we watch",              we_watch },
	{ "postgres is away for ", postgres_is_away },
	{ "there is no connection for ", slack_is_away },
	{ "incidentd is stopped",  incidentd_is_stopped },
	{ "incidentd is silent for ", incidentd_is_silent },
	{ "incidentd is killed",   incidentd_is_killed },
	{ "it is redacted at the machine: ", it_is_redacted },
	{ "slack leaves events out", slack_leaves_out },
	{ "reactions that make actions are ", reactions_that_make_actions_are },
	{ "reactions that make updates are ", reactions_that_make_updates_are },
	{ "deleted texts we ",     deleted_texts_we },
	{ "the database never says ", database_never_says },
	{ "what is due happens",   alarms_are_rung },
	{ "the rule ",             rule_is },
	{ "we work ",              working_hours_are },
	{ "in any order ",         in_any_order },
	{ "again",                 again },
	{ "we answer ",            we_answer },
	{ "the answer has ",       the_answer_has },
	{ "we call ",              we_call },
	{ "we send ",              we_send },
	{ "another daemon sends ", another_sends },
	{ "slack is asked who we are", slack_is_asked_who_we_are },
	{ "the connection is back", connection_is_back },
	{ "troubles are ",         troubles_are },
	{ "the limit is over",     limit_is_over },
	{ "timeline ",             timeline },
	{ "incident ",             incident_is },
	{ "report ",               report_shows },
	{ "it takes seconds ",     it_takes_seconds },
	{ "minutes pass ",         minutes_pass },
	{ "announcements go to ",  announcements_go_to },
	{ "reports go to ",        reports_go_to },
	{ "the time zone is ",     the_time_zone_is },
	{ "level invites ",        level_invites },
	{ "level announces in ",   level_announces_in },
	{ "level pages drills ",   level_pages_drills },
	{ "level pages ",          level_pages },
	{ "webhooks go to ",       webhooks_go_to },
	{ "a day has passed",      day_has_passed },
	{ "administrators read ",  administrators_read },
	{ "severities.yml has level ", the_file_has_level },
	{ "severities.yml has line ",  the_file_has_line },
	{ "another daemon records that first", another_records_first },
	{ "severities.yml is read",    the_file_is_read },
	{ "severities.yml is shipped", the_file_is_shipped },
	{ "severities.yml is gone",    the_file_is_gone },
};
/* clang-format on */

/* "{very long words} x 500": what is in the brackets, so many times with a blank between. The arena's. */
static char *written_out(struct stage *s, const char *line)
{
	const char *from = strchr(line, '{'), *to = from != NULL ? strstr(from, "} x ") : NULL;
	struct buf b = { 0 };
	char *after, *all;
	long times;

	if (to == NULL)
		return arena_copy(s->arena, line);
	times = strtol(to + strlen("} x "), &after, 10);
	buf_add_bytes(&b, line, (size_t)(from - line));
	for (long i = 0; i < times; i++)
		buf_printf(&b, "%s%.*s", i > 0 ? " " : "", (int)(to - from - 1), from + 1);
	buf_add(&b, after);
	all = arena_copy(s->arena, b.text);
	buf_done(&b);
	return all;
}

static void play(struct stage *s, const char *line)
{
	for (size_t i = 0; i < sizeof(LINES) / sizeof(LINES[0]); i++) {
		size_t n = strlen(LINES[i].words);

		if (strncmp(line, LINES[i].words, n) == 0) {
			LINES[i].act(s, line + n + strspn(line + n, " "));
			return;
		}
	}
	stage_wrong(s, line, "a line of a talk");
}

/* Also "30 times LINE". */
void stage_play(struct stage *s, char *line)
{
	static const char MANY[] = " times ";
	long times;
	char *rest;

	line[strcspn(line, "\n")] = '\0';
	if (*line == '\0' || *line == '#')
		return;
	line = written_out(s, line);
	times = strtol(line, &rest, 10);
	if (rest == line || strncmp(rest, MANY, strlen(MANY)) != 0) {
		times = 1;
		rest = line;
	} else
		rest += strlen(MANY);
	for (long i = 0; i < times; i++)
		play(s, rest);
}

static void open_stage(struct stage *s, const char *conninfo)
{
	struct fail why;
	int made;

	s->arena = arena_new();
	s->look = PQconnectdb(conninfo);
	if (PQstatus(s->look) != CONNECTION_OK)
		stage_wrong(s, PQerrorMessage(s->look), "a database");
	if (!store_migrate(conninfo, MIGRATE_PATIENT, &made, &why))
		stage_wrong(s, why.text, "the schema");
	s->store = store_open(conninfo, &why);
	if (s->store == NULL)
		stage_wrong(s, why.text, "a database");
	we_are(s, NULL);
}

static void close_stage(struct stage *s)
{
	cJSON_Delete(s->last_frame);
	regime_done(&s->regime);
	buf_done(&s->file_text);
	store_close(s->store);
	PQfinish(s->look);
	arena_free(s->arena);
}

static void play_file(struct stage *s, FILE *f)
{
	char *line = NULL;
	size_t room = 0;

	while (getline(&line, &room, f) >= 0) {
		s->line++;
		stage_play(s, line);
	}
	free(line);
}

int main(int argc, char **argv)
{
	struct stage s = { .file = argc > 3 ? argv[3] : "", .now_us = BEGIN_US };
	FILE *f = argc > 3 ? fopen(argv[3], "r") : NULL;
	struct settings settings = { 0 };
	struct buf mistakes = { 0 };
	struct settings_owner *owner;

	if (f == NULL)
		return fprintf(stderr, "usage: talk CONNINFO SETTINGS FILE\n"), 2;
	owner = settings_open(argv[2], &settings, &mistakes);
	if (owner == NULL)
		stage_wrong(&s, mistakes.text, "good settings");
	s.house = (struct house){
		.levels = settings.levels,
		.slash = settings.slash_command,
		.marks = settings.mark_reactions,
		.action_marks = settings.action_reactions,
		.update_marks = settings.update_reactions,
		.reminders = settings.reminders,
		.time_zone = "UTC",
	};
	s.severities_file = settings.severities_file;
	open_stage(&s, argv[1]);
	play_file(&s, f);
	(void)fclose(f); /* it was only read */
	close_stage(&s);
	settings_free(owner);
	buf_done(&mistakes);
	return 0;
}
