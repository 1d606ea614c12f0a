/* A Postgres that stands still: its connections stay open, and it answers nothing. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { pause, story, until } from './box.mjs';

const TYPED = 'Typed while it stood still', REMARKS = 30, STANDS_MS = 12000;
let place;

const status = (pid) => { try { return fs.readFileSync(`/proc/${pid}/status`, 'utf8'); } catch { return ''; } };

const childrenOf = (parent) => fs.readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && new RegExp(`^PPid:\\s+${parent}$`, 'm').test(status(pid))).map(Number);

/* The postmaster first, so that it makes no more of them. One that ends just now needs no signal. */
async function signalAll(signal) {
	const postmaster = Number(fs.readFileSync(path.join(place.postgres.dir, 'postmaster.pid'), 'utf8').split('\n')[0]);
	const stands = () => /^State:\s+T/m.test(status(postmaster));

	process.kill(postmaster, signal);
	await until(`the postmaster to take ${signal}`, async () => stands() === (signal === 'SIGSTOP'), 10000, 5);
	for (const pid of childrenOf(postmaster))
		try {
			process.kill(pid, signal);
		} catch (error) {
			assert.equal(error.code, 'ESRCH');
		}
}

const acked = async () => (await place.tell('status')).delivery.acked;
const command = (text) => place.tell('command', { user: 'ann', channel: 'incidents', text });

async function itStandsStill(channel) {
	await signalAll('SIGSTOP');
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
	});
	assert.match(ready.text, /^postgres: /m);
	assert.equal((await place.health('/livez')).status, 200);
	await pause(STANDS_MS - (Date.now() - began));
	assert.equal((await place.health('/readyz')).status, 503);
	assert.equal(await acked(), before, 'nothing is acknowledged');
	await signalAll('SIGCONT');
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
	assert.deepEqual(await place.postgres.rows(`select purpose, state from outbox where method = 'response_url'`), [{ purpose: 'told', state: 'done' }]);
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
	await signalAll('SIGSTOP');
	await submit();
	await pause(4500);
	await signalAll('SIGCONT');
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

const value = (select) => place.postgres.value(select);
const times = (word) => place.daemon.text().split(word).length - 1;

/* A statement that runs out of its time again and again is the world's, not the event's. */
async function aTableIsLocked(channel) {
	const before = await acked();
	const letGo = await place.postgres.hold('lock table incident in access exclusive mode', `relation = 'incident'::regclass and mode = 'AccessExclusiveLock'`);
	const held = Date.now();

	for (let i = 0; i < 4; i++)
		await place.tell('say', { user: 'ann', channel, text: `behind the lock ${i}` });
	await until('/readyz 503', async () => (await place.health('/readyz')).status === 503);
	await pause(16000 - (Date.now() - held));
	assert.equal(await acked(), before, 'nothing is acknowledged');
	await letGo();
	await place.ready();
	await place.settled();
	assert.equal(await value(`select count(*) from entry where text like 'behind the lock%'`), 4);
	assert.equal(await value(`select count(*) from inbox where state = 'failed'`), 0);
	assert.equal(times('postgres is away'), 1, 'said once');
	assert.equal(times('postgres is there'), 2, 'and that it is back');
}

/* One that takes too long each time lets the others go first, and stays. */
async function anEventIsHeavy(channel) {
	await place.postgres.change(`create function heavy() returns trigger language plpgsql as
		$$ begin if new.text = 'heavy' then perform pg_sleep(30); end if; return new; end $$;
		create trigger heavy before insert on entry for each row execute function heavy()`);
	await place.tell('say', { user: 'ann', channel, text: 'heavy' });
	await place.tell('say', { user: 'ann', channel, text: 'light' });
	await until('the light one', async () => (await value(`select count(*) from entry where text = 'light'`)) === 1, 90000);
	await until('the heavy one to be told of', async () => times('event waits, others go first') > 0, 90000); /* the light one may have come first */
	assert.equal(await value(`select count(*) from inbox where state = 'failed'`), 0);
	assert.equal(times('event waits, others go first'), 1);
	await place.postgres.change('drop trigger heavy on entry');
	await until('the heavy one', async () => (await value(`select count(*) from entry where text = 'heavy'`)) === 1);
	await place.ready();
}

/* What cannot be written down by our own fault is said once. */
async function theWatchIsRefused() {
	await place.postgres.change(`create function never() returns trigger language plpgsql as $$ begin raise 'refused by the test'; end $$;
		create trigger never before insert or update on watch for each row execute function never()`);
	await until('the line', async () => times('error watch: ') > 0);
	await pause(3000);
	assert.equal(times('error watch: '), 1, 'said once');
	await place.postgres.change('drop trigger never on watch');
}

/* What comes while it ends is left to the next one: no full queue. */
async function itEndsWhileItWaits(channel) {
	await signalAll('SIGSTOP');
	await place.tell('say', { user: 'ann', channel, text: 'before the end' });
	const over = place.daemon.end('SIGTERM');
	await until('draining', async () => place.daemon.text().includes('draining'), 60000, 20);
	await place.tell('say', { user: 'ann', channel, text: 'at the end' });
	assert.equal(await over, 0);
	await signalAll('SIGCONT');
	assert.equal(times('no room for an event'), 0);
}

await story('postgres takes some of it later', async (here) => {
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
	await aTableIsLocked(channel);
	await anEventIsHeavy(channel);
	await theWatchIsRefused();
	await itEndsWhileItWaits(channel);
	await place.sound(['behind the lock', 'heavy']);
});
