/* Without Postgres nothing is acknowledged; when it is there, Slack's retries bring it all. */
import assert from 'node:assert/strict';
import net from 'node:net';
import { pause, story, until } from './box.mjs';

const acked = async (place) => (await place.tell('status')).delivery.acked;

/* It lives, and says why it is not ready. */
async function saysWhy(place) {
	const ready = await until('/readyz 503', async () => {
		const answer = await place.health('/readyz');
		return answer.status === 503 && answer;
	});

	assert.match(ready.text, /postgres: \S+/);
	assert.equal((await place.health('/livez')).status, 200);
}

async function nothingIsAcknowledged(place, ms) {
	const before = await acked(place);

	await pause(ms);
	assert.equal(await acked(place), before, 'something was acknowledged');
}

/* Nobody missed anything, and nothing had to be read again. */
async function noHoles(place) {
	const got = await place.ctl('report', '1', '--format', 'json');
	assert.equal(got.code, 0, got.stderr);
	const { coverage } = JSON.parse(got.stdout);

	assert.deepEqual(coverage.holes, []);
	assert.equal(coverage.recovered, 0);
}

await story('postgres is away when the daemon starts', async (place) => {
	await place.startSlackbox('--time-scale', '10', '--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });
	place.startDaemon();
	await place.connected();
	await saysWhy(place);
	await place.tell('say', { user: 'ann', channel: 'incidents', text: '@incidentd declare Before the database' });
	await nothingIsAcknowledged(place, 5000);
	assert.equal(await acked(place), 0);
	await saysWhy(place);
	await place.postgres.start();
	await place.ready();
	const { channel } = await place.incident('Before the database');
	await place.settled();
	const { delivery, channels } = await place.tell('dump');
	assert.equal(delivery.lost, 0);
	assert.ok(channels.some((c) => c.id === channel));
	assert.equal(await place.postgres.value('select count(*) from incident'), 1);
	await noHoles(place); /* it listened all the time, and kept what it heard */
	await place.endDaemon();
	await place.sound(['Before the database']);
});

await story('postgres goes away, and comes back', async (place) => {
	await place.postgres.start();
	await place.startSlackbox('--time-scale', '10', '--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	place.startDaemon();
	await place.ready();
	await place.connected();
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });
	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'declare In the middle' });
	const { channel } = await place.incident('In the middle');
	await place.settled();

	for (const mode of ['immediate', 'fast']) {
		await place.postgres.stop(mode);
		await saysWhy(place);
		for (let i = 0; i < 50; i++)
			await place.tell('say', { user: 'ann', channel, text: `remark ${mode} ${i}` });
		await nothingIsAcknowledged(place, 4500);
		await saysWhy(place);
		await place.postgres.start();
		await place.ready();
		await place.settled();
	}
	const said = await place.postgres.rows(`select text, count(*) from entry where text like 'remark %' group by text`);
	assert.equal(said.length, 100, 'all that was redelivered');
	assert.ok(said.every((e) => e.count === 1), 'each once');
	assert.equal((await place.tell('status')).delivery.lost, 0);
	assert.equal(await place.postgres.value(`select count(*) from inbox where state = 'failed'`), 0);
	await noHoles(place); /* within a minute nobody missed anything */
	await place.endDaemon();
	await place.sound(['remark']);
});

/* The sessions that are there see it too. */
async function setReadOnly(place, on) {
	await place.postgres.change(`alter system set default_transaction_read_only = ${on}`);
	await place.postgres.change('select pg_reload_conf()');
}

await story('postgres takes connections, and no writes', async (place) => {
	const times = (word) => place.daemon.text().split(word).length - 1;

	await place.postgres.start();
	await place.startSlackbox('--time-scale', '10', '--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	place.startDaemon();
	await place.ready();
	await place.connected();
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });
	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'declare Written' });
	const { channel } = await place.incident('Written');
	await place.settled();
	await setReadOnly(place, 'on');
	await saysWhy(place); /* although nothing is to be written */
	assert.match((await place.health('/readyz')).text, /read-only/);
	await place.tell('say', { user: 'ann', channel, text: 'remark in vain' });
	await nothingIsAcknowledged(place, 5000);
	await saysWhy(place);
	assert.equal(times('postgres is away'), 1, 'said once');
	assert.equal(times('postgres is there'), 1, 'and not that it is back');
	await setReadOnly(place, 'off');
	await place.ready();
	await place.settled();
	assert.equal(await place.postgres.value(`select count(*) from entry where text = 'remark in vain'`), 1);
	assert.equal(await place.postgres.value(`select count(*) from inbox where state = 'failed'`), 0);
	assert.equal(times('event failed'), 0);
	await place.endDaemon();
	await place.sound(['remark']);
});

/* Something that takes connections and says nothing. */
function silent() {
	const server = net.createServer(() => {});

	return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

await story('an address that is none is refused, and a silent host does not hide the next one', async (place) => {
	const odd = await silent();

	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	place.more = { DATABASE_URL: 'postgresql://incidentd:se%cret@db.example.com/incidentd' };
	place.startDaemon();
	assert.equal(await place.daemon.over, 1);
	assert.match(place.daemon.text(), /error .*DATABASE_URL cannot be read/);

	place.more = { DATABASE_URL: `host=127.0.0.1,${place.postgres.socket} port=${odd.address().port},5432 user=postgres dbname=postgres connect_timeout=1` };
	place.startDaemon();
	await place.ready();
	await place.endDaemon();
	odd.closeAllConnections?.();
	odd.close();
	await place.sound(['cret']);
});
