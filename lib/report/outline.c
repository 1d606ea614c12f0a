#include "outline.h"

#include <stdlib.h>
#include <string.h>

enum { LATE_US = 15 * 60 * 1000 * 1000 };

/* Where a message of Slack's stands, so that its replies find it. */
struct place {
	const char *channel, *ts;
	bool said; /* a message is the parent, before a note that was made of it */
	int at;
};

static void *list_of(int count, size_t size)
{
	void *list = calloc(count > 0 ? (size_t)count : 1, size);

	if (list == NULL)
		abort();
	return list;
}

static bool is_message(const struct entry *e)
{
	return e->kind != NULL && strcmp(e->kind, "message") == 0;
}

static int by_time(const void *a, const void *b)
{
	const struct entry *x = ((const struct line *)a)->entry;
	const struct entry *y = ((const struct line *)b)->entry;

	if (x->said_at != y->said_at)
		return x->said_at < y->said_at ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static int by_name_of_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = strcmp(x->ts, y->ts);

	return order != 0 ? order : strcmp(x->channel, y->channel);
}

static int by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = by_name_of_place(a, b);

	if (order != 0)
		return order;
	if (x->said != y->said)
		return x->said ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct person *)a)->id, ((const struct person *)b)->id);
}

static int by_speaker(const void *a, const void *b)
{
	const struct speaker *x = a, *y = b;

	return strcmp(x->person.id, y->person.id);
}

static int by_messages(const void *a, const void *b)
{
	const struct speaker *x = a, *y = b;

	if (x->messages != y->messages)
		return x->messages > y->messages ? -1 : 1;
	return strcmp(x->person.id, y->person.id);
}

bool outline_is_reply(const struct entry *e)
{
	return e->thread_ts != NULL && (e->ts == NULL || strcmp(e->thread_ts, e->ts) != 0);
}

bool outline_is_late(const struct outline *o, const struct line *line)
{
	return line->parent >= 0 &&
		line->entry->said_at - o->lines[line->parent].entry->said_at > LATE_US;
}

/* Every message that could have replies, one for each name. */
static struct place *places_make(const struct outline *o, size_t *count)
{
	struct place *places = list_of(o->line_count, sizeof(*places));
	size_t found = 0, kept = 0;

	for (int i = 0; i < o->line_count; i++) {
		const struct entry *e = o->lines[i].entry;

		if (e->channel != NULL && e->ts != NULL)
			places[found++] = (struct place){
				.channel = e->channel, .ts = e->ts, .said = is_message(e), .at = i
			};
	}
	qsort(places, found, sizeof(*places), by_place);
	for (size_t i = 0; i < found; i++)
		if (kept == 0 || by_name_of_place(&places[kept - 1], &places[i]) != 0)
			places[kept++] = places[i];
	*count = kept;
	return places;
}

static void find_parents(struct outline *o)
{
	size_t count;
	struct place *places = places_make(o, &count);

	for (int i = 0; i < o->line_count; i++) {
		const struct entry *e = o->lines[i].entry;
		struct place wanted = { .channel = e->channel, .ts = e->thread_ts };
		const struct place *found;

		if (e->channel == NULL || !outline_is_reply(e))
			continue;
		found = bsearch(&wanted, places, count, sizeof(*places), by_name_of_place);
		if (found != NULL)
			o->lines[i].parent = found->at;
	}
	free(places);
}

/*
 * Slack's threads are one deep. Whatever else comes, a reply to a reply or a ring, stands at the top,
 * where it can not be lost.
 */
static void cut_deeper_threads(struct outline *o)
{
	bool *cut = list_of(o->line_count, sizeof(*cut));

	for (int i = 0; i < o->line_count; i++)
		cut[i] = o->lines[i].parent >= 0 && o->lines[o->lines[i].parent].parent >= 0;
	for (int i = 0; i < o->line_count; i++)
		if (cut[i])
			o->lines[i].parent = -1;
	free(cut);
}

static void join_replies(struct outline *o)
{
	for (int i = 0; i < o->line_count; i++) {
		struct line *parent;

		if (o->lines[i].parent < 0)
			continue;
		parent = &o->lines[o->lines[i].parent];
		if (parent->last < 0)
			parent->first = i;
		else
			o->lines[parent->last].next = i;
		parent->last = i;
	}
}

static void put_in_order(struct outline *o)
{
	const struct record *r = o->record;

	o->line_count = r->entries;
	o->lines = list_of(o->line_count, sizeof(*o->lines));
	for (int i = 0; i < o->line_count; i++)
		o->lines[i] = (struct line){
			.entry = &r->timeline[i], .parent = -1, .first = -1, .last = -1, .next = -1
		};
	qsort(o->lines, (size_t)o->line_count, sizeof(*o->lines), by_time);
	find_parents(o);
	cut_deeper_threads(o);
	join_replies(o);
}

static void know_people(struct outline *o)
{
	const struct record *r = o->record;

	o->people = list_of(r->people_count, sizeof(*o->people));
	for (int i = 0; i < r->people_count; i++)
		if (r->people[i].id != NULL && r->people[i].name != NULL)
			o->people[o->people_count++] = r->people[i];
	qsort(o->people, (size_t)o->people_count, sizeof(*o->people), by_id);
}

static void count_speakers(struct outline *o)
{
	int said = 0, kept = 0;

	o->speakers = list_of(o->line_count, sizeof(*o->speakers));
	for (int i = 0; i < o->line_count; i++) {
		const struct entry *e = o->lines[i].entry;

		if (is_message(e) && e->author.id != NULL)
			o->speakers[said++] = (struct speaker){ .person = e->author };
	}
	qsort(o->speakers, (size_t)said, sizeof(*o->speakers), by_speaker);
	for (int i = 0; i < said; i++) {
		if (kept == 0 || by_speaker(&o->speakers[kept - 1], &o->speakers[i]) != 0)
			o->speakers[kept++] = o->speakers[i];
		if (o->speakers[kept - 1].person.name == NULL)
			o->speakers[kept - 1].person.name = o->speakers[i].person.name;
		o->speakers[kept - 1].messages++;
	}
	o->speaker_count = kept;
	qsort(o->speakers, (size_t)kept, sizeof(*o->speakers), by_messages);
}

static void count_entries(struct outline *o)
{
	for (int i = 0; i < o->line_count; i++) {
		const struct entry *e = o->lines[i].entry;

		if (!is_message(e))
			continue;
		o->messages++;
		o->replies += outline_is_reply(e);
		o->unplaced += outline_is_reply(e) && o->lines[i].parent < 0;
		o->late += outline_is_late(o, &o->lines[i]);
		o->edited += e->edited;
		o->deleted += e->deleted;
		o->files += e->file_count;
		o->unseen += e->unseen;
		o->recovered += e->provenance != NULL && strcmp(e->provenance, "recovered") == 0;
	}
}

void outline_make(struct outline *o, const struct record *r)
{
	*o = (struct outline){ .record = r };
	put_in_order(o);
	know_people(o);
	count_speakers(o);
	count_entries(o);
}

void outline_done(struct outline *o)
{
	free(o->lines);
	free(o->people);
	free(o->speakers);
	*o = (struct outline){ 0 };
}

const char *outline_name(const struct outline *o, const struct person *who)
{
	const struct person *known;

	if (who->name != NULL || who->id == NULL)
		return who->name;
	known = bsearch(who, o->people, (size_t)o->people_count, sizeof(*o->people), by_id);
	return known != NULL ? known->name : NULL;
}

struct person outline_person(const struct outline *o, const struct person *given, const char *id)
{
	struct person who = given != NULL ? *given : (struct person){ 0 };

	if (who.id == NULL)
		who.id = id;
	who.name = outline_name(o, &who);
	return who;
}
