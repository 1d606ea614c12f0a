/* What is redacted is nowhere any more: not in any table, nor in a dump, a report or a log; and it does not come back. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { story, until } from './box.mjs';

/* As it stands in JSON, in mrkdwn and in a form, it is written in several ways. */
const WORD = 'swordfish7731';
const SAID = `the key is "${WORD}" & it <works> – \\o/`;
const EDITED = `sorry, it was ${WORD}-b`;
const ONLY = `${WORD}only`;
let place, channel, incident;

const say = (text, more = {}) => place.tell('say', { user: 'ann', channel, text, ...more });
const act = (verb, more) => place.tell('act', { verb, user: 'ann', channel, ...more });
const command = (text) => place.tell('command', { user: 'ann', channel, text });
const entries = (where) => place.postgres.rows(`select id::int, kind, ts, text, redacted_by, redacted_why, redacted_hash, edited_at, author
	from entry where incident = ${incident} and ${where} order by id`);

async function redact(...what) {
	const got = await place.ctl('redact', String(incident), ...what, '--reason', 'a key was pasted', '--by', 'the operator');

	assert.equal(got.code, 0, got.stderr);
	return got.stdout;
}

const hashOf = (text) => createHash('sha256').update(text).digest('hex');
const nowhere = (word) => place.nowhere(incident, word);

/* All that may be told of one message, and more that has the same word in it. */
async function muchIsSaid() {
	await say(SAID, { files: [{ id: 'F0KEY', name: `${WORD}.txt`, mimetype: 'text/plain', size: 5 }] });
	await place.settled();
	const [{ ts }] = await entries(`text like '%${WORD}%'`);

	await act('edit', { ts, text: EDITED });
	await act('pin', { ts });
	await act('react', { ts, name: 'hammer' });
	await place.settled(); /* its action is the first one */
	await say('what is it for?', { user: 'bob', thread_ts: ts, broadcast: true });
	await place.tell('shortcut', { user: 'ann', channel, ts, callback_id: 'unknown_to_us' });
	await command(`note yesterday 10:00 ${WORD} was pasted: "rotate" it & soon`);
	await command(`action Rotate ${WORD} @bob`);
	await say(`@incidentd note by mention ${WORD}`);
	await say(ONLY);
	await place.settled();
	return ts;
}

async function oneByOne(ts) {
	const frames = await place.postgres.rows(`select key, frame, received_at from inbox where position('${WORD}' in frame) > 0 order by id`);
	const permalink = `https://slackbox.example/archives/${channel}/p${ts.replace('.', '')}?thread_ts=${ts}&cid=${channel}`;

	assert.ok(frames.length >= 8, `${frames.length} frames have the word`);
	assert.match(await redact(permalink), /^entry \d+ \(message\): the text of 2 entries, \d+ earlier texts/);
	for (const { id } of await entries(`ts is null and text like '%${WORD}%'`))
		if ((await entries(`id = ${id}`))[0].text.includes(WORD))
			await redact(String(id));
	const left = await entries(`text like '%${WORD}%'`);
	assert.deepEqual(left.map((e) => e.text), [ONLY], 'what was said by itself is for its own redaction');
	await redact(left[0].ts);
	return frames;
}

async function whatStays(ts) {
	const [message] = await entries(`ts = '${ts}'`);

	assert.equal(message.author, 'U0ANN');
	assert.equal(message.redacted_by, 'the operator');
	assert.equal(message.redacted_why, 'a key was pasted');
	assert.ok(message.edited_at !== null);
	assert.equal(message.redacted_hash, hashOf(EDITED), 'of the text that it had last, as Slack wrote it');
	assert.equal((await entries(`redacted_hash = '${hashOf(ONLY)}'`)).length, 1);
	const told = await entries(`kind = 'redacted'`);
	assert.ok(told.some((e) => e.text === 'a message of <@U0ANN>: a key was pasted'), JSON.stringify(told));
	const actions = await place.postgres.rows(`select text, assignee, source is not null as reacted from action where incident = ${incident} order by id`);
	assert.deepEqual(actions, [{ text: '[redacted]', assignee: null, reacted: true }, { text: '[redacted]', assignee: 'U0BOB', reacted: false }]);
	const frames = await place.postgres.value(`select count(*) from inbox where frame = ''`);
	assert.equal(frames, 0, 'frames are scrubbed, not dropped');
}

/* The same events again, as from a connection that was half dead: some are known, of the others the row was deleted since. */
async function itIsToldAgain(frames, ts) {
	const told = [];

	for (const [i, { key, frame }] of frames.entries()) {
		const again = JSON.parse(frame);

		if (again.type === 'slash_commands')
			continue;
		if (i % 2 === 0)
			await place.postgres.change(`delete from inbox where key = '${key.replaceAll(`'`, `''`)}'`);
		again.envelope_id = `again-${i}`;
		told.push(`an ack for the unknown envelope again-${i}`);
		await place.tell('envelope', { frame: again });
	}
	await place.settled();
	await act('edit', { ts, text: `${WORD} once more` });
	await act('unpin', { ts });
	await act('pin', { ts });
	await place.tell('shortcut', { user: 'ann', channel, ts, callback_id: 'unknown_to_us' });
	await say('and another', { user: 'bob', thread_ts: ts, broadcast: true });
	await act('react', { user: 'bob', ts, name: 'hammer' });
	await place.settled();
	return told;
}

const whispers = (text) => place.postgres.value(`select count(*) from outbox where method in ('chat.postEphemeral', 'response_url') and position('${text}' in body) > 0`);
const shown = async (user) => (await place.tell('dump')).views[user]?.length ?? 0;

/* From the message's menu: by who leads, or an administrator. */
async function fromTheMenu() {
	const text = `${WORD} from the menu`;
	await say(text, { files: [{ id: 'F0MENU', name: `${WORD}.pdf`, mimetype: 'application/pdf', size: 5 }] });
	await place.settled();
	const [{ id, ts }] = await entries(`text = '${text}'`);
	const choose = (user) => place.tell('shortcut', { user, channel, ts, callback_id: 'redact_message' });
	const send = (user, why) => place.tell('submit', { user, values: { why } });

	await act('edit', { ts, text: `${text}, edited` });
	await command(`note a copy: ${text}, edited`);
	await choose('ann');
	await place.settled();
	assert.equal(await shown('U0ANN'), 0);
	assert.equal(await whispers('Only who leads the incident'), 1);
	await command('lead @ann');
	await place.settled();
	await choose('ann');
	await choose('bob');
	await place.settled();
	assert.deepEqual([await shown('U0ANN'), await shown('U0BOB')], [1, 1], 'who leads, and an administrator');
	await send('ann', '   ');
	await place.settled();
	assert.equal(await shown('U0ANN'), 1, 'a reason is wanted');
	await send('ann', 'pasted <again>');
	await until('who asked to be told', async () => await whispers('Done: the message is redacted') === 1);
	await place.settled();
	assert.equal(await whispers('The message is out of the record'), 1);
	await send('bob', 'me too');
	await place.settled();
	assert.equal(await shown('U0BOB'), 1, 'it is redacted already');
	await place.tell('close_view', { user: 'bob' });
	const [message] = await entries(`id = ${id}`);
	assert.deepEqual([message.text, message.redacted_by, message.redacted_why], ['', 'U0ANN', 'pasted &lt;again&gt;']);
	const [note] = await entries(`kind = 'note' and text = 'a copy: ${text}, edited'`);
	assert.ok(note, 'what was typed again is for its own redaction');
	assert.match(await redact(String(note.id)), /^entry \d+ \(note\)/);
	assert.equal((await entries(`kind = 'redacted' and text = 'a message of <@U0ANN>: pasted &lt;again&gt;'`)).length, 1);
}

/* What was said in no incident's channel, and put on two timelines, is found by its ts and redacted on both. */
async function fromElsewhere() {
	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'declare More keys are out' });
	const { id: other } = await place.incident('More keys are out');
	const put = async (text) => {
		const { ts } = await place.tell('say', { user: 'ann', channel: 'incidents', text });
		for (const id of [incident, other]) {
			await place.tell('shortcut', { user: 'ann', channel: 'incidents', ts, callback_id: 'add_to_timeline' });
			await until('the form', async () => await shown('U0ANN') === 1);
			await place.tell('submit', { user: 'ann', values: { incident: String(id) } });
			await place.settled();
		}
		return ts;
	};
	await place.settled();
	const ts = await put(`${WORD} elsewhere`);
	assert.match(await redact(ts), new RegExp(`^entry \\d+ \\(message\\): .*\nincident ${other} had it as well: entry \\d+ \\(message\\): the text of 1 entry`));
	assert.equal(await place.postgres.value(`select count(*) from entry where ts = '${ts}' and redacted_at is not null and text = ''`), 2);
	/* Slack's ts is one of its channel. */
	const there = await put('said there');
	await say('said here');
	await place.settled();
	const [here] = await entries(`text = 'said here'`);
	await place.postgres.change(`update entry set ts = '${here.ts}' where ts = '${there}' and incident = ${incident}`);
	const got = await place.ctl('redact', String(incident), here.ts, '--reason', 'which?', '--by', 'me');
	assert.equal(got.code, 1);
	assert.match(got.stderr, new RegExp(`from several channels: name one by its number: \\d+ \\(channel C\\w+\\), ${here.id} \\(channel ${channel}\\)`));
	await redact(String(here.id));
}

async function whatIsRefused(ts) {
	const refused = async (why, ...args) => {
		const got = await place.ctl('redact', ...args);
		assert.equal(got.code, 1);
		assert.match(got.stderr, why);
	};
	const how = ['--reason', 'why not', '--by', 'me'];

	await refused(/redacted already/, String(incident), ts, ...how);
	await refused(/no entry 99999/, String(incident), '99999', ...how);
	await refused(/is no entry/, String(incident), 'nonsense', ...how);
	await refused(/no incident 77/, '77', '1', ...how);
	await refused(/Nothing is on record/, String(incident), '1.000001', ...how);
	assert.equal((await place.ctl('redact', String(incident), ts)).code, 2, 'a reason and a name are wanted');
	const [told] = await entries(`kind = 'redacted'`);
	await refused(/it stays/, String(incident), String(told.id), ...how);
}

/* The daemon that missed it all reads the channel's history, where the text still stands. */
async function itIsReadAgain() {
	const got = await place.ctl('recover', String(incident));

	if (got.code !== 0)
		return console.log('# no readings yet');
	await until('the reading to be complete', async () =>
		await place.postgres.value(`select count(*) from recovery where incident = ${incident} and state = 'idle' and complete_at is not null`) === 1);
	await place.settled();
}

await story('what is redacted is nowhere', async (here) => {
	place = here;
	place.more = { INCIDENTD_RECORD_ACTION_REACTIONS: 'hammer', INCIDENTD_ADMINS: 'U0BOB' };
	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	await place.tell('person', { id: 'U0BOB', name: 'bob', real_name: 'Bob Okafor' });
	place.startDaemon();
	await place.ready();
	await place.connected();
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });
	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'declare Keys are out' });
	({ id: incident, channel } = await place.incident('Keys are out'));
	await place.settled();
	await place.tell('act', { verb: 'invite', user: 'ann', who: 'bob', channel });
	const ts = await muchIsSaid();
	const frames = await oneByOne(ts);
	await nowhere(WORD);
	await whatStays(ts);
	const told = await itIsToldAgain(frames, ts);
	await nowhere(WORD);
	await fromTheMenu();
	await nowhere(WORD);
	await fromElsewhere();
	await nowhere(WORD);
	await itIsReadAgain();
	await nowhere(WORD);
	await whatIsRefused(ts);
	assert.deepEqual(await place.postgres.rows(`select key, error from inbox where state = 'failed'`), []);
	await place.endDaemon();
	await place.sound([WORD], told);
});
