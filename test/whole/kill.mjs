/*
 * What was acknowledged is there, once, whatever is killed when: thousands of events through two connections,
 * while the daemon is killed, connections are dropped and Postgres falls over.
 * WHOLE_EVENTS: how many are acknowledged before the troubles end; WHOLE_KILLS: how many deaths; WHOLE_SEED: the same
 * choices again. All moments are counted in acknowledgements, so that a slow machine is asked for as much as a fast one.
 */
import assert from 'node:assert/strict';
import { BOT, chance, pause, story, until } from './box.mjs';

const EVENTS = Number(process.env.WHOLE_EVENTS ?? 20000);
const KILLS = Number(process.env.WHOLE_KILLS ?? Math.max(4, EVENTS / 1000));
const SEED = Number(process.env.WHOLE_SEED ?? Date.now() % 1000000);
const PEOPLE = ['ann', 'bob', 'eva', 'joe', 'kim', 'lea', 'max', 'zoe'];
const FIRST = 6, LATER = 6; /* incidents, before and during the troubles */
const COMMANDS = Math.min(240, Math.ceil(EVENTS / 20));
const A_SECOND = 240, MOST_PENDING = 2000;
const MARK = 'Zwiebelfisch'; /* in every text: no log may have it */

const LAST_TRY = 3;
const { random, below, of } = chance(SEED);
const isLate = (row) => row.state === 'refused' && row.error === 'came too late';

/* What is said and done, and what of it must be found again. */
class Story {
	constructor(place) {
		this.place = place;
		this.said = new Map(); /* "channel ts" -> what was said */
		this.channels = [];
		this.threads = new Map(); /* channel -> some ts */
		this.envelopes = new Map(); /* envelope id -> how it ended */
		this.since = 0;
		this.acked = 0;
		this.pending = 0;
		this.made = 0;
		this.refused = 0;
		this.over = false;
	}

	async incident(number) {
		const title = `Case ${number} ${MARK} ${SEED}`;

		await this.place.tell('command', { user: of(PEOPLE), channel: 'incidents', text: `declare ${title}` });
		return title;
	}

	async moveIn(title) {
		const { channel } = await this.place.incident(title);

		for (const user of PEOPLE)
			await this.place.tell('act', { verb: 'join', user, channel });
		this.threads.set(channel, []);
		this.channels.push(channel);
	}

	async say(what) {
		const answer = await this.place.tell('say', what);
		const list = this.threads.get(what.channel);

		this.said.set(`${what.channel} ${answer.ts}`, { ...what, ts: answer.ts });
		if (!what.thread_ts) {
			list[list.length < 20 ? list.length : below(20)] = answer.ts;
		}
	}

	message(n) {
		const channel = of(this.channels), threads = this.threads.get(channel);
		const what = { user: of(PEOPLE), channel, text: `${MARK} ${n}: p99 < 8 s & rising, *see* Köln` };

		if (threads.length > 0 && random() < 0.35)
			what.thread_ts = of(threads);
		return this.say(what);
	}

	/* One in so many is a command, a mention or a button. */
	async deed(n) {
		const channel = of(this.channels), user = of(PEOPLE);
		const change = of([`severity p${1 + below(4)}`, `status ${of(['open', 'investigating', 'identified', 'monitoring'])}`,
			`lead @${of(PEOPLE)}`, 'lead', `note ${MARK} note ${n}`, `action ${MARK} action ${n} @${of(PEOPLE)}`, 'actions', 'list', 'report']);
		const kind = below(10);

		if (kind < 3) {
			const thread_ts = random() < 0.5 ? of(this.threads.get(channel)) : undefined;
			return this.say({ user, channel, text: `@incidentd ${change}`, ...(thread_ts && { thread_ts }) });
		}
		if (kind < 5) {
			const button = of([{ channel, action_id: 'lead_me' }, { channel: 'incidents', action_id: 'join' }]);
			this.refused += (await this.place.ask('press', { user, ...button })).ok ? 0 : 1;
			return undefined;
		}
		return this.place.tell('command', { user, channel, text: change });
	}

	async traffic() {
		const began = Date.now();
		const worker = async () => {
			while (this.acked < EVENTS) {
				const n = this.made++;
				await pause(began + n * 1000 / A_SECOND - Date.now());
				while (this.pending > MOST_PENDING)
					await pause(50);
				await (n % Math.floor(EVENTS / COMMANDS) === 0 ? this.deed(n) : this.message(n));
			}
		};

		await Promise.all(Array.from({ length: 8 }, worker));
		this.over = true;
	}

	/* Slackbox keeps its last 20000 envelopes: they are fetched while it goes on. */
	async journal() {
		const { over, next } = await this.place.tell('journal', { since: this.since });

		for (const e of over) {
			this.envelopes.set(e.envelope_id, e);
			this.acked += e.state === 'acked' ? 1 : 0;
		}
		this.since = next;
		this.pending = (await this.place.tell('idle')).pending;
	}

	async watch() {
		while (!this.over) {
			await this.journal();
			await pause(50);
		}
	}

	/* At that part of the whole. */
	at(part) { return until(`acknowledgement ${part * EVENTS}`, async () => this.acked >= part * EVENTS, 600000, 10); }

	async kill() {
		const moments = Array.from({ length: KILLS }, () => 0.02 + random() * 0.95).sort((a, b) => a - b);

		for (const moment of moments) {
			await this.at(moment);
			assert.equal(this.place.daemon.code, null, `the daemon ended by itself: ${this.place.daemon.log}`);
			await this.place.daemon.end('SIGKILL');
			this.place.startDaemon();
		}
	}

	async shake() {
		for (let part = 0.03; part < 0.97; part += (200 + 400 * random()) / EVENTS) {
			await this.at(part);
			if (random() < 0.5) {
				await this.place.tell('fault', { kind: of(['api_lost', 'api_lost', 'api_500', 'api_502', 'api_429']), count: 1 + below(2), retry_after: 1 });
				continue;
			}
			const { connections } = await this.place.tell('status');
			if (connections.length > 0)
				await this.place.tell('fault', { kind: of(['rst', 'rst', 'drop', 'freeze', 'refresh', 'refresh', 'close']), connection: of(connections).serial });
		}
	}

	async topple() {
		for (const [part, mode] of [[0.25, 'immediate'], [0.5, 'fast'], [0.75, 'immediate']]) {
			await this.at(part + random() * 0.1);
			await this.place.postgres.restart(mode);
		}
	}

	async declareMore(titles) {
		for (let i = 0; i < LATER; i++) {
			await this.at(0.1 + 0.8 * i / LATER);
			titles.push(await this.incident(FIRST + i));
		}
	}
}

function once(list, what) {
	const seen = new Set();

	for (const item of list) {
		assert.ok(!seen.has(item), `twice: ${what} ${item}`);
		seen.add(item);
	}
	return seen;
}

/* Every event that was acknowledged is in the inbox, once. Returns those of the frames. */
async function acknowledgedIsKept(place, told) {
	const inbox = await place.postgres.rows('select key, kind, state, error, frame::jsonb as frame from inbox where kind <> \'answer\'');
	const events = new Map(), envelopes = new Map();
	const acked = [...told.envelopes.values()].filter((e) => e.state === 'acked');

	for (const row of inbox) {
		const id = row.frame.payload.event_id;
		assert.equal(row.state === 'failed', false, `failed: ${row.key} ${row.error}`);
		assert.ok(!envelopes.has(row.frame.envelope_id), `envelope ${row.frame.envelope_id} twice`);
		envelopes.set(row.frame.envelope_id, row);
		if (id !== undefined) {
			assert.ok(!events.has(id), `event ${id} twice`);
			events.set(id, row);
		}
	}
	for (const e of acked) {
		const kept = e.type === 'events_api' ? events.has(e.event_id) : envelopes.has(e.envelope_id);
		assert.ok(kept, `acknowledged, and not in the inbox: ${JSON.stringify(e)}`);
	}
	return { inbox, acked };
}

/* What slackbox gave up on: the last of all the tries was not acknowledged. */
const isGivenUp = (e) => e.type === 'events_api' && e.retry_attempt === LAST_TRY && e.state === 'late';

/* What was said is in the inbox; or slackbox tried to the last, was never acknowledged, and says so. */
function nothingElseIsMissing(told, inbox) {
	const kept = new Set(), givenUp = new Set(), acked = new Set();
	let missing = 0;

	for (const { frame: { payload: { event } } } of inbox)
		if (event?.type === 'message')
			kept.add(`${event.channel} ${event.ts}`);
	for (const e of told.envelopes.values())
		if (e.what === 'message')
			(e.state === 'acked' ? acked : isGivenUp(e) ? givenUp : new Set()).add(`${e.channel} ${e.ts}`);
	for (const key of told.said.keys()) {
		if (kept.has(key))
			continue;
		assert.ok(!acked.has(key), `acknowledged, and not in the inbox: ${key}`);
		assert.ok(givenUp.has(key), `neither in the inbox nor given up: ${key}`);
		missing++;
	}
	return { said: told.said.size, missing };
}

/* What is half-open ends, what was to be closed is closed. */
async function peace(place) {
	for (const c of (await place.tell('status')).connections)
		if (c.frozen)
			await place.tell('fault', { kind: 'rst', connection: c.serial });
	await place.connected();
	await until('nothing but good connections', async () => (await place.tell('status')).connections.length === (await place.usable()).length);
}

/* With all well again, no try is in vain that was not under way before. */
async function nothingIsGivenUp(place, told, tell) {
	const { pending } = (await place.tell('status')).delivery;
	const before = new Set(pending.filter((e) => e.state === 'sent').map((e) => e.envelope_id));

	await told.journal();
	const known = new Set(told.envelopes.keys());
	await tell();
	await told.journal();
	for (const [id, e] of told.envelopes)
		assert.ok(known.has(id) || before.has(id) || !isGivenUp(e), `given up, with all well: ${JSON.stringify(e)}`);
}

/* Every message that is in the inbox is an entry of its incident, once, as it was said; and no entry is of nothing. */
async function messagesAreEntries(place, told, inbox, dump) {
	const incidents = new Map((await place.postgres.rows('select id, channel from incident')).map((i) => [i.channel, i.id]));
	const shown = new Map(dump.channels.flatMap((c) => c.messages.map((m) => [`${c.id} ${m.ts}`, m])));
	const entries = new Map();
	let messages = 0, replies = 0;

	for (const e of await place.postgres.rows('select incident, author, text, channel, ts, thread_ts, kind from entry where ts is not null')) {
		const key = `${e.channel} ${e.ts}`;
		assert.ok(!entries.has(key), `entry ${key} twice`);
		assert.equal(e.incident, incidents.get(e.channel), `entry ${key} of another incident`);
		assert.ok(shown.has(key), `entry ${key} of a message that nobody wrote`);
		entries.set(key, e);
	}
	for (const row of inbox) {
		const event = row.frame.payload.event;
		const said = event?.type === 'message' ? told.said.get(`${event.channel} ${event.ts}`) : undefined;
		if (said === undefined || event.subtype !== undefined)
			continue;
		const entry = entries.get(`${event.channel} ${event.ts}`);
		assert.ok(entry, `a message without an entry: ${row.frame.payload.event_id}`);
		const message = shown.get(`${event.channel} ${event.ts}`);
		assert.equal(entry.author, message.user);
		assert.equal(entry.text, message.text);
		assert.equal(entry.kind, 'message');
		if (said.thread_ts !== undefined)
			assert.equal(entry.thread_ts, said.thread_ts, 'a reply without its parent');
		messages++;
		replies += said.thread_ts !== undefined ? 1 : 0;
	}
	return { messages, replies };
}

/* What a channel shows is what the outbox did: each post once, one channel an incident, each person invited once. */
async function effectsHappenedOnce(place, dump) {
	const rows = await place.postgres.rows('select id, method, purpose, incident, state, error, body from outbox');
	const posts = rows.filter((r) => r.method === 'chat.postMessage');
	const incidents = await place.postgres.rows('select id, title, channel, channel_name, card_ts, (select ts from headline where incident = incident.id) as headline_ts from incident');
	const shown = [];

	/* The name is taken by our own channel when the answer to the first try was lost. */
	for (const r of rows.filter((row) => row.error !== 'name_taken'))
		assert.notEqual(r.state, 'refused', `Slack refused ${r.method} (${r.purpose}): ${r.error}`);
	for (const channel of dump.channels) {
		for (const m of channel.messages) {
			const row = m.metadata?.event_payload?.row;
			if (row !== undefined)
				shown.push(row);
			else
				assert.ok(m.user !== BOT || m.subtype !== undefined || m.bot_id === undefined, `a post of no row in ${channel.name}: ${m.text}`);
		}
		once(channel.messages.filter((m) => m.subtype === 'channel_join').map((m) => m.user), `joined ${channel.name}`);
		once(channel.pins.map((p) => p.ts ?? p.message?.ts), `pinned in ${channel.name}`);
	}
	const seen = once(shown, 'the post of outbox row');
	for (const p of posts)
		assert.ok(p.state !== 'done' || seen.has(String(p.id)), `row ${p.id} is done and nothing was posted`);
	assert.equal(seen.size, posts.filter((p) => p.state === 'done').length, 'posts of rows that are not done');

	const made = dump.channels.filter((c) => c.name?.startsWith('inc-'));
	assert.equal(made.length, incidents.length, 'one channel an incident');
	for (const i of incidents) {
		const channel = made.find((c) => c.id === i.channel);
		assert.ok(channel?.name.startsWith(`inc-${i.id}-`), `the channel of incident ${i.id}`);
		assert.equal(posts.filter((p) => p.incident === i.id && p.purpose === 'headline_posted').length, 1);
		assert.equal(posts.filter((p) => p.incident === i.id && p.purpose === 'card_posted').length, 1);
		assert.ok(i.headline_ts && i.card_ts);
	}
	return { posts: posts.length };
}

/* What was not done because it came too late: who asked heard of it. Returns how many. */
async function lateIsTold(place, inbox) {
	const whispers = (await place.postgres.rows(`select body, lane, state from outbox where method = 'response_url'`))
		.map((r) => ({ ...JSON.parse(r.body), user: r.lane.split(' ')[1], state: r.state }));
	const late = inbox.filter(isLate);

	for (const { frame: { payload } } of late) {
		const words = payload.command ? ['this in time, and did nothing', `${payload.command} ${payload.text}`] : ['what you pressed in time, and did nothing'];
		const told = whispers.find((w) => w.user === (payload.user_id ?? payload.user.id) && words.every((word) => w.text.includes(word)));
		assert.equal(told?.state, 'done', `came too late, and nobody heard of it: ${payload.text}`);
	}
	return { late: late.length };
}

/* Every declare, note and action was carried out once; or not at all, when it came too late. */
async function commandsHadOneEffect(place, inbox) {
	const titles = (await place.postgres.rows('select title from incident')).map((i) => i.title);
	const notes = (await place.postgres.rows(`select text from entry where kind = 'note'`)).map((e) => e.text);
	const actions = (await place.postgres.rows('select text from action')).map((a) => a.text);
	let commands = 0;

	once(titles, 'incident');
	once(notes, 'note');
	once(actions, 'action');
	for (const row of inbox) {
		const text = row.frame.type === 'slash_commands' ? row.frame.payload.text : '';
		const [verb, rest] = [text.split(' ')[0], text.slice(text.indexOf(' ') + 1)];
		commands += text !== '' ? 1 : 0;
		if (verb === 'declare')
			assert.equal(titles.includes(rest), !isLate(row), text);
		if (verb === 'note')
			assert.equal(notes.includes(rest), !isLate(row), text);
		if (verb === 'action')
			assert.equal(actions.some((a) => rest.startsWith(a) || a.startsWith(rest.slice(0, rest.indexOf(' <')))), !isLate(row), text);
	}
	return { commands };
}

await story('what was acknowledged is there, once, whatever is killed when', async (place) => {
	const told = new Story(place), titles = [];
	const clock = () => `${((Date.now() - began) / 1000).toFixed(0)} s`;
	const began = Date.now();

	console.log(`# WHOLE_SEED=${SEED} WHOLE_EVENTS=${EVENTS} WHOLE_KILLS=${KILLS}`);
	await place.postgres.start();
	await place.startSlackbox('--seed', String(SEED), '--time-scale', '20', '--limits', '50');
	for (const name of PEOPLE)
		await place.tell('person', { id: `U0${name.toUpperCase()}`, name, real_name: `${name} Example` });
	for (const user of PEOPLE)
		await place.tell('act', { verb: 'join', user, channel: 'incidents' });
	place.startDaemon();
	await place.ready();
	await place.connected();
	for (let i = 0; i < FIRST; i++)
		titles.push(await told.incident(i));
	for (const title of titles)
		await told.moveIn(title);
	await place.settled();
	await told.journal();

	/* Slack would switch the events off, were its hour as short as ours: a person has to switch them on. */
	await place.tell('fault', { kind: 'disabling', ms: 0 });
	await place.tell('fault', { kind: 'duplicates', probability: 0.05 });
	await place.tell('fault', { kind: 'reorder', probability: 0.05 });
	console.log(`# ${clock()}: the troubles begin`);
	await Promise.all([told.traffic(), told.watch(), told.kill(), told.shake(), told.topple(), told.declareMore(titles)]);
	console.log(`# ${clock()}: the troubles are over`);
	await place.tell('fault', { kind: 'none' });
	await place.ready();
	await peace(place);
	/* How long thousands of threads are read after the last death is a matter of Slack's limits. */
	await nothingIsGivenUp(place, told, () => place.settled(150000, `state = 'waiting' and purpose not in ('history_read', 'thread_read')`));
	console.log(`# ${clock()}: all is settled`);

	const { inbox, acked } = await acknowledgedIsKept(place, told);
	const dump = await place.tell('dump');
	const counts = {
		...nothingElseIsMissing(told, inbox),
		...await lateIsTold(place, inbox),
		...await messagesAreEntries(place, told, inbox, dump),
		...await commandsHadOneEffect(place, inbox),
		...await effectsHappenedOnce(place, dump),
		acked: acked.length, retried: dump.delivery.retried, lost: dump.delivery.lost,
		duplicates: dump.delivery.duplicates, acked_late: dump.delivery.late, unpressed: told.refused,
		incidents: (await place.postgres.value('select count(*) from incident')),
	};
	await place.sound([MARK]);
	await place.endDaemon();
	await place.sound([MARK]);
	console.log(`# ${JSON.stringify(counts)}`);
});
