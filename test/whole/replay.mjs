/* One bad event holds nobody up; what failed is kept, shown, and can be run again; old rows go. */
import assert from 'node:assert/strict';
import { story, until } from './box.mjs';

const BAD = 'a remark that breaks';
let place;

const say = (channel, text) => place.tell('say', { user: 'ann', channel, text });
const failures = async () => (await place.ctl('replay')).stdout.split('\n').filter((line) => line !== '');

/* How many events each of these incidents lacks, as its report says. */
async function failedOf(...titles) {
	const counts = [];

	for (const title of titles) {
		const { id } = await place.incident(title);
		const got = await place.ctl('report', String(id), '--format', 'json');
		counts.push(JSON.parse(got.stdout).coverage.failed_events);
	}
	return counts;
}

/* Our database refuses what the condition says, as it would for a mistake of ours. */
async function refuse(table, condition) {
	await place.postgres.change(`create or replace function refuse_${table}() returns trigger language plpgsql as
		$f$ begin if ${condition} then raise exception 'refused by the test'; end if; return new; end $f$;
		create trigger refuse_${table} before insert or update on ${table} for each row execute function refuse_${table}()`);
}

const allow = (table) => place.postgres.change(`drop trigger refuse_${table} on ${table}`);

async function theBadOneAlone(channel) {
	await refuse('entry', `new.text like '%${BAD}%'`);
	place.daemon.child.kill('SIGSTOP'); /* so that they come together */
	for (let i = 0; i < 20; i++)
		await say(channel, i === 7 ? BAD : `remark ${i}`);
	place.daemon.child.kill('SIGCONT');
	await place.settled();
	assert.equal(await place.postgres.value(`select count(distinct text) from entry where text like 'remark %'`), 19);
	assert.equal(await place.postgres.value(`select count(*) from entry where text like 'remark %'`), 19);
	const rows = await place.postgres.rows(`select id, error from inbox where state = 'failed'`);
	assert.equal(rows.length, 1);
	assert.match(rows[0].error, /refused by the test/);
	assert.equal((await place.tell('status')).delivery.lost, 0);
	assert.deepEqual(await failedOf('What fails', 'Next to it'), [1, 0]);
	return rows[0].id;
}

async function itIsRunAgain(id) {
	const [shown] = await failures();
	assert.match(shown, new RegExp(`^${id}  \\d{4}-\\d\\d-\\d\\dT[0-9:]+Z  message  .*refused by the test`));
	const still = await place.ctl('replay', String(id));
	assert.equal(still.code, 1);
	assert.match(still.stderr, /refused by the test/);
	await allow('entry');
	const again = await place.ctl('replay', String(id));
	assert.equal(again.code, 0, again.stderr);
	assert.equal(await place.postgres.value(`select count(*) from entry where text = '${BAD}'`), 1);
	assert.deepEqual(await failures(), []);
	assert.equal((await place.ctl('replay', String(id))).code, 1, 'once');
}

/* Slack has made the card, and we fail to write down where it is. */
async function anAnswerIsRunAgain() {
	await refuse('incident', `new.card_ts is not null`);
	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'declare The card' });
	const { channel } = await place.incident('The card');
	await place.settled();
	const [call] = await place.postgres.rows(`select id, error, answer from outbox where state = 'failed'`);
	assert.match(call.error, /refused by the test/);
	assert.match(call.answer, /"ok": ?true/);
	assert.deepEqual(await failedOf('What fails', 'Next to it', 'The card'), [0, 0, 1]);
	assert.match((await failures())[0], new RegExp(`^call ${call.id}  .*  chat.postMessage  .*refused by the test`));
	await allow('incident');
	const again = await place.ctl('replay', 'call', String(call.id));
	assert.equal(again.code, 0, again.stderr);
	await place.settled();
	const own = (await place.tell('dump')).channels.find((c) => c.id === channel);
	assert.equal(own.pins.length, 1, 'pinned');
	assert.equal(own.messages.filter((m) => m.metadata).length, 1, 'posted once');
	assert.equal(await place.postgres.value(`select state from outbox where id = ${call.id}`), 'done');
	assert.deepEqual(await failures(), []);
	assert.equal((await place.ctl('replay', 'call', String(call.id))).code, 1, 'once');
}

async function oldRowsGo() {
	const ages = { done: [6, 8, 200], failed: [8, 179, 181], refused: [8, 181] };

	for (const [state, days] of Object.entries(ages))
		for (const age of days) {
			const key = `${state} ${age}`, at = `now() - interval '${age} days'`;
			await place.postgres.change(`insert into inbox (key, kind, frame, received_at, recorded_at, state)
				values ('${key}', 'old', '{}', ${at}, ${at}, '${state}')`);
			await place.postgres.change(`insert into outbox (method, lane, purpose, body, settled_at, state)
				values ('${key}', 'old', 'posted', '{}', ${at}, '${state}')`);
		}
	place.more = { INCIDENTD_KEEP_FRAMES: '7d' };
	place.startDaemon();
	await place.ready();
	const left = (what, table) => place.postgres.rows(`select ${what} as what from ${table} where ${what} ~ '^[a-z]+ [0-9]+$' order by 1`);
	const stays = [{ what: 'done 6' }, { what: 'failed 179' }, { what: 'failed 8' }, { what: 'refused 8' }];
	await until('the old rows to go', async () => (await left('key', 'inbox')).length === stays.length && (await left('method', 'outbox')).length === stays.length);
	assert.deepEqual(await left('key', 'inbox'), stays);
	assert.deepEqual(await left('method', 'outbox'), stays);
}

await story('what fails is kept and run again', async (here) => {
	place = here;
	await place.postgres.start();
	await place.startSlackbox('--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	place.startDaemon();
	await place.ready();
	await place.connected();
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });
	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'declare What fails' });
	const { channel } = await place.incident('What fails');
	await place.tell('command', { user: 'ann', channel: 'incidents', text: 'declare Next to it' });
	await place.settled();
	await itIsRunAgain(await theBadOneAlone(channel));
	await anAnswerIsRunAgain();
	await place.endDaemon();
	assert.match(place.daemon.text(), /counts .* failed=2 /);
	assert.match(place.daemon.text(), /error key=event:\S+ event failed type=message: said_add: refused by the test/);
	assert.match(place.daemon.text(), /error call=\d+ event failed type=answer: /);
	await oldRowsGo();
	await place.endDaemon();
	await place.sound([BAD]);
});
