#include "event.h"
#include "recorded.h"

static struct event frame(const char *name)
{
	struct buf text = recorded("frame", name);
	struct event ev = { 0 };
	struct fail why = { 0 };

	CHECK(event_read(text.text, text.len, &ev, &why));
	buf_done(&text);
	return ev;
}

static struct event said_bytes(const char *json, size_t len)
{
	struct event ev = { 0 };
	struct fail why = { 0 };

	CHECK(event_read(json, len, &ev, &why));
	return ev;
}

static struct event said(const char *json)
{
	return said_bytes(json, strlen(json));
}

static void is_refused(const char *json, size_t len)
{
	struct event ev = { .retry = 77 };
	struct fail why = { 0 };

	CHECK(!event_read(json, len, &ev, &why));
	CHECK(why.kind == FAIL_REFUSED && why.text[0] != '\0');
	CHECK(ev.retry == 77 && ev.raw == NULL);
}

static void a_hello_and_a_disconnect_need_no_envelope(void)
{
	struct event ev = frame("hello");

	CHECK(ev.kind == EVENT_HELLO && ev.envelope == NULL);
	CHECK_TEXT(ev.type, "hello");
	CHECK(ev.as.hello.connections == 2 && ev.as.hello.lifetime_s == 18060);
	CHECK_TEXT(ev.as.hello.app, "A7LANTERN");
	CHECK_TEXT(ev.as.hello.host, "applink-harbour-7");
	event_done(&ev);

	ev = frame("disconnect_warning");
	CHECK(ev.kind == EVENT_DISCONNECT && ev.envelope == NULL);
	CHECK_TEXT(ev.as.disconnect.reason, "warning");
	event_done(&ev);

	ev = frame("disconnect_too_many");
	CHECK_TEXT(ev.as.disconnect.reason, "too_many_websockets");
	event_done(&ev);

	ev = said("{\"type\":\"disconnect\",\"reason\":7}");
	CHECK(ev.kind == EVENT_DISCONNECT && ev.as.disconnect.reason == NULL);
	event_done(&ev);
}

static void a_command_is_read_as_it_was_meant(void)
{
	struct event ev = frame("slash");
	const struct slash *s = &ev.as.slash;

	CHECK(ev.kind == EVENT_SLASH);
	CHECK_TEXT(ev.envelope, "5b0f6c1e-77aa-4f2d-9c3e-000000000001");
	CHECK_TEXT(ev.type, "slash_commands");
	CHECK_TEXT(ev.key, "slash:7001.8001.aa11");
	CHECK_TEXT(ev.team, "T7HARBOUR1");
	CHECK_TEXT(s->command, "/incident");
	CHECK_TEXT(s->text, "declare “pumps stand still” it’s <@U7JONAS|jonas> &amp; the quay");
	CHECK_TEXT(s->user, "U7MARTA");
	CHECK_TEXT(s->channel, "C7BRIDGE01");
	CHECK_TEXT(s->channel_name, "bridge");
	CHECK_TEXT(s->trigger, "7001.8001.aa11");
	event_done(&ev);
}

static void a_message_is_read(void)
{
	struct event ev = frame("message");
	const struct message *m = &ev.as.message;

	CHECK(ev.kind == EVENT_MESSAGE && ev.retry == 0);
	CHECK_TEXT(ev.type, "message");
	CHECK_TEXT(ev.key, "event:T7HARBOUR1:Ev7A001");
	CHECK_TEXT(ev.self, "U7LANTERN");
	CHECK_TEXT(ev.app, "A7LANTERN");
	CHECK_TEXT(m->text, "the crane is moving again");
	CHECK_TEXT(m->channel, "C7BRIDGE01");
	CHECK_TEXT(m->user, "U7MARTA");
	CHECK_TEXT(m->ts, "1791200000.000100");
	CHECK_TEXT(m->event_ts, "1791200000.000100");
	CHECK_TEXT(m->channel_type, "channel");
	CHECK(m->subtype == NULL && m->bot == NULL && m->app == NULL && m->thread == NULL);
	event_done(&ev);

	ev = frame("message_thread");
	CHECK_TEXT(ev.as.message.thread, "1791200000.000100");
	event_done(&ev);
	ev = frame("message_broadcast");
	CHECK_TEXT(ev.as.message.subtype, "thread_broadcast");
	event_done(&ev);
	ev = frame("message_file");
	CHECK_TEXT(ev.as.message.subtype, "file_share");
	event_done(&ev);
	ev = frame("message_me");
	CHECK_TEXT(ev.as.message.text, "is on the way");
	event_done(&ev);
}

static void a_bots_message_says_whose_it_is(void)
{
	struct event ev = frame("message_bot");

	CHECK(ev.as.message.user == NULL && ev.as.message.app == NULL);
	CHECK_TEXT(ev.as.message.bot, "B7TIDE");
	CHECK_TEXT(ev.as.message.bot_name, "tide gauge");
	event_done(&ev);

	ev = frame("message_app");
	CHECK_TEXT(ev.as.message.user, "U7LANTERN");
	CHECK_TEXT(ev.as.message.bot, "B7LANTERN");
	CHECK_TEXT(ev.as.message.bot_name, "lantern");
	CHECK_TEXT(ev.as.message.app, "A7LANTERN");
	event_done(&ev);
}

static void an_edit_says_what_was_there_before(void)
{
	struct event ev = frame("message_changed");
	const struct change *c = &ev.as.change;

	CHECK(ev.kind == EVENT_CHANGE && c->has_before && !c->now.tombstone);
	CHECK_TEXT(c->at, "1791200011.000600");
	CHECK_TEXT(c->now.channel, "C7BRIDGE01");
	CHECK_TEXT(c->now.ts, "1791200000.000100");
	CHECK_TEXT(c->now.text, "the crane moves");
	CHECK_TEXT(c->now.edited, "1791200011.000000");
	CHECK_TEXT(c->now.edited_by, "U7MARTA");
	CHECK_TEXT(c->before.channel, "C7BRIDGE01");
	CHECK_TEXT(c->before.text, "the crane");
	CHECK(c->before.edited == NULL);
	event_done(&ev);
}

static void a_deletion_says_what_was_there(void)
{
	struct event ev = frame("message_deleted");
	const struct deletion *d = &ev.as.deletion;

	CHECK(ev.kind == EVENT_DELETE && d->has_before);
	CHECK_TEXT(d->channel, "C7BRIDGE01");
	CHECK_TEXT(d->ts, "1791200000.000100");
	CHECK_TEXT(d->at, "1791200012.000700");
	CHECK_TEXT(d->before.text, "the crane");
	event_done(&ev);
}

static void a_null_team_and_a_retry_are_fine(void)
{
	struct event ev = frame("message_retried");

	CHECK(ev.kind == EVENT_MESSAGE && ev.team == NULL && ev.retry == 2);
	CHECK_TEXT(ev.key, "event::Ev7A002");
	event_done(&ev);
}

static void a_mention_is_read(void)
{
	struct event ev = frame("mention");

	CHECK(ev.kind == EVENT_MENTION && ev.as.message.channel_type == NULL);
	CHECK_TEXT(ev.as.message.text, "<@U7LANTERN> status");
	CHECK_TEXT(ev.as.message.thread, "1791200000.000100");
	event_done(&ev);
}

static void a_person_has_a_name_to_be_called_by(void)
{
	struct event ev = frame("user_change");
	const struct known_person *p = &ev.as.person;

	CHECK(ev.kind == EVENT_PERSON && !p->is_bot && !p->deleted && !p->restricted);
	CHECK_TEXT(p->id, "U7JONAS");
	CHECK_TEXT(p->team, "T7HARBOUR1");
	CHECK_TEXT(p->name, "jonas.k");
	CHECK_TEXT(p->real_name, "Jonas Keel");
	CHECK_TEXT(p->display_name, "jonas");
	event_done(&ev);

	ev = frame("team_join");
	CHECK(p->is_bot && p->deleted && p->restricted);
	CHECK_TEXT(p->real_name, "The Pilot");
	CHECK_TEXT(p->display_name, "The Pilot");
	event_done(&ev);
}

static void a_press_is_read(void)
{
	struct event ev = frame("press_button");
	const struct press *p = &ev.as.press;

	CHECK(ev.kind == EVENT_PRESS && p->view == NULL);
	CHECK_TEXT(ev.type, "block_actions");
	CHECK_TEXT(ev.key, "press:7002.8001.bb22:resolve:1791200019.314159");
	CHECK_TEXT(ev.team, "T7HARBOUR1");
	CHECK_TEXT(p->action, "resolve");
	CHECK_TEXT(p->value, "inc-12");
	CHECK_TEXT(p->block, "act1");
	CHECK_TEXT(p->user, "U7MARTA");
	CHECK_TEXT(p->channel, "C7BRIDGE01");
	CHECK_TEXT(p->message_ts, "1791200000.000100");
	CHECK_TEXT(p->trigger, "7002.8001.bb22");
	event_done(&ev);

	ev = frame("press_select");
	CHECK_TEXT(ev.team, "T7HARBOUR1");
	CHECK_TEXT(p->value, "sev1");
	CHECK_TEXT(p->channel, "C7BRIDGE01");
	event_done(&ev);

	ev = frame("press_in_view");
	CHECK_TEXT(p->value, "U7JONAS");
	CHECK_TEXT(p->view, "V7FORM");
	CHECK(strcmp(p->channel, p->user) == 0 && p->message_ts == NULL);
	event_done(&ev);
}

static void a_form_is_read(void)
{
	static const struct field WANT[] = {
		{ "title", "Pumps stand still", false },
		{ "summary", NULL, false },
		{ "level", "sev2", false },
		{ "nothing", NULL, false },
		{ "lead", "U7JONAS", false },
		{ "where", "C7BRIDGE01", false },
		{ "talk", "G7TALK", false },
		{ "day", "2026-10-06", false },
		{ "hour", "07:30", false },
		{ "when", "1791200040", false },
		{ "services", "pumps quay", false },
		{ "people", "U7MARTA U7JONAS", false },
		{ "none", NULL, false },
		{ "bare", NULL, true },
	};
	struct event ev = frame("submit");
	const struct submit *s = &ev.as.submit;

	CHECK(ev.kind == EVENT_SUBMIT);
	CHECK_TEXT(ev.key, "submit:V7FORM:1791200022.h4sh");
	CHECK_TEXT(s->user, "U7MARTA");
	CHECK_TEXT(s->callback, "declare");
	CHECK_TEXT(s->metadata, "inc-12");
	CHECK_TEXT(s->view, "V7FORM");
	CHECK_TEXT(s->hash, "1791200022.h4sh");
	CHECK_TEXT(s->trigger, "7005.8001.ee55");
	CHECK(s->count == (int)(sizeof(WANT) / sizeof(WANT[0])));
	for (int i = 0; i < s->count; i++) {
		CHECK_TEXT(s->fields[i].block, WANT[i].block);
		if (WANT[i].value == NULL)
			CHECK(s->fields[i].value == NULL);
		else
			CHECK_TEXT(s->fields[i].value, WANT[i].value);
		CHECK(s->fields[i].as_shown == WANT[i].as_shown);
	}
	event_done(&ev);
}

/* In Slack's own menu there is no message, and no channel but the person. */
static void a_shortcut_without_a_message_is_read(void)
{
	struct event ev = frame("shortcut");

	CHECK(ev.kind == EVENT_SHORTCUT && ev.as.shortcut.message.ts == NULL);
	CHECK_TEXT(ev.as.shortcut.channel, ev.as.shortcut.user);
	CHECK_TEXT(ev.key, "interactive:7006.8001.ff66");
	event_done(&ev);
}

static void what_nobody_acts_on_is_other(void)
{
	static const char *const NAMES[] = { "view_closed", "unknown_type" };
	static const char *const KEYS[] = { "envelope:5b0f6c1e-77aa-4f2d-9c3e-000000000021",
		"envelope:5b0f6c1e-77aa-4f2d-9c3e-000000000023" };
	static const char *const TYPES[] = { "view_closed", "carrier_pigeon" };

	for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++) {
		struct event ev = frame(NAMES[i]);

		CHECK(ev.kind == EVENT_OTHER && ev.envelope != NULL);
		CHECK_TEXT(ev.key, KEYS[i]);
		CHECK_TEXT(ev.type, TYPES[i]);
		event_done(&ev);
	}
}

/* Each has an envelope to acknowledge, and lacks what its kind must have. */
static void what_lacks_a_must_is_unreadable_but_acknowledged(void)
{
	static const char *const REST[] = {
		"\"type\":\"events_api\"}",
		"\"type\":\"events_api\",\"payload\":null}",
		"\"type\":\"events_api\",\"payload\":[1]}",
		"\"type\":\"events_api\",\"payload\":{\"event\":\"x\"}}",
		"\"type\":\"events_api\",\"payload\":{\"event\":{\"type\":\"message\"}}}",
		"\"type\":\"events_api\",\"payload\":{\"event\":{\"type\":\"message\",\"ts\":\"1.2\","
		"\"channel\":{\"id\":\"C1\"}}}}",
		"\"type\":\"events_api\",\"payload\":{\"event\":{\"type\":\"user_change\",\"user\":\"U1\"}}}",
		"\"type\":\"events_api\",\"payload\":{\"event\":{\"type\":\"team_join\",\"user\":{}}}}",
		"\"type\":\"events_api\",\"payload\":{\"type\":\"event_callback\"}}",
		"\"type\":\"slash_commands\",\"payload\":{\"text\":\"help\"}}",
		"\"type\":\"slash_commands\"}",
		"\"type\":\"interactive\",\"payload\":\"{}\"}",
		"\"type\":\"interactive\",\"payload\":{\"type\":\"block_actions\",\"actions\":[]}}",
		"\"type\":\"interactive\",\"payload\":{\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},"
		"\"actions\":[]}}",
		"\"type\":\"interactive\",\"payload\":{\"type\":\"view_submission\",\"user\":{\"id\":"
		"\"U1\"},\"view\":{\"id\":\"V1\"}}}",
	};

	for (size_t i = 0; i < sizeof(REST) / sizeof(REST[0]); i++) {
		char json[600];
		struct event ev;
		int len = snprintf(json, sizeof(json), "{\"envelope_id\":\"e7\",%s", REST[i]);

		CHECK(len > 0 && (size_t)len < sizeof(json));
		ev = said(json);
		CHECK(ev.kind == EVENT_UNREADABLE);
		CHECK(ev.wrong.kind == FAIL_REFUSED && ev.wrong.text[0] != '\0');
		CHECK_TEXT(ev.envelope, "e7");
		CHECK_TEXT(ev.key, "envelope:e7");
		CHECK(ev.type != NULL);
		event_done(&ev);
	}
}

static void an_optional_member_of_another_type_is_absent(void)
{
	struct event ev =
		said("{\"envelope_id\":\"e8\",\"type\":\"events_api\",\"retry_attempt\":\"two\","
		     "\"payload\":{\"team_id\":5,\"api_app_id\":[],\"event_id\":9,"
		     "\"authorizations\":{\"a\":1},\"event\":{\"type\":\"message\","
		     "\"channel\":\"C1\",\"ts\":\"1.2\",\"user\":{\"id\":\"U1\"},\"text\":null,"
		     "\"hidden\":\"no\",\"subtype\":false,\"event_ts\":1.5,\"bot_profile\":[]}}}");
	const struct message *m = &ev.as.message;

	CHECK(ev.kind == EVENT_MESSAGE && ev.retry == 0);
	CHECK(ev.team == NULL && ev.app == NULL && ev.self == NULL);
	CHECK(m->user == NULL && m->text == NULL && m->subtype == NULL);
	CHECK_TEXT(m->event_ts, "1.500000");
	CHECK_TEXT(ev.key, "message::C1:1.2::1.500000");
	event_done(&ev);

	ev = said(
		"{\"envelope_id\":\"e9\",\"type\":\"interactive\",\"payload\":{\"type\":"
		"\"view_submission\",\"user\":{\"id\":\"U1\"},\"trigger_id\":\"t9\",\"view\":{\"id\":"
		"\"V1\",\"callback_id\":\"c\",\"state\":{\"values\":[{\"a\":{\"value\":\"x\"}}]}}}}");
	CHECK(ev.kind == EVENT_SUBMIT && ev.as.submit.count == 0 && ev.as.submit.hash == NULL);
	CHECK_TEXT(ev.key, "interactive:t9");
	event_done(&ev);
}

static void a_press_without_its_time_is_known_by_its_trigger(void)
{
	struct event ev =
		said("{\"envelope_id\":\"e10\",\"type\":\"interactive\",\"payload\":{\"type\":"
		     "\"block_actions\",\"user\":{\"id\":\"U1\"},\"trigger_id\":\"t10\","
		     "\"actions\":[{\"action_id\":\"a\",\"value\":\"\"}]}}");

	CHECK(ev.kind == EVENT_PRESS && ev.as.press.value == NULL && ev.as.press.block == NULL);
	CHECK_TEXT(ev.key, "interactive:t10");
	event_done(&ev);
}

static void a_key_never_outgrows_the_index(void)
{
	struct buf json = { 0 };
	struct event ev;

	buf_add(&json,
		"{\"envelope_id\":\"e11\",\"type\":\"interactive\",\"payload\":{\"type\":\"x\","
		"\"trigger_id\":\"");
	for (int i = 0; i < 5000; i++)
		buf_add(&json, "t");
	buf_add(&json, "\"}}");
	ev = said(json.text);
	CHECK_TEXT(ev.key, "envelope:e11");
	event_done(&ev);
	buf_done(&json);
}

static void what_cannot_be_acknowledged_is_refused(void)
{
	static const char *const BAD[] = {
		"",
		"not JSON",
		"{",
		"null",
		"[]",
		"{}",
		"\"hello\"",
		"{\"type\":\"events_api\"}",
		"{\"type\":7,\"envelope_id\":\"e1\"}",
		"{\"envelope_id\":\"e1\"}",
		"{\"type\":\"slash_commands\",\"envelope_id\":null}",
		"{\"type\":\"slash_commands\",\"envelope_id\":\"\"}",
		"{\"type\":\"hello\"} and more",
	};
	struct buf deep = { 0 };

	for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++)
		is_refused(BAD[i], strlen(BAD[i]));
	is_refused("{\"type\":\"hello\"}\0", 17);
	buf_add(&deep, "{\"type\":\"events_api\",\"envelope_id\":\"e1\",\"payload\":");
	for (int i = 0; i < 100000; i++)
		buf_add(&deep, "[");
	is_refused(deep.text, deep.len);
	buf_done(&deep);
	is_refused("{\"type\":\"hello\",\x01\"a\":1}", 22);
}

static void an_event_may_be_done_twice(void)
{
	struct event ev = frame("message");

	event_done(&ev);
	event_done(&ev);
	event_done(NULL);
}

int main(void)
{
	a_hello_and_a_disconnect_need_no_envelope();
	a_command_is_read_as_it_was_meant();
	a_message_is_read();
	a_bots_message_says_whose_it_is();
	an_edit_says_what_was_there_before();
	a_deletion_says_what_was_there();
	a_null_team_and_a_retry_are_fine();
	a_mention_is_read();
	a_person_has_a_name_to_be_called_by();
	a_press_is_read();
	a_form_is_read();
	a_shortcut_without_a_message_is_read();
	what_nobody_acts_on_is_other();
	what_lacks_a_must_is_unreadable_but_acknowledged();
	an_optional_member_of_another_type_is_absent();
	a_press_without_its_time_is_known_by_its_trigger();
	a_key_never_outgrows_the_index();
	what_cannot_be_acknowledged_is_refused();
	an_event_may_be_done_twice();
	return 0;
}
