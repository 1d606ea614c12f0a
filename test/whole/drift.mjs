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

await story('a daemon that waits for another one to bring the schema up to date ends when it is asked to', async (place) => {
	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	const busy = place.postgres.change('begin; select pg_advisory_xact_lock(1768842100); select pg_sleep(12); commit');

	await until('the lock', async () => place.postgres.value(`select exists (select from pg_locks where locktype = 'advisory' and granted)`));
	place.startDaemon();
	await until('it to say so', async () => /postgres: another process is at the schema/.test((await place.health('/readyz')).text), 10000);
	const asked = Date.now();
	await place.endDaemon();
	assert.ok(Date.now() - asked < 5000, `it took ${Date.now() - asked} ms`);
	place.startDaemon();
	await place.ready();
	await busy;
	await place.endDaemon();
	await place.sound();
});
