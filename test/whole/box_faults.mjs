/* What goes wrong with slackbox on request, seen from the wire. No daemon, no database. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { BOT, Place, until } from './box.mjs';
import { OPCODE, Raw } from './raw.mjs';

const place = new Place(fs.mkdtempSync(path.join(os.tmpdir(), 'faults-')));
const fault = (kind, more = {}) => place.tell('fault', { kind, ...more });

/* One Web API call, form-encoded unless it is said otherwise. */
function api(method, form, { token = 'xoxb-slackbox', headers = {}, agent = place.agent, pieces, silence = 60000 } = {}) {
	const body = new URLSearchParams(form).toString();

	return new Promise((done, failed) => {
		const asked = http.request({ host: '127.0.0.1', port: place.port, path: `/api/${method}`, method: 'POST', agent,
			ca: fs.readFileSync(place.file('ca')), timeout: silence,
			headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-www-form-urlencoded', ...headers } }, (answer) => {
			let text = '';
			answer.on('data', (part) => { text += part; });
			answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, json: JSON.parse(text) }));
		});
		asked.on('error', failed);
		asked.on('timeout', () => asked.destroy(new Error('silence')));
		for (const part of pieces ?? [])
			asked.write(part);
		asked.end(pieces ? undefined : body);
	});
}

const opened = () => api('apps.connections.open', {}, { token: 'xapp-slackbox' });

async function url() {
	const { json } = await opened();
	assert.ok(json.ok, json.error);
	return json.url;
}

const connect = async (silence) => Raw.connect(await url(), fs.readFileSync(place.file('ca')), silence);

/* A connection that was greeted. */
async function greeted() {
	const raw = await connect();
	const { status, accepted } = await raw.upgrade();
	assert.ok(status === 101 && accepted);
	const { json } = await raw.message();
	return { raw, hello: json };
}

const say = (text) => place.tell('say', { user: 'ann', channel: 'faults', text });
const connections = async () => (await place.tell('status')).connections;
const nobody = () => until('nobody to be connected', async () => (await connections()).length === 0);

async function frames_come_in_pieces() {
	const { raw } = await greeted();

	await fault('fragments', { count: 1, pieces: 4, ping: true });
	await say('wörter in stücken');
	const first = await raw.message();
	assert.deepEqual(first.frames.map((f) => [f.opcode, f.fin]), [[OPCODE.TEXT, false], [OPCODE.PING, true], [OPCODE.MORE, false],
		[OPCODE.PING, true], [OPCODE.MORE, false], [OPCODE.PING, true], [OPCODE.MORE, true]]);
	assert.equal(first.json.payload.event.text, 'wörter in stücken');
	raw.ack(first.json);
	await say('whole again');
	const second = await raw.message();
	assert.equal(second.frames.length, 1);
	raw.ack(second.json);
	await fault('fragments', { count: -1, pieces: 200 });
	await fault('long_frame', { bytes: 300000 });
	assert.equal((await raw.message()).frames.length, 200);
	await fault('none');
	raw.end();
}

const findings = async () => (await place.tell('dump')).findings;

/* Several pings may say the same, and be answered after a later one was sent; what was never asked answers nothing. */
async function pongs_are_compared_with_the_pings() {
	const { raw } = await greeted();
	const before = await findings();

	await fault('fragments', { count: 1, pieces: 3, ping: true });
	await say('in three pieces');
	const frames = [];
	while (frames.at(-1)?.opcode !== OPCODE.PING || !frames.some((f) => f.opcode === OPCODE.MORE && f.fin))
		frames.push(await raw.frame());
	for (const ping of frames.filter((f) => f.opcode === OPCODE.PING))
		raw.send(OPCODE.PONG, ping.text);
	raw.ack(JSON.parse(frames.filter((f) => f.opcode < OPCODE.CLOSE).map((f) => f.text).join('')));
	await until('the ack to be taken', async () => (await connections()).some((c) => c.received === 1));
	assert.deepEqual(await findings(), before);
	for (const wrong of ['Ping from applink-0', 'something else']) {
		while ((await raw.frame()).opcode !== OPCODE.PING)
			;
		raw.send(OPCODE.PONG, wrong);
	}
	await until('both to be counted', async () => (await connections()).some((c) => c.unasked_pongs === 2));
	assert.deepEqual(await findings(), before);
	raw.end();
}

async function a_fault_may_last() {
	for (const [kind, last] of [['open_error', 'internal_error'], ['api_500', 'internal_error']]) {
		await fault(kind, { count: -1 });
		for (let i = 0; i < 5; i++)
			assert.equal((await opened()).json.error, last, kind);
		await fault('none');
		assert.ok((await opened()).json.ok);
	}
}

async function handshakes_go_wrong() {
	await fault('wrong_accept');
	let raw = await connect();
	let answer = await raw.upgrade();
	assert.deepEqual([answer.status, answer.accepted], [101, false]);
	raw.end();
	for (const status of [200, 401, 403, 407, 408, 409, 429, 503]) {
		await fault('upgrade_refused', { status, retry_after: 7 });
		raw = await connect();
		answer = await raw.upgrade();
		assert.equal(answer.status, status);
		assert.match(answer.head, /Retry-After: 7\r\n/);
		raw.end();
	}
	await fault('upgrade_stall', { ms: 300 });
	raw = await connect();
	await assert.rejects(raw.upgrade(), /the connection ended/);
	(await greeted()).raw.end();
}

async function tls_goes_wrong() {
	for (const [kind, said] of [['tls_stall', /silence/], ['tls_unknown_ca', /self.signed|unable to verify/i]]) {
		await fault(kind);
		await assert.rejects(connect(1500), said, kind);
		(await greeted()).raw.end();
		await fault(kind, { where: 'api' });
		await assert.rejects(api('auth.test', {}, { agent: false, silence: 1500 }), said, `${kind} at the API`);
		assert.ok((await api('auth.test', {}, { agent: false })).json.ok);
	}
}

/* A restarted slackbox is the one that was trusted. */
async function a_certificate_is_kept() {
	const ca = fs.readFileSync(place.file('kept/ca.pem'));

	assert.equal(fs.statSync(place.file('kept/key.pem')).mode & 0o777, 0o600);
	await place.box.end('SIGTERM');
	fs.renameSync(place.box.log, place.file('first.log'));
	await place.startSlackbox('--cert-dir', place.file('kept'));
	assert.deepEqual(fs.readFileSync(place.file('ca')), ca);
	(await greeted()).raw.end();
}

async function ghosts_are_counted() {
	await nobody();
	await fault('ghosts', { ms: 60000 });
	(await greeted()).raw.end();
	await until('a ghost', async () => (await connections()).some((c) => c.ghost));
	const { raw, hello } = await greeted();
	assert.equal(hello.num_connections, 2);
	await fault('ghosts', { ms: 60000, count: 8 });
	const refused = await connect();
	await refused.upgrade();
	const { json } = await refused.message();
	assert.deepEqual([json.type, json.reason, json.num_connections], ['disconnect', 'too_many_websockets', 10]);
	refused.end();
	await fault('ghosts', { ms: 0 });
	await until('no more ghosts', async () => (await connections()).length === 1);
	await fault('ghosts', { ms: 500, count: 1 });
	await until('one to be gone by itself', async () => (await connections()).length === 1);
	await fault('none');
	raw.end();
}

async function long_frames_end_it_or_vanish() {
	let { raw } = await greeted();
	const long = JSON.stringify({ envelope_id: 'x'.repeat(21000) });

	raw.send(OPCODE.TEXT, long);
	assert.equal((await raw.message()).closed, 1009);
	raw.end();
	await fault('long_dropped');
	({ raw } = await greeted());
	raw.send(OPCODE.TEXT, long);
	await until('it to be received', async () => (await connections()).some((c) => c.received === 1));
	await say('still there');
	const { json } = await raw.message();
	assert.equal(json.payload.event.text, 'still there');
	raw.ack(json);
	await fault('none');
	raw.end();
}

async function failing_events_are_switched_off() {
	await fault('disabling', { ms: 60000, least: 3 });
	for (const text of ['one', 'two', 'three'])
		await say(text);
	await until('events to be off', async () => !(await place.tell('status')).delivery.enabled);
	const { raw } = await greeted();
	await say('unheard');
	await place.tell('command', { user: 'ann', channel: 'faults', command: '/incident', text: 'help' });
	const { json } = await raw.message();
	assert.equal(json.type, 'slash_commands');
	raw.ack(json);
	await fault('events_off', { on: false });
	await say('heard');
	const heard = await raw.message();
	assert.equal(heard.json.payload.event.text, 'heard');
	raw.ack(heard.json);
	await fault('app_rate_limited');
	const limited = await raw.message();
	assert.deepEqual([limited.json.type, limited.json.payload.type], ['events_api', 'app_rate_limited']);
	assert.ok(limited.json.payload.minute_rate_limited % 60 === 0 && !('event' in limited.json.payload));
	raw.ack(limited.json);
	raw.end();
}

async function a_chunked_body_is_read() {
	const headers = { 'Transfer-Encoding': 'chunked' };
	const pieces = ['channel=C0FA', 'ULTS&text=in%20', 'pieces'];

	assert.ok((await api('chat.postMessage', {}, { headers, pieces })).json.ok);
	const { channels } = await place.tell('dump');
	assert.ok(channels.find((c) => c.id === 'C0FAULTS').messages.some((m) => m.text === 'in pieces'));
}

await place.startSlackbox('--cert-dir', place.file('kept'), '--time-scale', '20');
try {
	await place.tell('person', { name: 'ann' });
	await place.tell('channel', { name: 'faults', id: 'C0FAULTS', members: ['ann', BOT] });
	for (const shown of [frames_come_in_pieces, pongs_are_compared_with_the_pings, a_fault_may_last, handshakes_go_wrong, tls_goes_wrong, ghosts_are_counted,
		long_frames_end_it_or_vanish, failing_events_are_switched_off, a_chunked_body_is_read, a_certificate_is_kept]) {
		await nobody();
		await shown();
		console.log(`ok - ${shown.name}`);
	}
	assert.equal(await place.box.end('SIGTERM'), 0, place.box.text());
	assert.doesNotMatch(fs.readFileSync(place.file('first.log')) + place.box.text(), /Sanitizer|runtime error:/);
} finally {
	await place.close();
}
