/* Two daemons on one database: a reminder is said once, by whoever comes first; after a night with nobody there, once. */
import assert from 'node:assert/strict';
import { pause, story, until } from './box.mjs';

const DUE = 'An update for stakeholders is due.';
let place, channel;

/* Time passes for what is on record: nobody has to wait for it. */
const passes = (span) => place.postgres.change(`begin; update alarm set since = since - interval '${span}', due_at = due_at - interval '${span}',
	said_at = said_at - interval '${span}', snoozed_until = snoozed_until - interval '${span}';
	update entry set said_at = said_at - interval '${span}' where kind = 'update'; commit`);

async function reminders() {
	const { channels } = await place.tell('dump');
	return channels.find((c) => c.id === channel).messages.filter((m) => m.bot_id !== undefined && m.text.includes(DUE));
}

/* Long enough for both to have looked several times. */
async function thereAre(count) {
	await until(`${count} reminders`, async () => (await reminders()).length >= count);
	await pause(3000);
	await place.settled();
	assert.equal((await reminders()).length, count);
}

const alarm = async () => (await place.postgres.rows(`select * from alarm where rule = 'update_due'`))[0];
const press = (action_id) => place.tell('press', { user: 'ann', channel, action_id });

await story('two daemons remind once', async (here) => {
	place = here;
	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });
	place.more = { INCIDENTD_REMINDERS_NO_LEAD_TIMES: '0', INCIDENTD_REMINDERS_NO_SEVERITY_TIMES: '0',
		INCIDENTD_REMINDERS_STILL_OPEN_TIMES: '0', INCIDENTD_REMINDERS_DAYS: 'mon,tue,wed,thu,fri,sat,sun', INCIDENTD_REMINDERS_HOURS: '00:00-24:00' };
	place.startDaemon();
	place.startDaemon();
	await place.connected(4);
	await place.ready();
	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'declare Lift' });
	({ channel } = await place.incident('Lift'));
	await place.tell('command', { user: 'ann', channel, text: 'severity p1' });
	await place.settled();
	assert.equal((await reminders()).length, 0);

	await passes('61 minutes');
	await thereAre(1);
	await passes('31 minutes');
	await thereAre(2);
	assert.equal((await reminders()).filter((m) => JSON.stringify(m.blocks).includes('remind_stop')).length, 1, 'the older one has no buttons');

	/* Somebody deletes it: the alarm goes on all the same. */
	await place.tell('act', { verb: 'delete', user: 'incidentd', channel, ts: (await reminders()).at(-1).ts });
	await passes('31 minutes');
	await thereAre(2);
	assert.equal((await alarm()).count, 3);
	assert.equal(await place.postgres.value(`select count(*) from entry where kind = 'problem'`), 0);

	/* Done now, in the form; then both are away for a night. */
	await press('remind_update');
	await until('the form', async () => (await place.tell('dump')).views.U0ANN?.length > 0);
	await place.tell('submit', { user: 'ann', values: { text: 'The motor is ordered' } });
	await until('the update', async () => (await place.postgres.value(`select count(*) from entry where kind = 'update'`)) === 1);
	for (const life of place.lives)
		await life.end('SIGKILL');
	await passes('14 hours');
	place.startDaemon();
	place.startDaemon();
	await place.ready();
	await place.connected(4);
	await thereAre(3);

	/* Who stops it is on the timeline. */
	await press('remind_stop');
	await until('it to be stopped', async () => (await alarm()).stopped_by === 'U0ANN');
	await passes('14 hours');
	await thereAre(3);
	const report = await place.ctl('report', '1', '--format', 'markdown');
	assert.match(report.stdout, /stopped: An update for stakeholders is due/);
	for (const life of place.lives.slice(2))
		assert.equal(await life.end('SIGTERM'), 0, life.log);
	await place.sound(['motor']);
});
