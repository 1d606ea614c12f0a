/* The schema is brought up to date by one daemon at a time; one that does not fit stops the boot. */
import fs from 'node:fs';
import assert from 'node:assert/strict';
import { story, until } from './box.mjs';

await story('two daemons on an empty database, then a schema that has drifted', async (place) => {
	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	place.startDaemon();
	place.startDaemon();
	await place.connected(4);
	for (const life of place.lives)
		await until('postgres', async () => life.text().includes('postgres is there'));
	assert.equal(await place.postgres.value('select count(*) from schema_migrations'), fs.readdirSync(new URL('../../sql', import.meta.url)).filter((f) => f.endsWith('.sql')).length, 'each file was applied once');
	for (const life of place.lives)
		assert.equal(await life.end('SIGTERM'), 0);

	await place.postgres.run('psql', ['-X', '-q', '-d', place.postgres.url, '-c',
		'alter table entry rename column provenance to origin']);
	place.startDaemon();
	assert.equal(await place.daemon.over, 1, 'it does not start');
	assert.match(place.daemon.text(), /entry_add: .*provenance/, 'and names the statement');
});

const acked = async (place) => (await place.tell('status')).delivery.acked;

await story('the schema changes under a daemon that runs', async (place) => {
	await place.postgres.start();
	await place.startSlackbox('--time-scale', '10', '--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	place.startDaemon();
	await place.ready();
	await place.connected();
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });
	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'declare Drifting' });
	const { channel } = await place.incident('Drifting');
	await place.settled();

	/* What was prepared gives another type now: a new connection cures that. */
	await place.postgres.change('alter table incident alter column channel_name type varchar(200)');
	await place.tell('command', { user: 'ann', channel, text: 'status monitoring' });
	await place.tell('say', { user: 'ann', channel, text: 'after the first change' });
	await place.settled();
	await place.ready();
	assert.equal(await place.postgres.value(`select count(*) from inbox where state = 'failed'`), 0);

	const before = await acked(place);
	await place.postgres.change('alter table entry rename column provenance to origin');
	await place.tell('say', { user: 'ann', channel, text: 'after the second change' });
	assert.equal(await place.daemon.over, 1, 'it ends');
	assert.match(place.daemon.text(), /the database does not fit: \S+: .*provenance/, 'and names the statement');
	assert.equal(await acked(place), before, 'nothing is acknowledged');
	await place.postgres.change('alter table entry rename column origin to provenance');
	assert.equal(await place.postgres.value(`select count(*) from inbox where state = 'failed'`), 0);
	place.startDaemon();
	await place.ready();
	await place.settled();
	assert.equal(await place.postgres.value(`select count(*) from entry where text = 'after the second change'`), 1);
	await place.endDaemon();
	await place.sound(['after the']);
});

await story('a daemon that waits for another one to bring the schema up to date ends when it is asked to', async (place) => {
	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	const letGo = await place.postgres.hold('perform pg_advisory_xact_lock(1768842100)', `locktype = 'advisory'`);

	place.startDaemon();
	await until('it to say so', async () => /postgres: another process is at the schema/.test((await place.health('/readyz')).text));
	await place.endDaemon(); /* the other one is at it yet */
	place.startDaemon();
	await until('the next to wait', async () => /postgres: another process is at the schema/.test((await place.health('/readyz')).text));
	await letGo();
	await place.ready();
	await place.endDaemon();
	await place.sound();
});
