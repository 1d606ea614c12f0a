#include "link_notes.h"

#include <stdlib.h>
#include <string.h>

#include "log.h"

/* Of the 10 connections that an app may have; some that Slack counts may be long dead. */
enum { CROWDED = 5, NEARLY_FULL = 8 };

void link_notes_done(struct link_notes *n)
{
	buf_done(&n->last);
	free(n->app);
	*n = (struct link_notes){ 0 };
}

struct link_state link_notes_state(const struct link_notes *n, int live)
{
	struct link_state s = n->counts;

	s.live = live;
	s.alarm = n->alarm != NULL ? n->alarm->word : NULL;
	s.advice = n->alarm != NULL ? n->alarm->advice : NULL;
	s.last = n->last.text != NULL ? n->last.text : "";
	return s;
}

/* --- attempts in vain -------------------------------------------------------------------------- */

void link_note_in_vain(struct link_notes *n, int64_t socket, const char *words)
{
	buf_empty(&n->last);
	buf_add(&n->last, words);
	n->counts.failed++;
	log_warn("link: an attempt was in vain socket=%lld: %s", (long long)socket, words);
}

void link_note_over(int64_t socket, int64_t silent_ms, const char *words)
{
	if (silent_ms >= LINK_SILENT_MS)
		log_warn("link: given up, it answers no ping socket=%lld silent_ms=%lld: %s",
			(long long)socket, (long long)silent_ms, words);
	else
		log_info("link: over socket=%lld: %s", (long long)socket, words);
}

static const char *gave_up_on(enum place_state was)
{
	switch (was) {
	case PLACE_ASKING: return "no URL came in time";
	case PLACE_DIALING: return "no TCP, TLS or websocket handshake in time";
	case PLACE_GREETING: return "no hello came in time";
	case PLACE_LIVE:
	case PLACE_LEAVING: return "it does not answer pings any more, or was to be gone";
	case PLACE_CLOSING: return "the close frame was not answered";
	default: return "";
	}
}

void link_note_killed(struct link_notes *n, int64_t socket, enum place_state was, bool stopping)
{
	if (stopping || was == PLACE_LEAVING || was == PLACE_CLOSING)
		log_debug("link: ended socket=%lld: %s", (long long)socket, gave_up_on(was));
	else if (was == PLACE_LIVE)
		log_warn("link: given up socket=%lld: %s", (long long)socket, gave_up_on(was));
	else
		link_note_in_vain(n, socket, gave_up_on(was));
}

void link_note_no_url(struct link_notes *n, int64_t ticket, const struct link_answer *got)
{
	struct buf text = { 0 };

	buf_printf(&text, "no URL: %.80s", got->error != NULL ? got->error : "no answer");
	if (got->words != NULL)
		buf_printf(&text, " (%.160s)", got->words);
	link_note_in_vain(n, ticket, text.text);
	buf_done(&text);
}

void link_note_alarm(struct link_notes *n, const struct alarm *alarm)
{
	if (alarm != NULL && n->alarm != alarm)
		log_error("link: no connection, %s: %s", alarm->word, alarm->advice);
	if (alarm == NULL && n->alarm != NULL)
		log_info("link: %s is over", n->alarm->word);
	n->alarm = alarm;
}

/* --- frames ------------------------------------------------------------------------------------ */

static void note_crowd(const struct hello *h)
{
	static const char words[] =
		"link: Slack counts %lld connections of this app, of 10 that it may have";

	if (h->connections >= NEARLY_FULL)
		log_error(words, (long long)h->connections);
	else if (h->connections >= CROWDED)
		log_warn(words, (long long)h->connections);
}

/* All connections are of one token, so of one app; that of another one would bring another app's events. */
static void note_app(struct link_notes *n, const char *app)
{
	if (app == NULL)
		return;
	if (n->app == NULL && (n->app = strdup(app)) == NULL)
		abort();
	if (strcmp(n->app, app) != 0)
		log_error("link: this connection is of the app %.40s, earlier ones were of %.40s: "
			  "see that SLACK_APP_TOKEN is that app's, and start again",
			app, n->app);
}

void link_note_hello(struct link_notes *n, int64_t socket, const struct hello *h)
{
	n->counts.num_connections = h->connections;
	n->counts.hellos++;
	buf_empty(&n->last);
	log_info("link: hello socket=%lld app=%.40s connections=%lld lifetime_s=%lld",
		(long long)socket, h->app != NULL ? h->app : "none", (long long)h->connections,
		(long long)h->lifetime_s);
	note_crowd(h);
	note_app(n, h->app);
}

void link_note_unreadable(struct link_notes *n, int64_t socket, size_t len)
{
	n->counts.unreadable++;
	log_warn("link: a frame cannot be read socket=%lld bytes=%zu", (long long)socket, len);
}

void link_note_too_large(struct link_notes *n, int64_t socket)
{
	n->counts.too_large++;
	log_warn(
		"link: a message of more than 4 MiB is passed over socket=%lld", (long long)socket);
}

void link_note_binary(struct link_notes *n, int64_t socket)
{
	n->counts.binary++;
	log_warn("link: a binary message is passed over socket=%lld", (long long)socket);
}
