/* Two daemons on one database: whoever gets an event, it has one effect, also when one of them dies in the middle. */
import assert from 'node:assert/strict';
import { pause, story } from './box.mjs';

const REMARKS = 200, INCIDENTS = 5;

function once(kind, list) {
	const twice = list.filter((x, i) => list.indexOf(x) !== i);

	assert.deepEqual(twice, [], `${kind} made twice`);
}

await story('two daemons share a database, and one is killed', async (place) => {
	await place.postgres.start();
	await place.startSlackbox('--time-scale', '10', '--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });
	place.startDaemon();
	place.startDaemon();
	await place.connected(4);
	await place.ready();
	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'declare The shared one' });
	const { channel } = await place.incident('The shared one');
	await place.settled();
	for (let i = 0; i < REMARKS; i++) {
		await place.tell('say', { user: 'ann', channel, text: `remark ${i}` });
		if (i % (REMARKS / INCIDENTS) === 0)
			await place.tell('say', { user: 'ann', channel: 'incidents', text: `<@U0INCIDENTD> declare Number ${i}`, raw: true });
		if (i === REMARKS / 2)
			await place.lives[0].end('SIGKILL');
		await pause(5);
	}
	await place.settled(120000);
	const said = await place.postgres.rows(`select text, count(*) from entry where text like 'remark %' group by text`);
	assert.equal(said.length, REMARKS, 'every remark');
	assert.ok(said.every((e) => e.count === 1), 'each once');

	const dump = await place.tell('dump');
	const posts = dump.channels.flatMap((c) => c.messages.map((m) => m.metadata?.event_payload?.row).filter(Boolean));
	assert.ok(posts.length > 0);
	once('posts', posts);
	once('channels', dump.channels.map((c) => c.name));
	assert.equal(await place.postgres.value('select count(*) from incident'), INCIDENTS + 1);
	assert.equal(dump.channels.filter((c) => c.name?.startsWith('inc-')).length, INCIDENTS + 1, 'one channel an incident');
	assert.equal(await place.postgres.value(`select count(*) from incident where channel is null or card_ts is null or id not in (select incident from headline where ts is not null)`), 0);
	await place.endDaemon();
	await place.sound(['remark']);
});
