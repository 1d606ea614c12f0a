/* Webhooks reach a receiver that verifies them by itself; which fails, refuses, redirects, hangs and comes back, while the daemon dies. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { story, until } from './box.mjs';

const SECRET = `whsec_${Buffer.from('a key of at least 24 bytes, and more').toString('base64')}`;
const WORD = 'swordfish7731';
const DOCS = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../docs/WEBHOOKS.md');

/* What the document tells receivers to do is what is done here. */
const [, example] = /```js\n([^]*?)```/.exec(fs.readFileSync(DOCS, 'utf8'));
const { verify } = await import(`data:text/javascript,${encodeURIComponent(example)}`);

let place, channel, answer, arrived = [], begun = 0;
const of = (type) => arrived.filter((m) => m.body.type === type);
const come = (type, n = 1) => until(`${n} of ${type}`, async () => of(type).length >= n, 60000);
const command = (text, where = channel) => place.tell('command', { user: 'ann', channel: where, text });
const problems = () => place.postgres.rows(`select text from entry where kind = 'problem' order by id`);
const problem = (words) => until(`a problem: ${words}`, async () => (await problems()).some((p) => p.text.includes(words)), 60000);

/* answer: what it says next to what comes; a number, or what to do with the response. */
function receive(keys) {
	const server = https.createServer(keys, (request, response) => {
		const parts = [];

		request.on('data', (part) => parts.push(part));
		request.on('end', () => {
			const text = Buffer.concat(parts).toString();
			const body = JSON.parse(text), id = request.headers['webhook-id'];

			assert.ok(verify(SECRET, request.headers, text), `the signature of ${text}`);
			assert.ok(!verify(SECRET, request.headers, `${text} `));
			assert.equal(request.headers.authorization, undefined);
			begun++;
			const next = answer?.(body, request) ?? 204;
			if (next === 'hang')
				return;
			if (next === 204)
				arrived.push({ id, body, path: request.url });
			response.writeHead(next, next === 302 ? { Location: '/elsewhere' } : {});
			response.end('not looked at');
		});
	});

	return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

async function begin() {
	await place.postgres.start();
	await place.startSlackbox('--time-scale', '10', '--limits', '0', '--cert-dir', place.file('certs'));
	const [cert, key] = ['ca.pem', 'key.pem'].map((name) => fs.readFileSync(place.file(`certs/${name}`)));
	const server = await receive({ cert, key });
	const at = `127.0.0.1:${server.address().port}`, folder = place.file('settings');

	fs.mkdirSync(folder);
	fs.writeFileSync(`${folder}/incidentd.yml`, `web: {listen: "127.0.0.1:0"}\nwebhooks: {allow: ["${at}"], send: ["https://${at}/s3cret"]}\n`);
	fs.writeFileSync(`${folder}/severities.yml`, `version: 1\nseverities:\n  - {id: p1, label: P1, description: d, page: "https://${at}/pag3r"}\n`
		+ '  - {id: p3, label: P3, description: d, default: true}\n');
	place.more = { INCIDENTD_CONFIG: `${folder}/incidentd.yml` };
	const check = await place.ctl('check-config');
	assert.equal(check.code, 1);
	assert.match(check.stderr, /^\$WEBHOOK_SECRET: webhooks.send or a level's page is set/m);
	place.more.WEBHOOK_SECRET = SECRET;
	assert.equal((await place.ctl('check-config')).code, 0);
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	place.startDaemon();
	await place.ready();
	await place.connected();
	return server;
}

async function failsAndComesAgain() {
	const ids = [];

	answer = (body, request) => {
		ids.push(request.headers['webhook-id']);
		return ids.length < 2 ? 500 : 204;
	};
	await command('declare The lift is stuck', 'incidents');
	({ channel } = await place.incident('The lift is stuck'));
	await come('incident.declared');
	const [{ id, body, path: where }] = of('incident.declared');
	assert.deepEqual(ids, [id, id], 'it has one name');
	assert.equal(where, '/s3cret');
	assert.equal(body.data.incident.title, 'The lift is stuck');
	assert.equal(body.data.change.by.id, 'U0ANN');
	answer = null;
}

async function isPagedOnce() {
	await command('severity p1');
	await come('incident.severity'); /* two connections may tell of two commands in any order */
	await command('severity p3');
	await come('incident.severity', 2);
	assert.deepEqual(of('incident.severity')[0].body.data.change.by, { id: 'U0ANN', name: 'Ann Jones' });
	await place.settled();
	assert.deepEqual(of('incident.page').map((m) => [m.path, m.body.data.incident.severity.id]), [['/pag3r', 'p1']]);
}

/* What is refused for good is not sent again, and a redirect is not followed. */
async function refusesAndRedirects() {
	answer = () => 410;
	await command('impact nobody');
	await problem('HTTP 410');
	answer = () => 302;
	await command('impact everybody');
	await problem('HTTP 302');
	answer = null;
	assert.equal(of('incident.impact').length, 0);
	for (const { text } of await problems())
		assert.match(text, /^A webhook to 127\.0\.0\.1:\d+ was not delivered: HTTP \d+$/);
}

/* Killed with one in the air: it is sent again, under the same name. Slack is served meanwhile. What is redacted meanwhile goes. */
async function hangsWhileTheDaemonIsKilled() {
	let held;

	answer = (body, request) => {
		held = request.headers['webhook-id'];
		return 'hang';
	};
	const before = begun;
	await command(`summary the word is ${WORD}`);
	await until('it to hang', async () => begun > before);
	await place.postgres.value(`select 1`);
	await until('Slack to be told', async () => (await place.postgres.value(
		`select count(*) from outbox where state = 'waiting' and method <> 'webhook'`)) === 0);
	await place.daemon.end('SIGKILL');
	answer = null;
	place.startDaemon();
	await place.ready();
	await come('incident.summary');
	assert.equal(of('incident.summary')[0].id, held);
	await place.settled();
	assert.equal(await place.postgres.value(`select count(*) from outbox where method = 'webhook' and body <> '{}'`), 0, 'nothing stays of what was sent');
}

async function isRedactedBeforeItIsSent() {
	answer = () => 503;
	await command(`update do not say ${WORD}`);
	await until('it to be tried', async () => (await place.postgres.value(
		`select count(*) from outbox where method = 'webhook' and state = 'waiting' and attempts > 0 and body like '%${WORD}%'`)) === 1);
	const entry = await place.postgres.value(`select id from entry where kind = 'update'`);
	const got = await place.ctl('redact', '1', String(entry), '--reason', 'a key', '--by', 'the operator');
	assert.equal(got.code, 0, got.stderr);
	await until('the row to be scrubbed', async () => (await place.postgres.value(
		`select count(*) from outbox where method = 'webhook' and body like '%do not say%'`)) === 0, 60000);
	answer = null;
	await come('incident.update');
	assert.equal(of('incident.update')[0].body.data.change.text, '[redacted]');
}

/* The settings of now count. */
async function goesNowhereElse() {
	answer = () => 503;
	await command('title The lift is stuck again');
	await until('it to be tried', async () => (await place.postgres.value(
		`select count(*) from outbox where method = 'webhook' and state = 'waiting' and attempts > 0`)) === 1);
	await place.endDaemon();
	answer = null;
	fs.writeFileSync(place.more.INCIDENTD_CONFIG, 'web: {listen: "127.0.0.1:0"}\nwebhooks: {allow: [hooks.example.com]}\n');
	place.startDaemon();
	await problem('webhooks.allow does not name this host');
	assert.equal(of('incident.title').length, 0);
	await place.settled();
	await place.endDaemon();
}

await story('webhooks are signed, sent again, and go nowhere else', async (here) => {
	place = here;
	const server = await begin();

	try {
		await failsAndComesAgain();
		await isPagedOnce();
		await refusesAndRedirects();
		await hangsWhileTheDaemonIsKilled();
		await isRedactedBeforeItIsSent();
		await goesNowhereElse();
		await place.sound([SECRET, 's3cret', 'pag3r', WORD]);
	} finally {
		server.closeAllConnections();
		server.close();
	}
});
