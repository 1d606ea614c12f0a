/*
 * An incident goes on while the daemon is down. Afterwards its report is, entry by entry, what Slack holds, and it
 * names the time in which nobody watched. OUTAGE=small is a tenth of it; OUTAGE=all takes minutes more: then the one at a page a
 * minute is as large as the others.
 */
import assert from 'node:assert/strict';
import { chance, pause, story, until } from './box.mjs';

/* hit: in so many threads something is missing; else it may be in any. */
const LITTLE = { messages: 400, threads: 16, hit: 5, written: 100, edited: 15, deleted: 8, reactions: 10 };
const WHOLE = { messages: 2000, threads: 60, written: 500, edited: 50, deleted: 20, reactions: 30 };
const ALL = process.env.OUTAGE === 'small' ? LITTLE : WHOLE;
const SLOW = process.env.OUTAGE === 'all' ? { ...WHOLE, hit: 20 } : LITTLE;
let SIZE = ALL;
const WHO = ['ann', 'bob', 'cem', 'dee'];
const EMOJI = ['eyes', 'tada', 'pushpin', 'thumbsup::skin-tone-3', '+1'];
let place, pick, channel, number = 0;

const act = (verb, what) => place.tell('act', { verb, channel, ...what });
const words = () => `word ${++number} ${pick.of(['disk', 'queue', 'pager', 'cache'])} & <${pick.of(['a', 'b'])}>`;

async function said(count, parents, reply) {
	const list = [];

	for (let i = 0; i < count; i++) {
		const user = pick.of(WHO);
		const parent = parents.length > 0 && reply() ? pick.of(parents) : undefined;
		const { ts } = await place.tell('say', { user, channel, text: words(), thread_ts: parent?.ts });
		list.push({ ts, user, parent });
	}
	return list;
}

/* Some of the list, each once. */
function some(list, count) {
	const left = [...list];
	return Array.from({ length: Math.min(count, left.length) }, () => left.splice(pick.below(left.length), 1)[0]);
}

const bare = (name) => (name.replace(/::skin-tone-\d/, '') === 'thumbsup' ? '+1' : name.replace(/::skin-tone-\d/, ''));

/* A ts counts microseconds; reports show milliseconds. */
const timeOf = (ts) => new Date(Number(ts.slice(0, -3).replace('.', ''))).toISOString();

function permalink(m, thread) {
	const base = `https://slackbox.example.test/archives/${channel}/p${m.ts.replace('.', '')}`;

	return thread ? `${base}?thread_ts=${thread}&cid=${channel}` : base;
}

/* What Slack holds of the people's messages, by ts. */
async function truth() {
	const { channels, users } = await place.tell('dump');
	const names = new Map(users.map((u) => [u.id, u.profile.display_name || u.real_name]));
	const held = channels.find((c) => c.id === channel);
	const entries = {};

	for (const m of held.messages) {
		if (m.bot_id !== undefined || (m.subtype && !['thread_broadcast', 'file_share', 'me_message'].includes(m.subtype)))
			continue;
		const people = {}, thread = m.thread_ts && m.thread_ts !== m.ts ? m.thread_ts : null;
		for (const r of m.reactions ?? [])
			people[bare(r.name)] = new Set([...(people[bare(r.name)] ?? []), ...r.users]);
		entries[m.ts] = {
			text: m.text, thread, author: { id: m.user, name: names.get(m.user) }, said_at: timeOf(m.ts),
			permalink: permalink(m, thread), edited: m.edited !== undefined,
			reactions: Object.entries(people).map(([name, users]) => `${name} ${users.size}`).sort().join(),
			key: (m.pinned_to ?? []).includes(channel) || people.pushpin !== undefined,
		};
	}
	return entries;
}

const flat = (entries) => entries.flatMap((e) => [e, ...flat(e.replies ?? [])]);

async function report(id) {
	const got = await place.ctl('report', String(id), '--format', 'json');

	assert.equal(got.code, 0, got.stderr);
	return JSON.parse(got.stdout);
}

function shown(told) {
	const entries = {};

	for (const e of flat(told.timeline))
		if (e.kind === 'message' && e.slack && !e.deleted)
			entries[e.slack.ts] = {
				text: e.text, thread: e.slack.thread_ts && e.slack.thread_ts !== e.slack.ts ? e.slack.thread_ts : null,
				author: e.author, said_at: e.said_at, permalink: e.permalink, edited: e.edited,
				reactions: e.reactions.map((r) => `${r.name} ${r.count}`).sort().join(), key: e.key_moment,
			};
	return entries;
}

/* Every reading is over, and there was one. */
const read = (ms) => until('the readings to be over', async () =>
	(await place.postgres.value(`select count(*) from recovery where state = 'idle' and complete_at >= (select max(began_at) from watch)`)) > 0 &&
	(await place.postgres.value(`select count(*) from recovery where state <> 'idle'`)) === 0, ms, 300);

/* What happens while nobody listens. */
async function meanwhile(messages, parents) {
	const tops = messages.filter((m) => !m.parent);
	const gone = some(messages.filter((m) => !parents.includes(m)), SIZE.deleted - 1);
	const left = messages.filter((m) => !gone.includes(m));

	await said(SIZE.written, [...(SIZE.hit ? some(parents, SIZE.hit) : parents), ...some(tops.filter((m) => left.includes(m)), 3)], () => pick.random() < 0.4);
	for (const m of some(left, SIZE.edited))
		await act('edit', { user: m.user, ts: m.ts, text: `${words()} (edited)` });
	for (const m of gone)
		await act('delete', { user: m.user, ts: m.ts });
	const parent = pick.of(parents); /* becomes a tombstone */
	await act('delete', { user: parent.user, ts: parent.ts });
	for (const m of some(left.filter((one) => one !== parent), SIZE.reactions))
		await act('react', { user: pick.of(WHO), ts: m.ts, name: pick.of(EMOJI) });
	await act('pin', { user: 'ann', ts: some(left.filter((one) => one !== parent && !one.parent), 1)[0].ts });
	return { deleted: gone.length + 1 };
}

async function same(id) {
	const [told, held] = [await report(id), await truth()];
	const got = shown(told);

	assert.equal(Object.keys(got).length, Object.keys(held).length, 'as many messages');
	for (const ts of Object.keys(held))
		assert.deepEqual(got[ts], held[ts], `message ${ts}`);
	assert.ok(flat(told.timeline).every((e) => e.kind !== 'message' || e.author?.name), 'everybody has a name');
	return told;
}

/* Nobody is at work, and what is on record of the reading stays what it was. */
async function progressIsTold(id) {
	const [r] = await place.postgres.rows(`select state, why, pages, found, bottom, (select count(*) from recovery_thread t
		where t.incident = r.incident and not done) as left from recovery r where incident = ${id}`);
	const { stdout } = await place.ctl('status');

	assert.equal(r.state, 'reading');
	assert.match(stdout, new RegExp(`^incident ${id} \\(${channel}\\): reading since 20\\S+Z \\(${r.why}\\), pages=${r.pages} channel=${
		r.bottom ? 'read' : 'under way'} threads_left=${r.left} found=${r.found} complete up to \\S+$`, 'm'));
	assert.ok(r.pages > 2);
}

async function killedWhileItReads(id, then = async () => {}) {
	await until('a reading under way', async () => (await place.postgres.value(`select count(*) from recovery where incident = ${id} and state = 'reading' and pages > 2`)) > 0, 60000, 20);
	await place.daemon.end('SIGKILL');
	await place.postgres.alone();
	await then(id);
	place.startDaemon();
	await place.ready();
}

const MS = (time) => `floor(extract(epoch from ${time}) * 1000)::bigint`;

/* From when we were last known to watch until we did again, and no more: by our clock, and by what is on record. */
async function theHoleIsThatOne(coverage, { seen, stopped, back, over }) {
	const hole = coverage.holes.find((h) => Date.parse(h.from) === seen);

	assert.ok(hole, `a hole from ${new Date(seen).toISOString()}: ${JSON.stringify(coverage.holes)}`);
	const again = await place.postgres.value(`select ${MS('min(began_at)')} from watch where ${MS('began_at')} > ${seen}`);
	assert.equal(Date.parse(hole.to), again);
	assert.ok(seen <= stopped + 1000 && again >= back - 1000 && again <= over + 1000, `the stretch is named: ${JSON.stringify({ hole, stopped, back, over })}`);
	assert.equal(hole.open, false, 'and repaired');
}

/* All that was said is there while threads are still to be read in which only edits and deletions can be. */
async function missingFirst(id) {
	await until('all that was said', async () => await place.postgres.value(`select count(*) from entry where incident = ${id} and kind = 'message'
		and provenance = 'recovered'`) >= SIZE.written, 900000, 20);
	const [left] = await place.postgres.rows(`select count(*) filter (where not done) as threads, count(*) filter (where missing) as missing from recovery_thread where incident = ${id}`);
	assert.ok(left.threads >= SIZE.threads / 4 && left.missing > 0, `in time: ${JSON.stringify(left)}`);
}

/* A parent that was edited may have been deleted since; two names of a reaction may be one. */
function changesAreCounted({ recovered_edits: edits, recovered_deletions: deletions, recovered_reactions: reactions }, deleted) {
	assert.ok(edits >= SIZE.edited - 1 && edits <= SIZE.edited, `edits: ${edits} of ${SIZE.edited}`);
	assert.equal(deletions, deleted);
	assert.ok(reactions >= SIZE.reactions / 2 && reactions <= SIZE.reactions + 1, `reactions: ${reactions} of ${SIZE.reactions}`);
}

/* lost: Slack sends nothing of it afterwards; else it tries again while we read. */
async function anOutage({ title, during, size = ALL, lost = true }) {
	const began = Date.now();

	SIZE = size;
	await place.tell('command', { user: 'ann', channel: 'incidents', text: `declare ${title}` });
	const { id, channel: made } = await place.incident(title);
	await place.settled();
	const listened = Date.now();
	channel = made;
	for (const user of WHO.slice(1))
		await act('join', { user });
	const parents = await said(SIZE.threads, [], () => false);
	const messages = [...parents, ...await said(SIZE.messages - SIZE.threads, parents, () => pick.random() < 0.5)];
	await place.settled();
	await act('react', { user: 'bob', ts: parents[0].ts, name: 'eyes' });
	await place.settled();
	await until('the watch to be written since', async () => await place.postgres.value(`select ${MS('max(seen_at)')} from watch`) > listened);
	const down = await place.daemon.end('SIGKILL');
	assert.equal(down, 'SIGKILL');
	const stopped = Date.now();
	await place.postgres.alone();
	const seen = await place.postgres.value(`select ${MS('max(seen_at)')} from watch`);
	await place.tell('fault', { kind: 'events_off', on: lost });
	const { deleted } = await meanwhile(messages, parents);
	await act('unreact', { user: 'bob', ts: parents[0].ts, name: 'eyes' }).catch(() => {}); /* the tombstone has none */
	await place.tell('fault', { kind: 'events_off', on: false });
	await pause(500);
	const back = Date.now();
	place.startDaemon();
	await place.ready();
	if (during)
		await during(id);
	await read(900000);
	const over = Date.now();
	await place.settled(900000);
	console.log(`${title}: ${Date.now() - began} ms, of which ${Date.now() - back} ms after the outage`);
	const told = await same(id);
	const { coverage } = told;

	assert.ok(coverage.deleted >= deleted, `deletions are known: ${coverage.deleted} of ${deleted}`);
	assert.ok(coverage.recovered >= (lost ? SIZE.written : 1), `recovered: ${coverage.recovered}`);
	if (lost)
		changesAreCounted(coverage, deleted);
	await theHoleIsThatOne(coverage, { seen, stopped, back, over });
	const revised = flat(told.timeline).filter((e) => e.edited && e.revisions.length > 0);
	assert.ok(revised.length >= SIZE.edited * 0.5, `earlier texts are kept: ${revised.length}`);
	return id;
}

await story('outage', async (opened) => {
	const seed = Number(process.env.OUTAGE_SEED ?? Math.floor(Math.random() * 1e9));

	place = opened;
	pick = chance(seed);
	console.log(`OUTAGE_SEED=${seed}`);
	await place.postgres.start();
	await place.startSlackbox('--time-scale', '10');
	/* A busy machine acknowledges late, and Slack would switch the events off for it: that is not what is shown here. */
	await place.tell('fault', { kind: 'disabling', ms: 0 });
	await place.tell('limits', { scale: 0 });
	for (const user of WHO)
		await place.tell('person', { name: user }).catch(() => {});
	/* Two thousand acknowledgements that a busy machine gives after 3 s: Slack would switch the events off, were its hour as short as ours. */
	await place.tell('fault', { kind: 'disabling', ms: 0 });
	place.startDaemon();
	await place.ready();
	await place.connected();
	await place.tell('limits', { scale: 0, outsider: true, minute_ms: 250 });
	await anOutage({ title: 'One page a minute', size: SLOW, during: async (id) => {
		await killedWhileItReads(id, progressIsTold);
		await missingFirst(id);
	} });
	await place.tell('limits', { scale: 0 });
	await anOutage({ title: 'An outage', lost: false });
	await anOutage({ title: 'Killed in the middle', during: (id) => killedWhileItReads(id) });
	await place.endDaemon();
	await place.sound(['word 1 ']);
});
