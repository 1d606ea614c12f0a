/* Everything that may happen in an incident's channel, and the report of it, line by line against what Slack has. */
import assert from 'node:assert/strict';
import { BOT, story, until } from './box.mjs';

const KINDS = { channel_join: 'joined', channel_leave: 'left', channel_topic: 'topic', channel_purpose: 'purpose', channel_name: 'renamed',
	channel_archive: 'archived', channel_unarchive: 'unarchived', channel_convert_to_private: 'converted' };
const MARKS = ['pushpin', 'round_pushpin'];
const ALIASES = { thumbsup: '+1', thinking: 'thinking_face' };
const SECTION = (text) => ({ type: 'section', text: { type: 'mrkdwn', text } });
let place, channel, incident;

const by = (user) => ({
	say: (text, more = {}) => place.tell('say', { user, channel, text, ...more }).then((said) => said.ts),
	act: (verb, more) => place.tell('act', { verb, user, channel, ...more }),
});
const [ann, bob, guest, stranger, robot, gone] = ['ann', 'bob', 'guest', 'stranger', 'robot', 'gone'].map(by);
const truth = async () => (await place.tell('truth', { channel })).channel;
const last = async () => (await truth()).messages.at(-1).ts;

async function people() {
	const other = { team_id: 'T0OTHER', is_stranger: true };

	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones', display_name: 'Ann' });
	await place.tell('person', { id: 'U0BOB', name: 'bob', real_name: 'Bob Okafor' });
	await place.tell('person', { id: 'U0GUEST', name: 'guest', real_name: 'Gus Guest', is_ultra_restricted: true });
	await place.tell('person', { id: 'W0STRANGER', name: 'stranger', real_name: 'Zoe Elsewhere', ...other });
	await place.tell('person', { id: 'U0ROBOT', name: 'robot', real_name: 'Robot', is_bot: true, bot_id: 'B0ROBOT' });
	await place.tell('person', { id: 'U0GONE', name: 'gone', real_name: 'Gone Person' });
	await place.tell('usergroup', { id: 'S0ONCALL', handle: 'oncall', name: 'On call', users: ['bob'] });
	await place.tell('channel', { id: 'C0OTHER', name: 'other', members: ['ann'] });
}

async function peopleSpeak() {
	const first = await ann.say('hello <all> & "welcome", @bob: see https://example.com and #other, @oncall, @here :wave:');

	await bob.say('*not bold* `code` and\na second line');
	await bob.act('me', { text: 'looks at the graphs' });
	await guest.say('I am a guest');
	await stranger.say('I am from elsewhere, @ann');
	await gone.say('I will be gone');
	await place.tell('person', { id: 'U0GONE', deleted: true });
	const asked = await ann.say('where is W0STRANGER? @stranger @gone @guest');
	await bob.say('a reply', { thread_ts: first });
	await bob.say('a reply to the reply, to the channel as well', { thread_ts: first, broadcast: true });
	await stranger.say('a reply from elsewhere', { thread_ts: asked });
	return first;
}

async function machinesSpeak() {
	await robot.say('disk is full', { blocks: [SECTION('*Disk* is full on <https://example.com/a|a>')] });
	await ann.act('bot', { username: 'Alerts', bot_id: 'B0ALERTS', text: 'alert: 1 host',
		attachments: [{ id: 1, fallback: 'host a', color: 'ff0000', text: 'host a is down', fields: [{ title: 'Load', value: '99', short: true }] }] });
	const alert = await last();
	await ann.act('update', { ts: alert, text: 'alert: 2 hosts', attachments: [{ id: 1, fallback: 'hosts', text: 'hosts a and b are down' }] });
	await ann.act('bot', { username: 'Deploys', bot_id: 'B0DEPLOY', text: '', blocks: [SECTION('deploy 1 has begun')] });
	await ann.act('update', { ts: await last(), blocks: [SECTION('deploy 1 is done')] });
	await ann.act('bot', { username: 'Alerts', bot_id: 'B0ALERTS', text: 'in a thread', thread_ts: alert });
}

async function muchIsChanged() {
	const edited = await ann.say('the lift is stuk');

	await ann.act('edit', { ts: edited, text: 'the lift is stuck' });
	await ann.act('edit', { ts: edited, text: 'the lift is stuck on 3' });
	await ann.act('edit', { ts: edited, text: 'the lift is *stuck* on 4, @bob' });
	const link = await bob.say('see https://example.com/status');
	await bob.act('update', { ts: link, attachments: [{ id: 1, from_url: 'https://example.com/status', title: 'Status', text: 'all is well' }] });
	const deleted = await bob.say('oops');
	await bob.act('edit', { ts: deleted, text: 'oops, sorry' });
	await bob.act('delete', { ts: deleted });
	await bob.act('delete', { ts: await bob.say('never edited') });
	const parent = await ann.say('a parent that will be a stone');
	const reply = await bob.say('the reply that stays', { thread_ts: parent });
	await bob.act('edit', { ts: reply, text: 'the reply that stays, edited' });
	await ann.act('delete', { ts: parent });
	const both = await ann.say('a parent that goes for good');
	const only = await bob.say('its only reply', { thread_ts: both });
	await ann.act('delete', { ts: both });
	await bob.act('delete', { ts: only });
}

async function muchIsStuck(first) {
	const liked = await bob.say('like this');
	const reply = await ann.say('a marked reply', { thread_ts: liked });

	for (const [who, name] of [[ann, '+1::skin-tone-3'], [bob, 'thumbsup'], [guest, '+1'], [ann, 'thinking'], [stranger, 'eyes']])
		await who.act('react', { ts: liked, name });
	await guest.act('unreact', { ts: liked, name: '+1' });
	await stranger.act('unreact', { ts: liked, name: 'eyes' });
	await stranger.act('react', { ts: liked, name: 'eyes' });
	await ann.act('react', { ts: reply, name: 'pushpin' });
	await ann.act('pin', { ts: first });
	await bob.act('pin', { ts: liked });
	await bob.act('unpin', { ts: liked });
	await bob.act('pin', { ts: await bob.say('a pinned reply', { thread_ts: liked }) });
	const marked = await bob.say('marked, and not any more');
	await ann.act('react', { ts: marked, name: 'round_pushpin' });
	await ann.act('unreact', { ts: marked, name: 'round_pushpin' });
}

async function filesAreShared() {
	await ann.say('two files', { files: [{ id: 'F0LOG', name: 'log.txt', mimetype: 'text/plain', size: 3 },
		{ id: 'F0PIC', name: '=pic.png', mimetype: 'image/png', size: 4 }] });
	await ann.say('', { files: [{ id: 'F0BARE', name: 'bare.txt' }] });
	await ann.act('delete_file', { file: 'F0LOG' });
	await place.settled();
	await ann.act('rename_file', { file: 'F0BARE', name: 'no longer bare.txt' });
}

async function theChannelLives() {
	await bob.act('leave', {});
	await bob.act('join', {});
	await ann.act('kick', { who: 'guest' });
	await ann.act('invite', { who: 'guest' });
	await ann.act('topic', { text: 'a *new* topic' });
	await ann.act('purpose', { text: 'a new purpose' });
	await ann.act('rename', { name: 'by-hand' });
	await ann.act('archive', {});
	await ann.act('unarchive', {});
	await ann.act('subtype', { subtype: 'carrier_pigeon', text: 'coo' });
	await ann.act('subtype', { subtype: 'bot_message', text: 'I have no name here', more: { user: null, bot_id: 'B0ROBOT' } });
	await ann.say('@incidentd nonsense to you, and @robot');
	await place.tell('event', { type: 'carrier_pigeon', channel, event_ts: '1774519260.000100' });
	await place.settled(); /* who was renamed is told of on another connection, maybe sooner */
	await place.tell('person', { id: 'U0ANN', display_name: 'Ann Smith', real_name: 'Ann Smith' });
	await place.settled();
	await ann.say('I have another name');
	await ann.act('change_id', { id: 'C0MOVED' });
	channel = 'C0MOVED';
	await ann.say('in the same channel, by another id');
	await place.settled(); /* what is told under the new id before that is known is read, but for the channel's name */
	await ann.act('convert', {});
	await ann.say('in private');
	await ann.act('rename', { name: 'by-hand-again' });
	await place.settled();
}

const plainName = (name) => name.split('::')[0].replace(/^.*$/, (word) => ALIASES[word] ?? word);
const isOurs = (m) => m.user === BOT || m.app_id === 'A0INCIDENTD';

/* What the log tells of one message, in its order. */
const told = (log, ts) => ({
	changes: log.filter((e) => (e.message?.ts ?? e.deleted_ts) === ts),
	reactions: log.filter((e) => e.item?.ts === ts && e.reaction && e.user !== BOT),
	pins: log.filter((e) => e.type.startsWith('pin_') && e.item.message.ts === ts),
});

/* Texts, one after the other; what is said of it without saying it otherwise is none. */
function texts(m, changes) {
	const all = [...changes.map((e) => e.previous_message), m.subtype === 'tombstone' ? null : m].filter((v) => v && v.subtype !== 'tombstone');
	const shown = (v) => JSON.stringify([v.text, v.text === '' ? v.blocks : null]);

	return all.filter((v, i) => i === 0 || shown(v) !== shown(all[i - 1]));
}

function reactions(list) {
	const given = new Map();

	for (const e of list) {
		const key = `${plainName(e.reaction)} ${e.user}`;
		e.type === 'reaction_added' ? given.set(key, plainName(e.reaction)) : given.delete(key);
	}
	const counts = {};
	for (const name of given.values())
		counts[name] = (counts[name] ?? 0) + 1;
	return counts;
}

function files(versions, deletedFiles) {
	const known = new Map();

	for (const v of versions)
		for (const f of v.files ?? [])
			known.set(f.id, { ...known.get(f.id), ...f });
	return [...known.values()].map((f) => ({ name: f.name, permalink: f.permalink, deleted: deletedFiles.includes(f.id) }))
		.sort((a, b) => a.name.localeCompare(b.name));
}

function authorOf(m, names) {
	if (!m.user)
		return { id: m.bot_id, name: m.username ?? 'robot' };
	return { id: m.user, name: names(m) };
}

/* The entry that must be there, of a message and of what the log tells of it. */
function expected(m, log, names) {
	const { changes, reactions: given, pins } = told(log, m.ts);
	const versions = texts(m, changes), now = versions.at(-1);
	const isReply = now.thread_ts !== undefined && now.thread_ts !== m.ts;
	const counts = reactions(given);
	const base = `https://slackbox.example.test/archives/${channel}/p${m.ts.replace('.', '')}`;

	return {
		ts: m.ts, kind: KINDS[now.subtype] ?? 'message', text: now.text, author: authorOf(now, names),
		parent: isReply ? now.thread_ts : null, broadcast: now.subtype === 'thread_broadcast',
		edited: versions.some((v) => v.edited) || versions.length > 1, revisions: versions.slice(0, -1).map((v) => v.text),
		deleted: m.subtype === 'tombstone' || changes.some((e) => e.subtype === 'message_deleted'),
		files: files([...changes.map((e) => e.previous_message), m].filter(Boolean), log.filter((e) => e.type === 'file_deleted').map((e) => e.file_id)),
		reactions: counts, key_moment: pins.at(-1)?.type === 'pin_added' || MARKS.some((name) => counts[name]),
		permalink: base + (isReply ? `?thread_ts=${now.thread_ts}&cid=${channel}` : ''),
	};
}

/* Every message that ever was, also those that are deleted. */
function allMessages({ messages, log }) {
	const removed = log.filter((e) => e.subtype === 'message_deleted').map((e) => e.previous_message);
	return [...messages, ...removed].filter((m) => !isOurs(m)).sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

function flat(timeline, parent = null) {
	return timeline.flatMap((e) => [{ ...e, parent }, ...flat(e.replies, e.slack?.ts)]);
}

const reported = (e) => ({
	ts: e.slack.ts, kind: e.kind, text: e.text, author: e.author, parent: e.parent, broadcast: e.broadcast, edited: e.edited,
	revisions: e.revisions.map((r) => r.text), deleted: e.deleted,
	files: e.files.map(({ name, permalink, deleted }) => ({ name, permalink, deleted })).sort((a, b) => a.name.localeCompare(b.name)),
	reactions: Object.fromEntries(e.reactions.map((r) => [r.name, r.count])), key_moment: e.key_moment, permalink: e.permalink,
});

async function report(format) {
	const got = await place.ctl('report', String(incident), '--format', format);

	assert.equal(got.code, 0, got.stderr);
	return got.stdout;
}

const json = async () => JSON.parse(await report('json'));

/* What the report adds up, from what Slack has; there is some of each. */
function theTotalsAreRight(coverage, entries) {
	const said = entries.filter((e) => e.kind === 'message');
	const want = {
		messages: said.length, replies: said.filter((e) => e.parent).length,
		edited: said.filter((e) => e.edited).length, deleted: said.filter((e) => e.deleted).length,
		files: new Set(entries.flatMap((e) => e.files.map((f) => f.permalink))).size,
		reactions: entries.flatMap((e) => Object.values(e.reactions)).reduce((sum, count) => sum + count, 0),
		key_moments: entries.filter((e) => e.key_moment).length,
	};

	assert.deepEqual(Object.fromEntries(Object.keys(want).map((name) => [name, coverage[name]])), want);
	for (const [name, count] of Object.entries(want))
		assert.ok(count > 1, `there are ${name}`);
}

async function everyLineIsRight() {
	const real = await truth(), got = await json();
	const { users } = await place.tell('dump');
	const renamed = real.messages.find((m) => m.text === 'I have another name').ts;
	const names = (m) => (m.user === 'U0ANN' && m.ts < renamed ? 'Ann'
		: ((u) => u.profile.display_name || u.real_name)(users.find((u) => u.id === m.user)));
	const all = allMessages(real), lines = flat(got.timeline);
	const entries = all.map((m) => expected(m, real.log, names));
	const wrong = [];

	for (const [i, m] of all.entries()) {
		const want = entries[i], line = lines.filter((e) => e.slack?.ts === m.ts);
		try {
			assert.equal(line.length, 1, `${m.ts} is there once: ${m.text}`);
			assert.deepEqual(reported(line[0]), want);
		} catch (error) {
			wrong.push(`${m.text}: ${error.message}`);
		}
	}
	assert.deepEqual(wrong, [], wrong.join('\n'));
	theTotalsAreRight(got.coverage, entries);
	const known = new Set(all.map((m) => m.ts));
	assert.deepEqual(lines.filter((e) => e.slack && !known.has(e.slack.ts)).map((e) => [e.kind, e.text]), [], 'nothing else was said');
	assert.ok(all.length > 45, `${all.length} messages`);
	assert.ok(got.incident.private, 'the incident is private now');
	assert.deepEqual(got.incident.channel, { id: 'C0MOVED', name: 'by-hand-again' });
	return got;
}

/* Where people read, there are names. */
async function peopleRead() {
	const address = /https?:\/\/[^\s"')<>\]]+/g;
	const html = (await report('html')).replace(/<style>.*?<\/style>/s, '');
	const csv = (await report('csv')).split('\r\n');
	const ids = (await truth()).members.concat(['S0ONCALL', 'C0OTHER', 'B0ALERTS', 'B0DEPLOY', 'B0ROBOT', 'W0STRANGER?']).filter((id) => id !== 'W0STRANGER?');
	const said = 'where is W0STRANGER?'; /* somebody wrote that, as it is */

	for (const [format, text] of [['html', html], ['markdown', await report('markdown')]])
		for (const id of ids)
			assert.ok(!text.replaceAll(said, '').replaceAll(address, '').includes(id), `${id} in ${format}:
${text.split('\n').filter((line) => line.replaceAll(said, '').replaceAll(address, '').includes(id)).join('\n')}`);
	for (const name of ['Gus Guest', 'Zoe Elsewhere', 'Robot', 'Gone Person', 'Alerts', 'Deploys', '@oncall', '#other', 'Ann Smith'])
		assert.ok(html.includes(name), `${name} in html`);
	assert.ok(!csv.some((line) => line.includes('"=pic.png') || line.includes('"*not bold*')), 'no cell is a formula');
	for (const text of ['deploy 1 is done', 'hosts a and b are down', 'all is well', 'hello <all> & ""welcome"", @Bob Okafor'])
		assert.ok(csv.join('\n').includes(text), `"${text}" in csv`);
}

/* Another daemon reads everything again, and has nothing to add. */
async function nothingTwice(before) {
	const complete = () => place.postgres.value(`select coalesce(max(complete_at) > now() - interval '1 hour' and max(pages) > 0
		and bool_and(state = 'idle'), false) from recovery where incident = ${incident}`);

	await place.endDaemon();
	place.startDaemon();
	await place.ready();
	await place.connected();
	await place.settled();
	const began = await place.postgres.value('select now()::text');
	const got = await place.ctl('recover', String(incident));
	assert.equal(got.code, 0, got.stderr);
	await until('the reading to be complete', async () => (await complete()) &&
		place.postgres.value(`select complete_at > '${began}' from recovery where incident = ${incident}`));
	await place.settled();
	assert.deepEqual((await json()).timeline, before.timeline);
}

await story('all that happens in a channel is in the report', async (here) => {
	place = here;
	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	await people();
	place.startDaemon();
	await place.ready();
	await place.connected();
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });
	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'declare Lifts are out' });
	({ id: incident, channel } = await place.incident('Lifts are out'));
	await place.settled();
	for (const who of ['bob', 'guest', 'stranger', 'robot', 'gone'])
		await ann.act('invite', { who });
	const first = await peopleSpeak();
	await machinesSpeak();
	await muchIsChanged();
	await muchIsStuck(first);
	await filesAreShared();
	await theChannelLives();
	await place.settled();
	const before = await everyLineIsRight();
	await peopleRead();
	await nothingTwice(before);
	assert.deepEqual(await place.postgres.rows(`select key, error from inbox where state = 'failed'`), []);
	await place.endDaemon();
	await place.sound(['the lift is stuk']);
});
