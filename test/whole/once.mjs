/* Each thing is done once in Slack, whatever Slack answers, and however often it says the same. */
import assert from 'node:assert/strict';
import { pause, story, until } from './box.mjs';

let place;

const declare = (title) => place.tell('command', { user: 'ann', channel: 'incidents', text: `declare ${title}` });
const fault = (kind, method, more = {}) => place.tell('fault', { kind, method, count: 1, ...more });

async function channelsLike(part) {
	return (await place.tell('dump')).channels.filter((c) => c.name?.includes(part));
}

/* The incident with one channel, one headline, one card, one pin, and its reporter in it once. */
async function onceInAll(title, name) {
	const { id, channel } = await place.incident(title);
	await place.settled();
	const dump = await place.tell('dump');
	const made = dump.channels.filter((c) => c.name?.startsWith(`inc-${id}-`));
	const announced = dump.channels.find((c) => c.id === 'C0INCIDENTS').messages.filter((m) => m.bot_id !== undefined && JSON.stringify(m).includes(title));

	assert.deepEqual(made.filter((c) => c.creator !== 'U0OTHER').map((c) => c.id).includes(channel), true);
	const own = made.find((c) => c.id === channel);
	assert.ok(own.name.startsWith(`inc-${id}-${name}`), own.name);
	assert.equal(announced.length, 1, `announced once: ${title}`);
	assert.equal(own.messages.filter((m) => m.subtype === 'channel_join' && m.user === 'U0ANN').length, 1, 'invited once');
	assert.equal(own.pins.length, 1, 'pinned once');
	const rows = own.messages.map((m) => m.metadata?.event_payload?.row).filter((row) => row !== undefined);
	assert.equal(new Set(rows).size, rows.length, 'posted once');
	assert.equal(rows.length, 1, 'only the card');
	return { id, own, made };
}

async function settledAfter(purpose, incident) {
	return place.postgres.value(`select extract(epoch from settled_at - created_at)::float from outbox where purpose = '${purpose}' and incident = ${incident}`);
}

async function anAnswerIsLost() {
	for (const [method, title] of [['conversations.create', 'Lost create'], ['chat.postMessage', 'Lost post'],
		['conversations.invite', 'Lost invite'], ['pins.add', 'Lost pin'], ['conversations.setTopic', 'Lost topic']]) {
		await fault('api_lost', method);
		await declare(title);
		const { made } = await onceInAll(title, 'lost-');
		assert.equal(made.length, 1, `${title}: one channel`);
	}
}

/* The connection is reset before Slack has carried it out: whoever looks at once finds nothing. */
async function itIsDoneLate() {
	for (const [method, title] of [['chat.postMessage', 'Late post'], ['conversations.create', 'Late create']]) {
		await fault('api_late', method, { ms: 3000 });
		await declare(title);
		const { made } = await onceInAll(title, 'late-');
		assert.equal(made.length, 1, `${title}: one channel`);
	}
}

/* The post is there, its answer is lost, and we may not look for it any more: it is not made twice, and somebody is told. */
async function itCannotBeLookedFor() {
	const announced = async () => (await place.tell('dump')).channels.find((c) => c.id === 'C0INCIDENTS').messages.filter((m) => JSON.stringify(m).includes('Lost sight'));

	await fault('api_lost', 'chat.postMessage', { count: 1 });
	await declare('Lost sight');
	await until('the post', async () => (await announced()).length === 1, 10000, 20);
	await place.tell('act', { verb: 'kick', user: 'ann', who: 'incidentd', channel: 'incidents' });
	await place.settled();
	const { id } = await place.incident('Lost sight');
	const [row] = await place.postgres.rows(`select state, error from outbox where purpose = 'headline_posted' and incident = ${id}`);
	assert.deepEqual(row, { state: 'refused', error: 'cannot tell whether it was posted: not_in_channel' });
	assert.match(await place.postgres.value(`select text from entry where incident = ${id} and kind = 'problem'`), /cannot tell whether it was posted/);
	await place.tell('act', { verb: 'invite', user: 'ann', who: 'incidentd', channel: 'incidents' });
	await place.settled();
	assert.equal((await announced()).length, 1);
}

async function slackIsBusyOrBroken() {
	await fault('api_429', 'chat.postMessage', { retry_after: 3 });
	await declare('Busy post');
	const { id } = await onceInAll('Busy post', 'busy-');
	const took = Math.max(await settledAfter('headline_posted', id), await settledAfter('card_posted', id));
	assert.ok(took >= 3, `Retry-After is kept: ${took} s`);

	await fault('api_429', 'conversations.create', { retry_after: 2 });
	await declare('Busy create');
	await onceInAll('Busy create', 'busy-');
	await fault('api_500', 'conversations.create', { count: 2 });
	await declare('Broken create');
	await onceInAll('Broken create', 'broken-');
	await fault('api_502', 'chat.postMessage', { count: 2 });
	await declare('Broken post');
	await onceInAll('Broken post', 'broken-');
	await fault('api_500', '', { count: 6 });
	await declare('All broken');
	await onceInAll('All broken', 'all-');
}

async function aNameIsTaken() {
	const next = 1 + await place.postgres.value('select max(id) from incident');

	await place.tell('channel', { name: `inc-${next}-taken-name`, members: ['ann'] });
	await declare('Taken name');
	const { own, made } = await onceInAll('Taken name', 'taken-name');
	assert.equal(own.name, `inc-${next}-taken-name-2`);
	assert.equal(made.length, 2);
}

async function aTriggerIsTooOld() {
	const forms = async () => place.postgres.rows(`select state, error from outbox where purpose = 'form_shown' order by id`);

	await fault('api_slow', 'views.open', { ms: 3500 });
	await place.tell('command', { user: 'bob', channel: 'incidents', text: '' });
	await place.settled();
	assert.match((await forms())[0].error, /trigger/);
	assert.equal((await forms())[0].state, 'refused');
	await fault('api_500', 'views.open', { count: 9 });
	await place.tell('command', { user: 'bob', channel: 'incidents', text: '' });
	await pause(1000);
	await place.settled();
	await place.tell('fault', { kind: 'none' });
	assert.ok(['expired', 'refused'].includes((await forms())[1].state), 'later than 3 s it is not asked for');
	assert.equal((await place.tell('dump')).views.U0BOB?.length ?? 0, 0, 'nothing opens out of the blue');
	await place.tell('command', { user: 'bob', channel: 'incidents', text: '' });
	await place.settled();
	assert.equal((await forms())[2].state, 'done');
}

async function theSameEventComesTwice() {
	await place.tell('fault', { kind: 'duplicates', probability: 1 });
	await place.tell('say', { user: 'ann', channel: 'incidents', text: '@incidentd declare Said twice' });
	const { own } = await onceInAll('Said twice', 'said-twice');
	for (let i = 0; i < 20; i++)
		await place.tell('say', { user: 'ann', channel: own.id, text: `remark ${i}` });
	await place.tell('say', { user: 'ann', channel: own.id, text: '@incidentd action Look at it' });
	await place.settled();
	await place.tell('fault', { kind: 'none' });
	const said = await place.postgres.rows(`select text, count(*) from entry where text like 'remark %' group by text`);
	assert.equal(said.length, 20);
	assert.ok(said.every((e) => e.count === 1));
	assert.equal(await place.postgres.value('select count(*) from action'), 1);
	assert.equal(await place.postgres.value(`select count(*) from incident where title = 'Said twice'`), 1);
	assert.ok((await place.tell('status')).delivery.duplicates > 20);
}

await story('each thing is done once in Slack', async (here) => {
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
	for (const part of [anAnswerIsLost, itIsDoneLate, itCannotBeLookedFor, slackIsBusyOrBroken, aNameIsTaken, aTriggerIsTooOld, theSameEventComesTwice]) {
		await part();
		console.log(`# ${part.name}`);
	}
	assert.deepEqual(await place.postgres.rows(`select key, error from inbox where state = 'failed'`), []);
	assert.equal((await channelsLike('said-twice')).length, 1);
	await place.endDaemon();
	await place.sound(['Busy post', 'Look at it']);
});
