/* All that was kept, run again into an empty database, gives the same reports; and nothing of it is sent. */
import assert from 'node:assert/strict';
import { story, until } from './box.mjs';

let place, channel;

const say = (text, more = {}) => place.tell('say', { user: 'ann', channel, text, ...more });
const act = (verb, more) => place.tell('act', { verb, user: 'ann', channel, ...more });
const command = (text, user = 'ann') => place.tell('command', { user, channel, text });
const tsOf = (text) => place.postgres.value(`select ts from entry where text = '${text}' and ts is not null`);

async function said(text, more) {
	await say(text, more);
	return until(text, () => tsOf(text));
}

/* A form with a mistake first, and something else declared before it is put right. */
async function declareByForm() {
	await place.tell('command', { user: 'ann', channel: 'incidents', text: '' });
	await place.settled();
	await place.tell('submit', { user: 'ann', values: { title: '   ', severity: 'p2' } });
	await place.settled();
	await place.tell('command', { user: 'bob', channel: 'incidents', text: 'declare Said in between' });
	await place.settled();
	await place.tell('submit', { user: 'ann', values: { title: 'By a form', severity: 'p2', summary: 'it <fails> & "burns"' } });
	({ channel } = await place.incident('By a form'));
	await place.settled();
}

async function muchHappens() {
	await act('invite', { who: 'bob' });
	const first = await said('first message');
	const gone = await said('to be deleted');
	const parent = await said('a parent');

	await say('a reply', { user: 'bob', thread_ts: parent });
	await say('a broadcast reply', { user: 'bob', thread_ts: parent, broadcast: true });
	await act('edit', { ts: first, text: 'first message, edited' });
	await act('edit', { ts: first, text: 'first message, edited twice' });
	await act('react', { ts: first, name: 'eyes' });
	await act('react', { user: 'bob', ts: first, name: 'hammer' });
	await act('react', { user: 'bob', ts: parent, name: 'pushpin' });
	await act('unreact', { ts: first, name: 'eyes' });
	await act('pin', { ts: parent });
	await act('delete', { ts: gone });
	await act('delete', { ts: parent });
	await act('bot', { username: 'alerts', bot_id: 'B0ALERTS', text: 'disk is full' });
	await say('with a file', { files: [{ id: 'F0LOG', name: 'log.txt', mimetype: 'text/plain', size: 3 }] });
	await act('topic', { text: 'new topic' });
	await place.settled();
}

/* What is said while nobody listens is read from Slack's history, in pages of a few messages: those are kept as well. */
async function somethingIsMissed() {
	const [ts, gone] = [await said('before the outage'), await said('deleted in the outage')];
	const parent = await said('a long thread');

	await say('a first reply', { thread_ts: parent });
	await act('react', { user: 'bob', ts, name: 'tada' });
	await act('pin', { ts });
	await place.settled();
	await place.daemon.end('SIGKILL');
	await place.tell('fault', { kind: 'events_off' }); /* it tells nothing of it afterwards */
	for (let i = 0; i < 30; i++)
		await say(`said in the outage ${i}`, i % 2 ? { thread_ts: parent } : {});
	await act('edit', { ts, text: 'before the outage, edited in it' });
	await act('unreact', { user: 'bob', ts, name: 'tada' });
	await act('unpin', { ts });
	await act('react', { user: 'bob', ts: parent, name: 'pushpin' });
	await act('delete', { ts: gone });
	await place.tell('fault', { kind: 'events_off', on: false });
	await place.tell('limits', { scale: 0, outsider: true, minute_ms: 50 });
	await onceMore();
	/* What is there already is read again. */
	await place.daemon.end('SIGKILL');
	await onceMore();
	/* Of that a page keeps no words: those that it taught were kept before. */
	for (const text of ['said in the outage 2"', 'said in the outage 3"'])
		assert.equal(await place.postgres.value(`select count(*) from inbox where kind = 'answer' and frame like '%"text":"${text}%'`), 1, text);
	await place.tell('limits', { scale: 0 });
}

async function onceMore() {
	const watches = () => place.postgres.value('select count(*) from watch');
	const before = await watches();

	place.startDaemon();
	await place.ready();
	await until('a watch', async () => await watches() > before);
	await until('readings', async () => await place.postgres.value(`select count(*) from recovery where complete_at >= (select max(began_at) from watch)`) > 0, 90000);
	await until('their end', async () => await place.postgres.value(`select count(*) from recovery where state = 'reading'`) === 0, 90000);
	await place.settled(120000);
}

async function muchIsChanged() {
	for (const text of ['severity p1', 'lead @bob', 'title Another title', 'impact all of it', 'note yesterday 10:00 it began', 'started yesterday 09:55',
		'action Look at it @bob', 'action done 1', 'update we are on it', 'status identified', 'nonsense', 'resolve turned it off', 'reopen it was not that',
		'resolve turned it on again']) {
		await command(text);
		await place.settled();
	}
	const other = await place.incident('Said in between');
	await place.tell('command', { user: 'bob', channel: other.channel, text: 'cancel it was none' }); /* how long an open one runs depends on now */
	await say('@incidentd action by mention');
	await place.settled();
	await place.tell('command', { user: 'bob', channel: 'incidents', text: 'report-only Of last week' });
	await place.settled();
}

/*
 * Nothing may differ but the moment of the report, which ends a hole that goes on, and the numbers of entries: one that was tried in vain
 * takes a number too.
 */
function without(value, now) {
	if (Array.isArray(value))
		return value.map((v) => without(v, now));
	if (value === null || typeof value !== 'object')
		return value === now ? 'now' : value;
	const left = (name) => !(name === 'id' && 'provenance' in value);
	return Object.fromEntries(Object.entries(value).filter(([name]) => left(name)).map(([name, v]) => [name, without(v, now)]));
}

async function report(id) {
	const got = await place.ctl('report', String(id), '--format', 'json');

	assert.equal(got.code, 0, got.stderr);
	const told = JSON.parse(got.stdout);
	return without(told, told.made_at);
}

async function reports() {
	const all = [];

	for (let id = 1; id <= 3; id++)
		all.push(await report(id));
	return all;
}

/* From here on incidentctl looks at another database of the same server. */
async function elsewhere(name) {
	await place.postgres.change(`create database ${name}`);
	place.more.DATABASE_URL = place.postgres.url.replace('///postgres?', `///${name}?`);
	return Object.assign(Object.create(place.postgres), { url: place.more.DATABASE_URL });
}

async function replayed() {
	/* That nobody watches is a hole after some seconds: in both from here on. */
	await until('the last hole', async () => (await reports()).every((r) => r.coverage.holes.some((h) => h.to === 'now')), 90000);
	const before = await reports();
	const held = before.map((r) => r.coverage);

	assert.ok(before.some((r) => r.timeline.length > 20), `there is something to compare: ${before.map((r) => r.timeline.length)}`);
	assert.ok(held.some((c) => c.recovered >= 30 && c.deleted >= 3 && c.holes.length >= 3 && c.complete_at && c.whole_at), `coverage: ${JSON.stringify(held)}`);
	const there = await elsewhere('again');
	const got = await place.ctl('replay', '--from', place.postgres.url);

	assert.equal(got.code, 0, got.stderr);
	assert.match(got.stdout, /^ok: \d+ were run, 0 failed$/m);
	const after = await reports();
	for (const [i, one] of before.entries())
		assert.deepEqual(after[i], one, `incident ${i + 1}`);
	const again = await place.ctl('replay', '--from', place.postgres.url);
	assert.equal(again.code, 1);
	assert.match(again.stderr, /incidents here already/);
	return there;
}

/* A daemon on the new database finds nothing to do in Slack but to ask: who it is, for a place (which leaves no row), for the emoji. */
async function nothingIsSent(there) {
	const slack = async () => (await place.tell('dump')).channels.map((c) => [c.name, c.messages.length, c.pins.length, c.topic]);
	const was = await slack();

	place.startDaemon();
	await place.ready();
	await until('its first calls', async () => await there.value(`select count(*) from outbox where state = 'done' and method = 'emoji.list'`) === 1
		&& await there.value(`select count(*) from outbox where state = 'waiting'`) === 0);
	/* It reads the channels again, as any daemon does that begins. */
	assert.deepEqual(await there.rows(`select distinct method from outbox where attempts > 0
		and method not in ('conversations.history', 'conversations.replies') order by 1`), [{ method: 'emoji.list' }]);
	assert.deepEqual(await slack(), was);
	await place.endDaemon();
}

/* Frames go after some time: what is left keeps its numbers. */
async function theFirstFramesAreGone() {
	await place.postgres.change(`delete from inbox where id <= (select min(id) from inbox where frame like '%By a form%') and kind <> 'answer'
		and frame like '%Said in between%'`);
	await elsewhere('later');
	const got = await place.ctl('replay', '--from', place.postgres.url);
	const list = await place.ctl('report', '2', '--format', 'json');

	assert.equal(JSON.parse(list.stdout).incident.title, 'Another title', got.stderr);
}

await story('a record is made again of what was kept', async (here) => {
	place = here;
	place.more = { INCIDENTD_RECORD_ACTION_REACTIONS: 'hammer' };
	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	await place.tell('person', { id: 'U0BOB', name: 'bob', real_name: 'Bob Okafor' });
	place.startDaemon();
	await place.ready();
	await place.connected();
	for (const user of ['ann', 'bob'])
		await place.tell('act', { verb: 'join', user, channel: 'incidents' });
	await declareByForm();
	await muchHappens();
	await somethingIsMissed();
	await muchIsChanged();
	const id = await place.postgres.value(`select id from incident where title = 'Another title'`);
	const redacted = await place.ctl('redact', String(id), await tsOf('with a file'), '--reason', 'a test', '--by', 'me');
	assert.equal(redacted.code, 0, redacted.stderr);
	assert.deepEqual(await place.postgres.rows(`select key, error from inbox where state = 'failed'`), []);
	await place.endDaemon();
	await nothingIsSent(await replayed());
	await theFirstFramesAreGone();
	await place.sound([]);
});
