/* What a daemon had under way is taken over soon when it dies, and never while it lives. */
import assert from 'node:assert/strict';
import { pause, story, until } from './box.mjs';

const LEASE_MS = 6000;
let place;

const declare = (title) => place.tell('command', { user: 'ann', channel: 'incidents', text: `declare ${title}` });

/* A call of this method, and nothing of it is answered yet. */
const underWay = (method) => until(`${method} to be under way`, async () =>
	(await place.postgres.value(`select count(*) from outbox where method = '${method}' and state = 'waiting' and taken_until > now()`)) > 0, 60000, 20);

async function once(title) {
	const { channel } = await place.incident(title);
	await place.settled();
	const { channels } = await place.tell('dump');
	const own = channels.find((c) => c.id === channel);

	assert.equal(channels.filter((c) => c.name?.endsWith(title.toLowerCase().replaceAll(' ', '-'))).length, 1, 'one channel');
	assert.equal(own.messages.filter((m) => m.metadata).length, 1, 'one card');
	assert.equal(own.pins.length, 1, 'one pin');
}

async function aDeadOnesCallsAreTakenOver(method, title) {
	await place.tell('fault', { kind: 'api_slow', method, ms: 3000, count: 1 });
	await declare(title);
	await underWay(method);
	await place.daemon.end('SIGKILL');
	const [{ id, until: held }] = await place.postgres.rows(`select id, taken_until::text as until from outbox where method = '${method}' and state = 'waiting' and taken_until > now()`);
	place.startDaemon();
	await place.ready();
	await declare(`${title} and another`);
	await place.incident(title);
	await until('all to be done', async () => (await place.postgres.value(`select count(*) from outbox where state = 'waiting'`)) === 0);
	assert.ok(await place.postgres.value(`select settled_at < '${held}' from outbox where id = ${id}`), 'nobody waited until an answer was out of the question');
	await once(title);
	await once(`${title} and another`);
}

async function aLivingOnesCallsAreItsOwn() {
	await place.tell('fault', { kind: 'api_slow', method: 'chat.postMessage', ms: LEASE_MS + 4000, count: 1 });
	await declare('Slow');
	await underWay('chat.postMessage');
	place.startDaemon();
	await place.ready();
	await pause(LEASE_MS);
	await once('Slow');
	const tries = await place.postgres.rows(`select attempts from outbox where method = 'chat.postMessage' and attempts <> 1
		and incident = (select id from incident where title = 'Slow')`);
	assert.deepEqual(tries, [], 'nobody took what was under way');
}

/* What it is at takes longer than its lease, in pieces. Nothing under way is in the hands of one that others take for dead. */
async function oneThatIsBusySaysThatItLives(title, begin, isOver) {
	const abandoned = `select count(*) from outbox o where state = 'waiting' and taken_until > now() and sent_at < now() - interval '2 s'
		and not exists (select from desk d where d.name = o.taken_by and d.alive_until > now())`;

	await place.tell('fault', { kind: 'api_slow', method: 'chat.postMessage', ms: 12000, count: 1 });
	await declare(title);
	await underWay('chat.postMessage');
	await begin();
	let most = 0;
	await until('the slow ones', async () => {
		most = Math.max(most, await place.postgres.value(abandoned));
		return isOver();
	});
	assert.equal(most, 0, 'it was alive all the time');
	await once(title);
}

async function busyWithEvents() {
	const { channel } = await place.incident('Died posting');

	await place.postgres.change(`create function slow() returns trigger language plpgsql as
		$$ begin if new.text like 'slowly%' then perform pg_sleep(1.1); end if; return new; end $$;
		create trigger slow before insert on entry for each row execute function slow()`);
	await oneThatIsBusySaysThatItLives('Busy', async () => {
		for (let i = 0; i < 9; i++)
			await place.tell('say', { user: 'ann', channel, text: `slowly ${i}` });
	}, async () => (await place.postgres.value(`select count(*) from entry where text like 'slowly%'`)) === 9);
	await place.postgres.change('drop trigger slow on entry');
}

async function busyWithAlarms() {
	await place.postgres.change(`create function slow_alarm() returns trigger language plpgsql as
		$$ begin perform pg_sleep(1.1); return old; end $$;
		create trigger slow before delete on alarm for each row when (old.incident > 100) execute function slow_alarm()`);
	await oneThatIsBusySaysThatItLives('Ringing', () => place.postgres.change(`with made as (
		insert into incident (id, title, status, severity_id, severity_label, reporter, started_at, reported_at)
		select 100 + n, 'x', 'investigating', severity_id, severity_label, reporter, started_at, reported_at
		from incident, generate_series(1, 9) n where id = 1 returning id)
		insert into alarm (incident, rule, due_at) select id, 'look', now() from made`),
	async () => (await place.postgres.value('select count(*) from alarm where incident > 100')) === 0);
	await place.postgres.change('drop trigger slow on alarm; delete from incident where id > 100');
}

await story('a daemon takes over what a dead one had under way', async (here) => {
	place = here;
	await place.postgres.start();
	await place.startSlackbox('--time-scale', '10', '--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	place.startDaemon();
	await place.ready();
	await place.connected();
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });
	await aDeadOnesCallsAreTakenOver('conversations.create', 'Died creating');
	await aDeadOnesCallsAreTakenOver('chat.postMessage', 'Died posting');
	await busyWithEvents();
	await busyWithAlarms();
	await aLivingOnesCallsAreItsOwn();
	for (const life of place.lives)
		if (life.code === null)
			assert.equal(await life.end('SIGTERM'), 0);
	await place.sound();
});
