/*
 * The same lines in any order, and each of them twice: the report must come out the same. Every line gives its own times
 * (ts=, at=), and a line that comes twice comes as two events, as Slack's two shapes of one thing do.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stage.h"

enum { MOST_LINES = 200 };

struct script {
	const char *lines[MOST_LINES];
	int count;
};

static struct script script_read(struct stage *s, const char *name)
{
	const char *slash = strrchr(s->file, '/');
	const char *path = arena_printf(
		s->arena, "%.*s%s", slash != NULL ? (int)(slash - s->file + 1) : 0, s->file, name);
	FILE *f = fopen(path, "r");
	struct script script = { 0 };
	char *line = NULL;
	size_t room = 0;

	if (f == NULL)
		stage_wrong(s, path, "a file");
	while (getline(&line, &room, f) >= 0 && script.count < MOST_LINES)
		if (*line != '\n' && *line != '#')
			script.lines[script.count++] = arena_copy(s->arena, line);
	free(line);
	(void)fclose(f); /* it was only read */
	return script;
}

/* What depends on when it was heard, not on what was said. */
static void forget_hearing(cJSON *tree)
{
	static const char *const heard[] = { "received_at", "recorded_at", "made_at",
		"duration_s" };
	cJSON *member;

	for (size_t i = 0; i < sizeof(heard) / sizeof(heard[0]); i++)
		cJSON_DeleteItemFromObject(tree, heard[i]);
	if (cJSON_GetObjectItem(tree, "kind") != NULL)
		cJSON_DeleteItemFromObject(tree, "id");
	cJSON_ArrayForEach(member, tree) forget_hearing(member);
}

static const char *member(const cJSON *line, const char *name)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(line, name));

	return text != NULL ? text : "";
}

/* What a reaction made stands where it was made, and that is when it was heard of: each kind by itself, without its time. */
static void set_apart(cJSON *tree, const char *kind)
{
	cJSON *timeline = cJSON_GetObjectItem(tree, "timeline"), *line = timeline->child, *next;
	cJSON *apart = cJSON_AddArrayToObject(tree, kind);

	for (; line != NULL; line = next) {
		next = line->next;
		if (strcmp(member(line, "kind"), kind) != 0)
			continue;
		cJSON_DetachItemViaPointer(timeline, line);
		cJSON_DeleteItemFromObject(line, "said_at");
		cJSON_AddItemToArray(apart, line);
	}
}

static char *report_of(struct stage *s)
{
	struct buf json = { 0 };
	cJSON *tree;
	char *text;

	/* At one time of day: nobody watches a stage, so the report names all of it as a hole, up to now. */
	s->now_us = 1774520400000000;
	stage_report(s, 1, REPORT_JSON, &json);
	tree = cJSON_Parse(json.text);
	forget_hearing(tree);
	set_apart(tree, "action");
	set_apart(tree, "update");
	text = cJSON_PrintUnformatted(tree);
	cJSON_Delete(tree);
	buf_done(&json);
	return text;
}

/* Later than all that the script tells of: what is made in a turn is made after it. */
static const int64_t HEARD_US = 1774520400000000;

static void begin_again(struct stage *s)
{
	PGresult *r = PQexec(s->look,
		"truncate revision, reaction, heard, entry_file, file, action, recovery, recovery_thread, channel_was, outbox;"
		" delete from entry where id > 1; delete from inbox; update incident set channel = 'CI1-l',"
		" channel_name = 'inc-1-lift', renamed_at = null, channel_closed = null, channel_closed_at = null");

	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		stage_wrong(s, PQresultErrorMessage(r), "an empty record");
	PQclear(r);
	s->now_us = HEARD_US;
}

static void play_in(struct stage *s, const struct script *script, const int *order, int count)
{
	struct arena *whole = s->arena;

	for (int i = 0; i < count; i++) {
		char line[1024];

		s->arena = arena_new();
		(void)snprintf(line, sizeof(line), "%s", script->lines[order[i]]);
		stage_play(s, line);
		s->reply = NULL;
		arena_free(s->arena);
	}
	s->arena = whole;
}

static void shuffle(int *order, int count, unsigned seed)
{
	for (int i = count - 1; i > 0; i--) {
		int j, kept = order[i];

		seed = seed * 1103515245u + 12345u;
		j = (int)((seed >> 16) % (unsigned)(i + 1));
		order[i] = order[j];
		order[j] = kept;
	}
}

/* 200 any_order/record.script: of the incident 1 */
void in_any_order(struct stage *s, const char *rest)
{
	long seeds = strtol(stage_word(s, &rest), NULL, 10);
	struct script script = script_read(s, rest);
	int order[2 * MOST_LINES];
	char *wanted, *got;

	for (int i = 0; i < 2 * script.count; i++)
		order[i] = i % script.count;
	begin_again(s);
	play_in(s, &script, order, script.count);
	wanted = report_of(s);
	for (long seed = 1; seed <= seeds; seed++) {
		begin_again(s);
		shuffle(order, 2 * script.count, (unsigned)seed);
		play_in(s, &script, order, 2 * script.count);
		got = report_of(s);
		if (strcmp(got, wanted) != 0)
			stage_wrong(s, got, arena_printf(s->arena, "seed %ld:\n%s", seed, wanted));
		free(got);
	}
	free(wanted);
}
