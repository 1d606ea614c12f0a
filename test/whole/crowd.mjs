/* What is slow, refused or never answered in Slack keeps nothing else from being done, and who asked is told. */
import assert from 'node:assert/strict';
import { story, until } from './box.mjs';

let place;

const SLOW_MS = 8000, AIR_MOST = 16, URGENT_KEPT = 4, READINGS_MOST = 4;

const command = (user, text) => place.tell('command', { user, channel: 'incidents', text });
const fault = (kind, method, more = {}) => place.tell('fault', { kind, method, ...more });
const inTheAir = (method) => place.postgres.value(`select count(*) from outbox where state = 'waiting' and taken_until > now() and method = '${method}'`);

/* More channels than calls may be under way, and Slack takes its time for each. */
async function aFormOpensWhileAllElseIsSlow() {
	await fault('api_slow', 'conversations.create', { ms: SLOW_MS, count: -1 });
	for (let i = 0; i < 20; i++)
		await command('bob', `declare Crowd ${i}`);
	await until('many calls under way', async () => await inTheAir('conversations.create') >= AIR_MOST - URGENT_KEPT, 60000, 50);
	await command('ann', '');
	await until('the form', async () => (await place.tell('dump')).views.U0ANN?.length === 1, 60000, 50); /* Slack opens none after 3 s */
	assert.equal(await place.postgres.value(`select state from outbox where purpose = 'form_shown'`), 'done');
	assert.ok(await inTheAir('conversations.create') <= AIR_MOST - URGENT_KEPT);
	await place.tell('fault', { kind: 'none' });
	await place.settled();
}

/* Slack never gets to the form: what was typed comes back. */
async function aFormThatIsTooLateIsTold() {
	await fault('api_500', 'views.open', { count: -1 });
	await command('bob', 'the lift is stuck between floors');
	await until('the words of who asked', async () => JSON.stringify(await place.tell('dump')).includes('/incident declare the lift is stuck between floors'));
	assert.equal(await place.postgres.value(`select state from outbox where purpose = 'form_shown' order by id desc limit 1`), 'expired');
	await place.tell('fault', { kind: 'none' });
	await place.settled();
}

/* After nobody was connected each open incident's channel is read again: a few at a time. */
async function readingsLeaveRoom() {
	await fault('api_slow', 'conversations.history', { ms: 1500, count: -1 });
	const last = await place.postgres.value('select max(id) from outbox');
	await place.tell('fault', { kind: 'drop' });
	let most = 0;
	await until('all readings', async () => {
		most = Math.max(most, await inTheAir('conversations.history'));
		return await place.postgres.value(`select count(*) from outbox where id > ${last} and method = 'conversations.history' and state = 'done'`) >= 20;
	}, 90000, 100);
	assert.equal(most, READINGS_MOST, 'readings at a time');
	await place.tell('fault', { kind: 'none' });
	await place.settled();
}

/* Slack limits posts by their channel: one busy channel keeps no other waiting. */
async function aLimitIsOneChannels() {
	const [a, b] = [await place.incident('Crowd 0'), await place.incident('Crowd 1')];
	await fault('api_429', 'chat.postMessage', { retry_after: 25, count: 1 });
	await place.tell('command', { user: 'ann', channel: a.channel, text: 'note first' });
	await until('the limit', async () => await place.postgres.value(`select count(*) from pace where free_at > now() + interval '5 s'`) === 1, 60000, 50);
	await place.tell('command', { user: 'ann', channel: b.channel, text: 'note second' });
	const said = async (part) => (await place.postgres.rows(`select state from outbox where method = 'chat.postMessage' and body like '%${part}%'`))[0].state;
	await until('the post in the other channel', async () => await said('second') === 'done', 60000, 100);
	assert.equal(await said('first'), 'waiting');
	await place.settled();
	assert.equal(await said('first'), 'done');
}

/* One call that never has a good answer is given up, and told; as long as nothing has one, nothing is given up. */
async function oneCallIsHopeless() {
	const { id, channel } = await place.incident('Crowd 2');
	const row = async () => (await place.postgres.rows(`select id, state, error, attempts from outbox where method = 'conversations.setTopic' and incident = ${id} order by id desc limit 1`))[0];
	await fault('api_500', 'conversations.setTopic', { count: -1 });
	await place.tell('command', { user: 'ann', channel, text: 'severity p1' });
	await until('a first try', async () => (await row()).state === 'waiting' && (await row()).attempts >= 2);
	await place.postgres.change(`update outbox set attempts = attempts + 1024, first_sent_at = now() - interval '2 hours', not_before = now() where id = ${(await row()).id}`);
	await until('that it is given up', async () => (await row()).state === 'refused');
	assert.match((await row()).error, /^Slack never gave a good answer/);
	assert.match(await place.postgres.value(`select text from entry where incident = ${id} and kind = 'problem'`), /never gave a good answer/);
	await place.tell('fault', { kind: 'none' });
	await place.settled();
}

await story('a crowd of slow and broken calls', async (here) => {
	place = here;
	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	await place.tell('person', { id: 'U0BOB', name: 'bob', real_name: 'Bob Okafor' });
	place.startDaemon();
	await place.ready();
	await place.connected();
	for (const user of ['ann', 'bob'])
		await place.tell('act', { verb: 'join', user, channel: 'incidents' });
	await place.settled();
	for (const part of [aFormOpensWhileAllElseIsSlow, aFormThatIsTooLateIsTold, readingsLeaveRoom, aLimitIsOneChannels, oneCallIsHopeless]) {
		await part();
		console.log(`# ${part.name}`);
	}
	assert.deepEqual(await place.postgres.rows(`select key, error from inbox where state = 'failed'`), []);
	await place.endDaemon();
	await place.sound(['between floors']);
});
