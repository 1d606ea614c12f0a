#include "keyword_answer.h"
#include "record.h"

/* Anything said in an incident's channel is part of its timeline. A mention of us comes as itself as well. */
bool handle_said(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct message *m = &ev->as.message;
	const struct sighting seen = sighting_of(t, ev, m->event_ts != NULL ? m->event_ts : m->ts);
	const struct us us = us_of(ev);
	int64_t incident;
	enum news news;

	if (record_is_ours(&us, m))
		return true;
	if (!store_incident_of_channel(t->store, m->channel, &incident, why))
		return false;
	if (incident == 0)
		return true;
	return record_message(t, incident, m, &seen, &news, why) &&
		(news != NEWS_ALL || keyword_answer(t, ev, incident, m, why));
}
