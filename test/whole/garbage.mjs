/* What cannot be read is counted and told without its text; it stops nothing, and what had an id is kept. */
import assert from 'node:assert/strict';
import { story, until } from './box.mjs';

const SECRET = 'Zwiebelfisch';
const event = (id, inner) => ({ envelope_id: id, type: 'events_api', payload: { team_id: 'T0SLACKBOX', type: 'event_callback', event_id: `Ev${id}`, event: inner } });

/* No envelope: nothing to acknowledge. */
const NAMELESS = [`${SECRET}`, '{', '[]', '"text"', 'null', '12', ' ', `{"type":"events_api","payload":{"text":"${SECRET}"}}`,
	`{"type":"surprise","text":"${SECRET}"}`, '{"envelope_id":"no-type"}', '{"envelope_id":7,"type":"events_api"}', '['.repeat(5000),
	`{"envelope_id":"${'x'.repeat(300)}","type":"events_api","payload":{}}`, `{"type":"hello","x":"${SECRET}`];

/* Unreadable, with an envelope: acknowledged, and kept as failed. */
const FAILED = {
	'bad-command': { type: 'slash_commands', payload: { text: SECRET, command: '/incident' } },
	'bad-number': { type: 'slash_commands', payload: { text: SECRET, command: 7, user_id: {}, channel_id: [], trigger_id: 1 } },
	'no-payload': { type: 'events_api' },
	'text-payload': { type: 'events_api', payload: SECRET },
	'no-event': { type: 'events_api', payload: { type: 'event_callback', event_id: 'Ev1', text: SECRET } },
	'no-press': { type: 'interactive', payload: { x: SECRET } },
	'bad-press': { type: 'interactive', payload: { type: 'block_actions', actions: SECRET } },
	'bad-form': { type: 'interactive', payload: { type: 'view_submission', view: { id: 1, x: SECRET } } },
};

/* Unknown, or odd, and nothing to worry about. */
const DONE = {
	surprise: { type: 'surprise', payload: { text: SECRET } },
	'new-event': event('new-event', { type: 'something_new', text: SECRET }),
	'new-press': { type: 'interactive', payload: { type: 'something_new', trigger_id: '1.2.x' } },
	'odd-text': event('odd-text', { type: 'message', user: 'U0ANN', channel: 'C0INCIDENTS', ts: '1.000001', text: `a\u0000b \ud800 ${SECRET}` }),
};

await story('garbage stops nothing', async (place) => {
	const inbox = () => place.postgres.rows('select id, key, state, error, frame from inbox');
	const ids = [...Object.keys(FAILED), ...Object.keys(DONE)];

	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	place.startDaemon();
	await place.ready();
	await place.connected();
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });

	for (const text of NAMELESS)
		await place.tell('envelope', { text });
	await place.tell('fault', { kind: 'long_frame', bytes: 1 << 20 });
	await place.tell('fault', { kind: 'long_frame', bytes: 5 << 20 });
	for (const [id, frame] of [...Object.entries(FAILED), ...Object.entries(DONE)])
		await place.tell('envelope', { text: JSON.stringify({ envelope_id: id, ...frame }) });

	const kept = await until('what had an envelope is kept', async () => {
		const rows = (await inbox()).filter((row) => ids.some((id) => row.frame.includes(`"envelope_id":"${id}"`)));
		return rows.length === ids.length && rows;
	});
	const of = (id) => kept.find((row) => row.frame.includes(`"envelope_id":"${id}"`));
	for (const id of Object.keys(FAILED)) {
		assert.equal(of(id).state, 'failed', id);
		assert.ok(of(id).error.length > 0 && !of(id).error.includes(SECRET), `${id}: ${of(id).error}`);
	}
	for (const id of Object.keys(DONE))
		assert.equal(of(id).state, 'done', id);
	assert.equal((await inbox()).filter((row) => row.state === 'failed').length, Object.keys(FAILED).length);

	const warned = await until('the warnings', async () => {
		const lines = place.daemon.text().split('\n').filter((line) => line.includes('a frame cannot be read'));
		return lines.length === NAMELESS.length + 1 && place.daemon.text().includes('more than 4 MiB') && lines;
	});
	assert.equal(warned.length, NAMELESS.length + 1);

	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'declare After the garbage' });
	await place.incident('After the garbage');
	await place.settled();
	assert.equal(place.daemon.code, null);
	assert.equal((await place.health('/readyz')).status, 200);

	const failed = of('bad-command');
	const again = await place.ctl('replay', String(failed.id));
	assert.equal(again.code, 1);
	assert.match(again.stderr, /still unreadable: .+/);
	assert.ok(!again.stderr.includes(SECRET));
	assert.equal((await inbox()).find((row) => row.id === failed.id).state, 'failed');
	const none = await place.ctl('replay', '999999');
	assert.equal(none.code, 1);
	assert.match(none.stderr, /no failed event has the number 999999/);
	assert.equal((await place.ctl('replay', String(of('surprise').id))).code, 1);
	assert.equal((await place.ctl('replay', 'x')).code, 2);

	await place.endDaemon();
	/* Slackbox did not send these itself: its word for an acknowledgement of them. */
	await place.sound([SECRET, 'After the garbage'], ids.map((id) => `an ack for the unknown envelope ${id}`));
});
