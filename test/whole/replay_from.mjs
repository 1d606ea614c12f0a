/* All that was kept, run again into an empty database, gives the same reports; and nothing of it is sent. */
import assert from 'node:assert/strict';
import { story, until } from './box.mjs';

/*
 * When something was written down, and when the report was: of the new database these are now. Readings and watches are not made again, so
 * what they say of holes differs, and the numbers of entries that they tried to add. Nothing else may differ.
 */
const OTHERWISE = ['recorded_at', 'made_at', 'complete_at', 'whole_at', 'reading', 'holes', 'open_holes'];
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

async function muchIsChanged() {
	for (const text of ['severity p1', 'lead @bob', 'title Another title', 'impact all of it', 'note 10:00 it began', 'started 09:55',
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

function without(value) {
	if (Array.isArray(value))
		return value.map(without);
	if (value === null || typeof value !== 'object')
		return value;
	const left = (name) => !OTHERWISE.includes(name) && !(name === 'id' && 'provenance' in value);
	return Object.fromEntries(Object.entries(value).filter(([name]) => left(name)).map(([name, v]) => [name, without(v)]));
}

async function report(id) {
	const got = await place.ctl('report', String(id), '--format', 'json');

	assert.equal(got.code, 0, got.stderr);
	return without(JSON.parse(got.stdout));
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

async function replayed(before) {
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

/* A daemon on the new database finds nothing to do in Slack but to say who it is. */
async function nothingIsSent(there) {
	const slack = async () => (await place.tell('dump')).channels.map((c) => [c.name, c.messages.length, c.pins.length, c.topic]);
	const was = await slack();

	place.startDaemon();
	await place.ready();
	await until('its first calls', async () => await there.value(`select count(*) from outbox where state = 'done' and error is null`) >= 2
		&& await there.value(`select count(*) from outbox where state = 'waiting'`) === 0);
	/* It reads the channels again, as any daemon does that begins. */
	assert.deepEqual(await there.rows(`select distinct method from outbox where attempts > 0
		and method not in ('conversations.history', 'conversations.replies') order by 1`), [{ method: 'auth.test' }, { method: 'conversations.join' }]);
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
	await muchIsChanged();
	const id = await place.postgres.value(`select id from incident where title = 'Another title'`);
	const redacted = await place.ctl('redact', String(id), await tsOf('with a file'), '--reason', 'a test', '--by', 'me');
	assert.equal(redacted.code, 0, redacted.stderr);
	assert.deepEqual(await place.postgres.rows(`select key, error from inbox where state = 'failed'`), []);
	await place.endDaemon();
	const before = await reports();
	assert.ok(before.some((r) => r.timeline.length > 20), `there is something to compare: ${before.map((r) => r.timeline.length)}`);
	await nothingIsSent(await replayed(before));
	await theFirstFramesAreGone();
	await place.sound([]);
});
