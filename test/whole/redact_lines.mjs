/* What the app has made of a command is redacted by its line: of every kind, and nothing that others said goes with it. */
import assert from 'node:assert/strict';
import { story, until } from './box.mjs';

let place, channel, incident;

const say = (text, more = {}) => place.tell('say', { user: 'ann', channel, text, ...more });
const act = (verb, more) => place.tell('act', { verb, user: 'ann', channel, ...more });
const command = (text) => place.tell('command', { user: 'ann', channel, text });
const shown = async (user) => (await place.tell('dump')).views[user]?.length ?? 0;
const entries = (where) => place.postgres.rows(`select id::int, kind, text from entry where incident = ${incident} and ${where} order by id`);

async function redact(id) {
	const got = await place.ctl('redact', String(incident), id, '--reason', 'a test', '--by', 'the operator');

	assert.equal(got.code, 0, got.stderr);
}

/* Each with a word of its own; what is long is cut where it is listed, and shown whole elsewhere. */
const long = (word) => `${word} ${'and so on '.repeat(40)} ${word}`;
const LINES = [
	['title', 'kwtitleone & <more>'], ['title', 'kwtitletwo'], ['title', long('kwtitlelong')],
	['summary', long('kwsummary')], ['impact', 'kwimpact <!here>'], ['update', 'kwupdate'], ['note', 'yesterday 10:00 kwnote'],
	['action', `${long('kwaction')} @bob`], ['action', 'kwdeed by 2099-12-01'], ['rename', 'kwrename'], ['resolve', 'kwresolved'],
	['reopen', 'kwreopened'], ['cancel', 'kwcancelled'],
];
const DECLARED = ['kwdeclared', 'kwatfirst', 'kwthenimpact'];
const MENTIONED = ['kwmentioned', 'kwnoted', 'kwnumbered', 'kwtitled'];
const WORDS = [...DECLARED, ...LINES.map(([, text]) => /kw\w+/.exec(text)[0]), 'kwedited', 'kwnewform', 'kwformagain', 'kwbyform', 'kwtopic', 'kwpurpose', 'kwrenamed'];

/* What is asked for shows it again. */
async function allIsShown() {
	for (const text of ['title', 'summary', 'impact', 'actions', 'update', 'list', 'report', 'rename'])
		await command(text);
	await place.tell('command', { user: 'bob', channel: 'incidents', text: 'list' });
	await command('help nonsense');
	await say('@incidentd list', { user: 'bob' });
	await place.settled();
	/* What was declared just now is offered, and the home tab has it. */
	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'declare' });
	await place.tell('act', { verb: 'home', user: 'ann', channel: 'dm' });
	await place.settled();
	await place.tell('press', { user: 'ann', action_id: 'declare' });
	await place.tell('act', { verb: 'home', user: 'ann', channel: 'dm' });
	await place.settled();
	/* An update without a text is asked for by a form. */
	while (await shown('U0ANN') > 0)
		await place.tell('close_view', { user: 'ann' });
}

async function byForm(text, values) {
	const before = await shown('U0ANN');
	await command(text);
	await until('the form', async () => await shown('U0ANN') === before + 1);
	await place.tell('submit', { user: 'ann', values });
	await place.settled();
}

/* It shows what is there, and is sent with all of that. */
async function openEdit() {
	const before = await shown('U0ANN');
	await place.tell('press', { user: 'ann', channel: 'incidents', action_id: 'change' });
	await until('the form', async () => await shown('U0ANN') === before + 1);
}

async function editByForm(values) {
	await openEdit();
	await place.tell('submit', { user: 'ann', values });
	await place.settled();
}

async function linesAreWritten() {
	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'payments kwdeclared broke' });
	await until('the form', async () => await shown('U0ANN') === 1);
	await place.tell('submit', { user: 'ann', values: { title: 'payments kwdeclared broke', severity: 'p2', summary: 'kwatfirst & then', impact: 'kwthenimpact' } });
	({ id: incident, channel } = await place.incident('payments kwdeclared broke'));
	await place.settled();
	await place.tell('act', { verb: 'invite', user: 'ann', who: 'bob', channel });
	await place.settled();
	await allIsShown();
	for (const [i, [verb, text]] of LINES.entries()) {
		await command(`${verb} ${text}`);
		await place.settled();
		if (i % 4 === 2)
			await allIsShown();
		if (i === 0) {
			await editByForm({ summary: 'kwbyform & <so>', impact: '' });
			assert.equal(await place.postgres.value(`select coalesce(impact, 'none') from incident where id = ${incident}`), 'none', 'what is taken out of a field is taken away');
		}
		if (verb === 'impact')
			await editByForm({ severity: 'p1' });
	}
	for (const order of ['edit 2: kwedited', 'due 2 never', 'edit 2: kwdeed, was kwedited', 'done 2']) {
		await command(`action ${order}`);
		await place.settled();
	}
	await byForm('action', { text: 'kwnewform & more' });
	await byForm('action edit 3', { text: 'kwformagain', due: 4070908800 });
	await act('topic', { text: 'kwtopic' });
	await act('purpose', { text: 'kwpurpose' });
	await act('rename', { name: 'kwrenamed' });
	await place.settled();
	await allIsShown();
}

/* Each by its own line, in no order of theirs. */
async function linesAreRedacted() {
	const left = async () => entries(`redacted_at is null and kind <> 'redacted' and text ~ 'kw'`);

	for (let all = await left(); all.length > 0; all = await left())
		await redact(String(all[Math.floor(all.length / 2)].id));
	await place.settled();
	const [now] = await place.postgres.rows(`select title, summary, impact, fixed_by, channel_name from incident where id = ${incident}`);
	assert.deepEqual(now, { title: '[redacted]', summary: '[redacted]', impact: '[redacted]', fixed_by: null, channel_name: `inc-${incident}` });
	assert.deepEqual(await place.postgres.rows(`select text from action where incident = ${incident} order by id`), [{ text: '[redacted]' }, { text: '[redacted]' }, { text: '[redacted]' }]);
	const { channels } = await place.tell('dump');
	assert.equal(channels.find((c) => c.id === channel).name, `inc-${incident}`);
}

/* A form that was open before the redaction has what was redacted; nothing of that is put back. */
async function linesAreRedactedUnderAForm() {
	await openEdit();
	await linesAreRedacted();
}

async function formIsSent() {
	await place.tell('submit', { user: 'ann', values: { severity: 'p2' } });
	await place.settled();
	const [now] = await place.postgres.rows(`select title, summary, impact, severity_id from incident where id = ${incident}`);
	assert.deepEqual(now, { title: '[redacted]', summary: '[redacted]', impact: '[redacted]', severity_id: 'p2' });
}

/* Said to the app elsewhere: the message is on no record, what it made is. */
async function byMention() {
	const said = (text) => place.tell('say', { user: 'ann', channel: 'incidents', text: `@incidentd ${text}` });

	const declared = await said('declare kwmentioned is out');
	({ id: incident, channel } = await place.incident('kwmentioned is out'));
	await place.settled();
	await said(`note ${incident} kwnoted`);
	await said(`#${incident} note kwnumbered`);
	await said(`title ${incident} kwtitled`);
	await place.settled();
	for (const { id } of await entries(`ts is null and text ~ 'kw' and text !~ 'kwtitled'`))
		await redact(String(id));
	await place.settled();
	const [title] = await entries(`kind = 'title'`);
	assert.match(title.text, /^kwtitled, was \[redacted\]/, 'each goes by its own line');
	await redact(String(title.id));
	await place.settled();
	/* Slack shows it again: it does not come back. */
	await place.tell('act', { verb: 'edit', user: 'ann', channel: 'incidents', ts: declared.ts, text: '@incidentd declare kwmentioned is out, I said' });
	await place.settled();
	for (const word of MENTIONED)
		await place.nowhere(incident, word);
}

async function linesOfEveryKind() {
	await linesAreWritten();
	const columns = new Set();
	for (const word of WORDS) {
		const found = await place.columnsWith(word);
		assert.ok(found.length > 1, `${word} was somewhere`);
		found.forEach(({ found: column }) => columns.add(column));
	}
	console.log(`# the words were in ${[...columns].sort().join(', ')}`);
	await linesAreRedactedUnderAForm();
	await formIsSent();
	await allIsShown();
	for (const word of WORDS)
		await place.nowhere(incident, word);
}

/* What is short stands in much that others said, and what is said twice is somebody else's too. */
async function othersKeepTheirs() {
	const declare = async (text) => {
		await place.tell('command', { user: 'bob', channel: 'incidents', text: `declare ${text}` });
		const found = await place.incident(text);
		await place.settled();
		return found;
	};
	const other = await declare('DB 7 is slow');
	await place.tell('command', { user: 'bob', channel: other.channel, text: 'title DB' });
	const mine = await declare('It is slow');
	({ id: incident, channel } = mine);
	await command('title DB');
	await say('DB and DBA are two things', { user: 'bob' });
	await command('note DB is what ann says');
	await command('action Look at the DB');
	await place.settled();
	const theirs = () => place.postgres.rows(`select frame from inbox where (frame like '%DB and DBA%' or frame like '%DB is what%' or frame like '%title DB%') order by id`);
	const before = await theirs();
	const [line] = await entries(`kind = 'title'`);
	await redact(String(line.id));
	const [is] = await place.postgres.rows(`select (select title from incident where id = ${other.id}) as other, (select title from incident where id = ${incident}) as mine`);
	assert.deepEqual(is, { other: 'DB', mine: '[redacted]' });
	assert.equal((await entries(`text = 'DB and DBA are two things'`)).length, 1);
	assert.equal((await entries(`text in ('DB is what ann says', '1: Look at the DB')`)).length, 2);
	assert.equal(await place.postgres.value(`select text from action where incident = ${incident}`), 'Look at the DB');
	const after = await theirs();
	assert.equal(after.length, before.length - 1, 'only the frame of the command itself is changed');
	assert.deepEqual(await place.postgres.rows(`select count(*)::int as n from outbox where incident = ${other.id} and body like '%: DB*%'`), [{ n: 2 }],
		'what was said of the other incident stays');
}

/* What stands on another record is that one's, with what told of it. */
async function onTwo() {
	const { ts } = await place.tell('say', { user: 'bob', channel: 'incidents', text: 'kwshared was said' });
	const choose = async (user, callback_id, values) => {
		const before = await shown(user === 'ann' ? 'U0ANN' : 'U0BOB');

		await place.tell('shortcut', { user, channel: 'incidents', ts, callback_id });
		await until('the form', async () => await shown(user === 'ann' ? 'U0ANN' : 'U0BOB') === before + 1);
		await place.tell('submit', { user, values });
		await place.settled();
	};
	const other = await place.postgres.value(`select min(id) from incident where title = 'DB'`);

	await command('lead @ann');
	await place.settled();
	await choose('ann', 'add_to_timeline', { incident: String(incident) });
	await choose('bob', 'add_to_timeline', { incident: String(other) });
	await choose('ann', 'redact_message', { why: 'a test' });
	await until('no copy is left', async () => Number(await place.postgres.value('select count(*) from sweep where complete_at is null')) === 0);
	assert.deepEqual(await shared(place.postgres), [{ incident: Number(other), text: 'kwshared was said', gone: false }, { incident: Number(incident), text: '', gone: true }]);
}
const shared = (postgres) => postgres.rows(`select incident::int, text, redacted_at is not null as gone from entry
	where put_by is not null or (ts is not null and provenance = 'shortcut') order by incident`);

async function madeAgain() {
	const here = place.postgres;

	await here.change('create database again');
	place.more.DATABASE_URL = here.url.replace('///postgres?', '///again?');
	place.postgres = Object.assign(Object.create(here), { url: place.more.DATABASE_URL });
	const got = await place.ctl('replay', '--from', here.url);
	assert.equal(got.code, 0, got.stderr);
	for (const word of [...WORDS, ...MENTIONED])
		assert.deepEqual(await place.columnsWith(word), []);
	const redacted = (postgres) => postgres.rows(`select incident, kind, ts, author, said_at::text, provenance, redacted_by, redacted_hash, text
		from entry where redacted_at is not null order by incident, said_at, kind, redacted_hash`);
	assert.deepEqual(await redacted(place.postgres), await redacted(here), 'also what is the same as before, which is no change when it is made again');
	assert.deepEqual(await shared(place.postgres), await shared(here), 'what another record has is not lost there');
	place.postgres = here;
}

await story('lines of every kind', async (here) => {
	place = here;
	place.more = {};
	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	await place.tell('person', { id: 'U0BOB', name: 'bob', real_name: 'Bob Okafor' });
	place.startDaemon();
	await place.ready();
	await place.connected();
	for (const user of ['ann', 'bob'])
		await place.tell('act', { verb: 'join', user, channel: 'incidents' });
	await linesOfEveryKind();
	await byMention();
	await othersKeepTheirs();
	await onTwo();
	assert.deepEqual(await place.postgres.rows(`select key, error from inbox where state = 'failed'`), []);
	await place.endDaemon();
	await madeAgain();
	await place.sound([...WORDS, ...MENTIONED]);
});
