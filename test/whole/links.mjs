/* Connections that are refused, that die in odd ways, and that are renewed. The stories run side by side: most of it is waiting. */
import assert from 'node:assert/strict';
import { pause, story, until } from './box.mjs';

const MIB = 1 << 20, ALWAYS = 1000, LAST = 5;
const lines = (place, words) => place.daemon.text().split('\n').filter((line) => (words.test ? words.test(line) : line.includes(words)));
const says = (place, words, ms) => until(`the log to say ${words}`, async () => lines(place, words)[0], ms);
const fault = (place, kind, more = {}) => place.tell('fault', { kind, ...more });

function notReady(place, words, ms) {
	return until(`/readyz to say ${words}`, async () => {
		const { status, text } = await place.health('/readyz');
		return status === 503 && words.test(text);
	}, ms);
}

/* A channel in which what is said is kept. */
async function talkative(place, title) {
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });
	await place.tell('command', { user: 'ann', channel: 'incidents', text: `declare ${title}` });
	const { channel } = await place.incident(title);
	await place.settled();
	return channel;
}

async function allIsKept(place, said) {
	await place.settled();
	const kept = await place.postgres.rows(`select text, count(*) from entry where text like 'remark %' group by text`);
	assert.equal(kept.length, said, 'all that was said is kept');
	assert.ok(kept.every((row) => row.count === 1), 'each once');
	assert.equal((await place.tell('status')).delivery.lost, 0);
}

/* Says things until it is told to stop; then all of it is there, once. */
function chatter(place, channel) {
	let said = 0, over = false;
	const done = (async () => {
		while (!over) {
			await place.tell('say', { user: 'ann', channel, text: `remark ${said++}` });
			await pause(10);
		}
	})();

	return async () => {
		over = true;
		await done;
		await allIsKept(place, said);
	};
}

async function renewal(place) {
	await place.postgres.start();
	await place.startSlackbox('--limits', '0', '--time-scale', '2');
	place.startDaemon();
	await place.ready();
	await place.connected();
	const channel = await talkative(place, 'Renewed');
	await fault(place, 'fragments', { pieces: 5, count: 200 });
	const hush = chatter(place, channel);

	/* warning, and a while later refresh_requested and the end. */
	const old = (await place.usable()).map((c) => c.serial);
	await fault(place, 'refresh');
	let fewest = Infinity;
	await until('the old ones to be replaced', async () => {
		const now = await place.usable();
		fewest = Math.min(fewest, now.length);
		return now.length === 2 && !now.some((c) => old.includes(c.serial));
	}, 60000, 20);
	assert.equal(fewest, 2, 'the new one was up before the old one went');
	for (const words of ['reason=warning', 'reason=refresh_requested', /link: refreshed .*overlap_ms=[1-9]/])
		await until(`both to say ${words}`, async () => lines(place, words).length === 2);
	assert.equal(lines(place, 'no connection to Slack is left').length, 0);

	/* Gone without a word, both at once. */
	await fault(place, 'rst');
	await says(place, 'no connection to Slack is left');
	await place.connected();
	await says(place, /link: connected again gap_ms=\d+$/);

	/* One closes, with a close frame. */
	await fault(place, 'close', { connection: (await place.usable())[0].serial });
	await says(place, /Slack closes socket=\d+ code=1000/);
	await place.connected();
	await hush();

	/* The largest message, and one that is larger. */
	await fault(place, 'long_frame', { bytes: 4 * MIB });
	await says(place, `bytes=${4 * MIB}`);
	await fault(place, 'fragments', { pieces: 9, count: 2 });
	await fault(place, 'long_frame', { bytes: 4 * MIB - 1 });
	await says(place, `bytes=${4 * MIB - 1}`);
	await fault(place, 'long_frame', { bytes: 4 * MIB + 1 });
	await says(place, 'more than 4 MiB');
	await fault(place, 'long_frame', { bytes: 4 * MIB + 1 });
	await until('both to be passed over', async () => lines(place, 'more than 4 MiB').length === 2);
	await place.settled();
	assert.equal((await place.usable()).length, 2);
	await place.endDaemon();
	await place.sound(['remark', 'Renewed']);
}

async function halfOpen(place) {
	await place.postgres.start();
	await place.startSlackbox('--limits', '0', '--time-scale', '17'); /* Slack's last retry comes after 30 s */
	place.startDaemon();
	await place.ready();
	await place.connected();
	const channel = await talkative(place, 'Half open');
	const [first] = await place.usable();

	await fault(place, 'freeze', { connection: first.serial });
	for (let i = 0; i < 20; i++)
		await place.tell('say', { user: 'ann', channel, text: `remark ${i}` });
	await says(place, /warn link: given up, .*silent_ms=(19|2\d)\d{3}:/, 60000); /* timers run by a millisecond */
	await place.connected();
	await fault(place, 'rst', { connection: first.serial }); /* Slack forgets it too: till then it is sent some */
	await allIsKept(place, 20);
	assert.equal(lines(place, 'no connection to Slack is left').length, 0);
	assert.equal(lines(place, / error /).length, 0);
	await place.endDaemon();
	await place.sound(['remark', 'Half open']);
}

async function crowded(place) {
	await place.postgres.start();
	await place.startSlackbox('--limits', '0', '--time-scale', '0.1'); /* nothing is too late, however slow this machine is */
	await fault(place, 'ghosts', { count: 10, ms: 600000 });
	place.startDaemon();
	await notReady(place, /too_many_websockets: an app may have 10 connections/);
	await pause(5000);
	assert.equal(lines(place, / error .*too_many_websockets/).length, 1);
	assert.equal(lines(place, 'reason=too_many_websockets').length, 1, 'neither connection is tried again');
	await fault(place, 'ghosts', { ms: 0 });
	await place.connected(2, 90000);
	assert.deepEqual((await place.usable()).map((c) => c.serial).sort(), [12, 13], 'one was refused, two are good');
	await says(place, 'link: too_many_websockets is over');
	await place.ready();

	/* In pieces, with pings between them. */
	const channel = await talkative(place, 'At the end');
	const pongs = async () => (await place.usable()).reduce((sum, c) => sum + c.pongs, 0);
	for (let i = 0; i < 3; i++) {
		const before = await pongs();
		await fault(place, 'fragments', { pieces: 4, ping: true });
		await place.tell('say', { user: 'ann', channel, text: `remark ${i}` });
		await until('a pong', async () => await pongs() > before);
		await allIsKept(place, i + 1);
	}

	/* At the end: what came is acknowledged, then the link is closed. */
	const before = (await place.tell('status')).delivery;
	const letGo = await place.postgres.hold('lock table inbox', `relation = 'inbox'::regclass and mode = 'AccessExclusiveLock'`);
	for (let i = 0; i < LAST; i++)
		await place.tell('say', { user: 'ann', channel, text: `last remark ${i}` });
	await until('the desk to wait', () => place.postgres.value(`select count(*) > 0 from pg_locks where not granted`));
	const waiting = (await place.tell('status')).delivery;
	assert.equal(waiting.acked, before.acked, 'nothing is committed yet');
	assert.ok(waiting.sent >= before.sent + LAST);
	await fault(place, 'ghosts', { ms: 600000 }); /* left by each that ends without a close frame */
	const ended = place.endDaemon();
	await says(place, 'asked to end');
	await letGo();
	await ended;
	const { connections, delivery } = await place.tell('status');
	assert.deepEqual(connections, [], 'each with a close frame');
	assert.equal(delivery.acked, waiting.sent - before.sent + before.acked, 'all was acknowledged');
	assert.equal(delivery.retried + delivery.lost, 0);
	assert.equal(await place.postgres.value(`select count(*) from entry where text like 'last remark %'`), LAST);
	await place.sound(['remark', 'At the end']);
}

/* What is in the way when the daemon starts (ALWAYS: until it has said so); what it says; whether it goes on trying, or only slowly. */
const REFUSALS = [
	{ fault: { kind: 'open_error', error: 'internal_error', count: 2 }, log: /no URL: internal_error/ },
	{ fault: { kind: 'api_429', retry_after: 3, count: 1 }, log: /no URL: ratelimited/, least: 3000 },
	{ fault: { kind: 'api_500', count: 2 }, log: /no URL: no answer \(HTTP 500, and not Slack's answer\)/ },
	{ fault: { kind: 'api_502', count: 2 }, log: /no URL: no answer \(HTTP 502, and not Slack's answer\)/ },
	{ fault: { kind: 'open_error', error: 'invalid_auth', count: ALWAYS }, log: / error .*invalid_auth: make another app-level token/, slow: true },
	{ fault: { kind: 'open_error', error: 'forbidden_team', count: ALWAYS }, log: / error .*forbidden_team: switch Socket Mode on/, slow: true },
	{ fault: { kind: 'upgrade_refused', status: 503, count: 2 }, log: /in vain .*HTTP 503/ },
	{ fault: { kind: 'upgrade_refused', status: 403, count: ALWAYS }, log: / error .*handshake_refused: a proxy or firewall/ },
	{ fault: { kind: 'upgrade_refused', status: 200, count: ALWAYS }, log: / error .*handshake_refused: a proxy or firewall/ },
	{ fault: { kind: 'upgrade_refused', status: 429, retry_after: 3, count: 1 }, log: /in vain .*HTTP 429/, least: 3000 },
	{ fault: { kind: 'wrong_accept', count: 2 }, log: /in vain .*Accept/i },
	{ fault: { kind: 'tls_unknown_ca', where: 'link', count: ALWAYS }, log: / error .*untrusted_certificate: .*ca_file/ },
	{ fault: { kind: 'tls_unknown_ca', where: 'api', count: ALWAYS }, log: / error .*untrusted_certificate: .*ca_file/ },
];

/* Each step has a deadline: TLS, the handshake, hello. */
async function stalls(place) {
	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	await fault(place, 'tls_stall', { where: 'link' });
	await fault(place, 'no_hello');
	await fault(place, 'api_slow', { method: 'apps.connections.open', ms: 30000 });
	place.startDaemon();
	await until('each to be given up', async () => ['no URL came in time', 'no TCP, TLS or websocket handshake in time', 'no hello came in time']
		.every((words) => lines(place, words).length === 1), 90000);
	await place.connected();
	await place.ready();
	await place.endDaemon();
	await place.sound();
}

async function refusedAtTheStart(place, { fault: what, log, slow, least }) {
	const began = Date.now();

	await place.tell('fault', { method: 'apps.connections.open', ...what });
	place.startDaemon();
	const line = await says(place, log);
	if (line.includes(' error '))
		await notReady(place, new RegExp(/no connection, (\w+): /.exec(line)[1]));
	if (what.count === ALWAYS && !slow)
		await fault(place, 'none');
	if (slow) {
		await pause(3000);
		assert.equal(lines(place, 'an attempt was in vain').length, 1, 'it is not tried again at once');
	} else {
		await place.connected();
		await place.ready();
	}
	assert.equal(lines(place, / error /).length, line.includes(' error ') ? 1 : 0);
	assert.ok(!least || Date.now() - began >= least, 'Retry-After is kept');
	await fault(place, 'none');
	await place.endDaemon();
}

async function refusals(place, list) {
	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	for (const refusal of list) {
		await refusedAtTheStart(place, refusal);
		console.log(`# ${JSON.stringify(refusal.fault)}`);
	}
	await place.sound();
}

async function refusedLater(place) {
	await place.postgres.start();
	await place.startSlackbox('--limits', '0');

	/* Socket Mode is switched off. */
	place.startDaemon();
	await place.ready();
	await place.connected();
	await fault(place, 'link_disabled', { on: true });
	await notReady(place, /link_disabled: switch Socket Mode on/);
	await pause(3000);
	assert.equal(lines(place, / error .*link_disabled/).length, 1);
	assert.equal(lines(place, 'an attempt was in vain').length, 0, 'it is not tried again at once');
	await until('the hole to begin', async () => await place.postgres.value(`select string_agg(coalesce(ended, 'goes on'), ',') from watch`) === 'no connection');
	await fault(place, 'link_disabled', { on: false });
	await place.endDaemon();

	/* An authority that nobody told us of. */
	place.startDaemon({ INCIDENTD_CA_FILE: '/etc/ssl/certs/ca-certificates.crt' });
	await says(place, / error .*untrusted_certificate: .*ca_file/);
	await notReady(place, /untrusted_certificate: .*ca_file/);
	await place.endDaemon();
	place.startDaemon();
	await place.ready();
	await place.connected();
	await place.endDaemon();
	await place.sound();
}

await Promise.all([
	story('a connection is renewed before the old one goes, and nothing is lost', renewal),
	story('a half-open connection is noticed and replaced', halfOpen),
	story('what stalls is given up', stalls),
	story('too many connections; the last acknowledgements', crowded),
	...[0, 1].map((part) => story(`what refuses us at the start is told, and not hammered at (${part + 1} of 2)`,
		(place) => refusals(place, REFUSALS.filter((_, i) => i % 2 === part)))),
	story('what refuses us later is told, and not hammered at', refusedLater),
]);
