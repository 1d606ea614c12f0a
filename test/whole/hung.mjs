/* A Postgres that stands still: its connections stay open, and it answers nothing. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { pause, story, until } from './box.mjs';

const TYPED = 'Typed while it stood still', REMARKS = 30, STANDS_MS = 12000;
let place;

const status = (pid) => { try { return fs.readFileSync(`/proc/${pid}/status`, 'utf8'); } catch { return ''; } };

/* The postmaster first, so that it makes no more of them. */
function servers() {
	const postmaster = fs.readFileSync(path.join(place.postgres.dir, 'postmaster.pid'), 'utf8').split('\n')[0];
	const children = fs.readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && new RegExp(`^PPid:\\s+${postmaster}$`, 'm').test(status(pid)));

	return [postmaster, ...children].map(Number);
}

/* One that ends just now needs no signal. */
function signalAll(signal) {
	for (const pid of servers())
		try {
			process.kill(pid, signal);
		} catch (error) {
			assert.equal(error.code, 'ESRCH');
		}
}

const acked = async () => (await place.tell('status')).delivery.acked;
const command = (text) => place.tell('command', { user: 'ann', channel: 'incidents', text });

async function itStandsStill(channel) {
	signalAll('SIGSTOP');
	const before = await acked();
	const began = Date.now();

	for (let i = 0; i < REMARKS; i++)
		await place.tell('say', { user: 'ann', channel, text: `remark ${i}` });
	for (let i = 0; i < 3; i++) {
		await command(`declare ${TYPED}`);
		await pause(300);
	}
	const ready = await until('/readyz 503', async () => {
		const answer = await place.health('/readyz');
		return answer.status === 503 && answer;
	}, 8000);
	assert.match(ready.text, /^postgres: /m);
	assert.equal((await place.health('/livez')).status, 200);
	await pause(STANDS_MS - (Date.now() - began));
	assert.equal((await place.health('/readyz')).status, 503);
	assert.equal(await acked(), before, 'nothing is acknowledged');
	signalAll('SIGCONT');
}

async function everythingIsThereOnce() {
	await place.ready();
	await place.settled();
	const said = await place.postgres.rows(`select text, count(*) from entry where text like 'remark %' group by text`);
	assert.equal(said.length, REMARKS);
	assert.ok(said.every((e) => e.count === 1), 'each once');
	assert.equal((await place.tell('status')).delivery.lost, 0);
	assert.equal(await place.postgres.value(`select count(*) from inbox where state = 'failed'`), 0);
}

/* Slack told who typed that it failed: it does not happen behind their back, and they hear that they can try again. */
async function whatCameTooLateIsToldAndNotDone() {
	assert.equal(await place.postgres.value(`select count(*) from incident where title = '${TYPED}'`), 0);
	assert.equal(await place.postgres.value(`select count(*) from inbox where state = 'refused' and error = 'came too late'`), 3);
	const told = (await place.tell('dump')).seen_by.U0ANN.filter((m) => m.text.includes(`/incident declare ${TYPED}`));
	assert.equal(told.length, 1, 'told once');
	assert.match(told[0].text, /did nothing.*please send it again/);
	await command(`declare ${TYPED}`);
	await place.incident(TYPED);
	await place.settled();
	assert.equal(await place.postgres.value(`select count(*) from incident where title = '${TYPED}'`), 1);
}

/* A form that came too late stays open, and is sent again as it is. */
async function aFormIsSentAgain() {
	await command('');
	await until('the form', async () => (await place.tell('dump')).views.U0ANN?.at(-1));
	const submit = () => place.tell('submit', { user: 'ann', values: { title: 'By form' } });

	await place.settled();
	signalAll('SIGSTOP');
	await submit();
	await pause(4500);
	signalAll('SIGCONT');
	await place.ready();
	await place.settled();
	assert.equal(await place.postgres.value(`select count(*) from incident where title = 'By form'`), 0);
	await submit();
	await place.incident('By form');
	await place.settled();
	assert.equal(await place.postgres.value(`select count(*) from incident where title = 'By form'`), 1);
}

await story('postgres stands still', async (here) => {
	place = here;
	await place.postgres.start();
	await place.startSlackbox('--time-scale', '10', '--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	place.startDaemon();
	await place.ready();
	await place.connected();
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });
	await command('declare Before');
	const { channel } = await place.incident('Before');
	await place.settled();
	await itStandsStill(channel);
	await everythingIsThereOnce();
	await whatCameTooLateIsToldAndNotDone();
	await aFormIsSentAgain();
	await place.endDaemon();
	await place.sound(['remark', TYPED]);
});
