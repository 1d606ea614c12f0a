/* A redaction is out of sight at once; its copies are found bit by bit, by one daemon of several, also when one is killed at it. */
import assert from 'node:assert/strict';
import { story, until } from './box.mjs';

const WORD = 'kwswordfish', FILLER = 30000, EACH = 250;
let place, channel, incident;

const say = (text, more = {}) => place.tell('say', { user: 'ann', channel, text, ...more });
const act = (verb, more) => place.tell('act', { verb, user: 'ann', channel, ...more });
const tsOf = (text) => until(text, () => place.postgres.value(`select ts from entry where text = '${text}' and ts is not null`));
const whispers = (text) => place.postgres.value(`select count(*) from outbox where method = 'chat.postEphemeral' and position('${text}' in body) > 0`);
const sweep = async () => (await place.postgres.rows('select * from sweep order by id desc limit 1'))[0];

/* A reply with all that a message may have, shown in the channel as well, and more that shows it. */
async function muchIsSaid() {
	await say('a question', { user: 'bob' });
	const parent = await tsOf('a question');
	await say(`${WORD} at first`, { thread_ts: parent, broadcast: true, files: [{ id: 'F0KEY', name: `${WORD}.txt`, mimetype: 'text/plain', size: 5 }] });
	const ts = await tsOf(`${WORD} at first`);

	await act('edit', { ts, text: `${WORD} then` });
	await act('pin', { ts });
	await act('react', { ts, user: 'bob', name: 'hammer' });
	await place.tell('shortcut', { user: 'ann', channel, ts, callback_id: 'unknown_to_us' });
	await say('and an answer', { user: 'bob', thread_ts: parent });
	await place.settled();
	return ts;
}

/* So many frames that it takes a while; in some of them the message is shown. */
async function muchIsKept(ts) {
	await place.postgres.change(`insert into inbox (key, kind, frame, received_at, state) select 'filler-' || i, 'message',
		jsonb_build_object('channel', '${channel}', 'padding', repeat('x', 1000), 'messages',
			case when i % ${EACH} = 0 then jsonb_build_array(jsonb_build_object('ts', '${ts}', 'user', 'U0ANN', 'text', '${WORD}')) else '[]' end)::text,
		now(), 'done' from generate_series(1, ${FILLER}) i`);
	assert.ok((await place.columnsWith(WORD)).length >= 6);
}

async function redactFromTheMenu(ts) {
	const had = await whispers('The message is out of the record'), shown = async () => (await place.tell('dump')).views.U0ANN?.length ?? 0;

	await place.tell('shortcut', { user: 'ann', channel, ts, callback_id: 'redact_message' });
	await until('the form', async () => await shown() === 1);
	await place.tell('submit', { user: 'ann', values: { why: 'a key' } });
	await until('the first word', async () => await whispers('The message is out of the record') === had + 1, 60000, 20);
}

/* Nobody comes past the frame in the middle until the daemon is dead: no sweep is over before. */
async function killedInTheMiddle(ts) {
	await place.postgres.change(`create function barred() returns trigger language plpgsql as $$ begin perform pg_sleep(600); return new; end $$;
		create trigger barred before update on inbox for each row when (old.key = 'filler-${FILLER / 2}') execute function barred()`);
	await redactFromTheMenu(ts);
	const { frame_last: last } = await until('the sweep to be under way', async () => {
		const now = await sweep();
		return now.frame_at > 0 && now;
	}, 60000, 5);
	await place.daemon.end('SIGKILL');
	const now = await sweep();

	assert.equal(now.complete_at, null, 'it is in the middle');
	assert.ok(now.frame_at < last, `${now.frame_at} of ${last}`);
	for (const name of ['entry', 'revision', 'file', 'action', 'incident'])
		assert.deepEqual((await place.columnsWith(WORD)).filter(({ found }) => found.startsWith(`${name}.`)), [], `${name} has it no more`);
	assert.ok((await place.columnsWith(WORD)).some(({ found }) => found === 'inbox.frame'), 'frames have it yet');
	assert.equal(await whispers('Done: '), 0);
	place.more.DATABASE_URL = place.postgres.url;
	const early = await place.ctl('replay', '--from', place.postgres.url);
	assert.equal(early.code, 1);
	assert.match(early.stderr, /not gone from all that was kept yet/);
	await place.postgres.change('drop trigger barred on inbox');
}

async function twoGoOn() {
	const is = () => sweep().then((s) => s.complete_at !== null);

	place.startDaemon();
	place.startDaemon();
	await place.connected(4);
	await until('the sweep to be complete', is);
	await until('who asked to be told', async () => await whispers('Done: ') === 1);
	await place.settled();
	const done = await sweep();
	assert.deepEqual([done.texts, done.names, Number(done.frame_at)], [null, null, Number(done.frame_last)]);
	assert.ok(done.frames >= FILLER / EACH, `${done.frames} frames`);
	await place.nowhere(incident, WORD);
	assert.equal(await place.postgres.value(`select count(*) from inbox where key like 'filler-%' and frame like '%"user"%'`), FILLER / EACH, 'who said it stays');
	const [left] = await place.postgres.rows(`select thread_ts is not null as reply, broadcast, pinned, edited_at is not null as edited, text from entry where redacted_by = 'U0ANN' and kind = 'message'`);
	assert.deepEqual(left, { reply: true, broadcast: true, pinned: true, edited: true, text: '' });
}

/* Both daemons are at it as well. */
async function fromTheMachine() {
	await say(`${WORD} again`);
	const ts = await tsOf(`${WORD} again`);
	const got = await place.ctl('redact', String(incident), ts, '--reason', 'again', '--by', 'the operator');

	assert.equal(got.code, 0, got.stderr);
	assert.match(got.stdout, /^entry \d+ \(message\): the text of 1 entry, .* 1 raw frame, 0 calls, 0 copies elsewhere$/m);
	await place.nowhere(incident, WORD);
}

async function madeAgain() {
	const here = place.postgres;

	await here.change(`delete from inbox where key like 'filler-%'`);
	await here.change('create database again');
	place.more.DATABASE_URL = here.url.replace('///postgres?', '///again?');
	place.postgres = Object.assign(Object.create(here), { url: place.more.DATABASE_URL });
	const got = await place.ctl('replay', '--from', here.url);
	assert.equal(got.code, 0, got.stderr);
	assert.equal(await place.postgres.value(`select count(*) from entry where redacted_at is not null`), 3, 'two messages, and the action made of one');
	await place.nowhere(incident, WORD);
	place.postgres = here;
}

await story('copies of what was redacted are found, whoever dies at it', async (here) => {
	place = here;
	place.more = { INCIDENTD_RECORD_ACTION_REACTIONS: 'hammer', INCIDENTD_ADMINS: 'U0ANN' };
	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	for (const name of ['ann', 'bob'])
		await place.tell('person', { id: `U0${name.toUpperCase()}`, name, real_name: name });
	place.startDaemon();
	await place.ready();
	await place.connected();
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });
	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'declare Keys are out' });
	({ id: incident, channel } = await place.incident('Keys are out'));
	await place.settled();
	await act('invite', { who: 'bob' });
	const ts = await muchIsSaid();
	await muchIsKept(ts);
	await killedInTheMiddle(ts);
	await twoGoOn();
	await fromTheMachine();
	assert.deepEqual(await place.postgres.rows(`select key, error from inbox where state = 'failed'`), []);
	await place.endDaemon();
	assert.equal(await place.lives[1].end('SIGTERM'), 0);
	await madeAgain();
	await place.sound([WORD]);
});
