/* What only people can mend, between Slack and the daemon: it is said at once, everywhere, once, and until it is mended. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { story, until } from './box.mjs';

const NEW = 'C0NEWONE', HIDDEN = 'C0HIDDEN', OLD = 'C0OLDONE', FIRST = 'C0FIRST';
const MANIFEST = fs.readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), '../../config/slack-manifest.yml'), 'utf8');
const SCOPES = [.../bot:\n((?:\s+- \S+\n)+)/.exec(MANIFEST)[1].matchAll(/- (\S+)/g)].map((m) => m[1]);
const errors = (place) => place.daemon.text().split('\n').filter((l) => l.includes(' error '));
const says = (place, status, words) => until(`/readyz ${status} with: ${words}`, async () => {
	const ready = await place.health('/readyz');
	return ready.status === status && ready.text.includes(words) && ready.text;
}, 60000);

async function aTokenThatSlackDoesNotKnow(place) {
	place.startDaemon({ SLACK_BOT_TOKEN: 'xoxb-other' });
	await says(place, 503, 'slack does not accept the bot token (invalid_auth)');
	await until('the log to say so', async () => errors(place).length > 0);
	assert.equal(errors(place).length, 1, errors(place).join('\n'));
	assert.match(errors(place)[0], /does not accept the bot token \(invalid_auth\)/);
	assert.match((await place.ctl('status')).stdout, /^trouble since 20\S+Z: slack does not accept the bot token/m);
	assert.equal((await place.health('/livez')).status, 200, 'a restart would mend nothing');
	await place.endDaemon();

	place.startDaemon();
	assert.equal(await says(place, 200, 'ok'), 'ok\n');
	await until('the dead one to have no trouble', async () => !/trouble/.test((await place.ctl('status')).stdout));
	await place.endDaemon();
}

async function scopesThatWereNotGranted(place) {
	await place.tell('scopes', { scopes: SCOPES.filter((s) => !s.startsWith('pins:')).join(',') });
	place.startDaemon();
	await says(place, 503, 'the bot token lacks scopes (pins:read pins:write)');
	await place.tell('scopes', { scopes: SCOPES.join(',') });
	await says(place, 200, 'ok');
	assert.match(place.daemon.text(), /info not so any more: the bot token lacks scopes/);
	await place.endDaemon();
}

/* The daemon goes on without it: the incident has its own channel. */
async function aChannelThatIsNotThere(place) {
	place.startDaemon({ INCIDENTD_CHANNELS_ANNOUNCE: NEW, INCIDENTD_CHANNELS_REPORTS: HIDDEN });
	await says(place, 200, `warning: incidents cannot be announced in channel ${NEW} (channel_not_found)`);
	await says(place, 200, `warning: incidents cannot be announced in channel ${HIDDEN} (channel_not_found)`);
	const status = (await place.ctl('status')).stdout;
	assert.match(status, new RegExp(`^trouble since .* ${NEW} \\(channel_not_found\\)`, 'm'));
	assert.equal(errors(place).length, 2, 'said once each');
	assert.equal(await place.postgres.value(`select count(*) from outbox where method in ('auth.test', 'conversations.join', 'conversations.info')
		and state <> 'waiting'`), 0, 'what is asked again and again leaves no rows');
	await place.tell('channel', { id: NEW, name: 'new', members: [] });
	await place.tell('act', { verb: 'invite', user: 'ann', channel: HIDDEN, who: 'U0INCIDENTD' });
	await until('both to be mended', async () => (await place.health('/readyz')).text === 'ok\n', 60000);
	assert.ok((await place.tell('dump')).channels.find((c) => c.id === NEW).members.includes('U0INCIDENTD'), 'it has joined');
	await place.tell('act', { verb: 'archive', user: 'ann', channel: HIDDEN });
	await says(place, 200, `warning: incidents cannot be announced in channel ${HIDDEN} (is_archived): unarchive it`);
	await place.tell('act', { verb: 'unarchive', user: 'ann', channel: HIDDEN });
	await until('it to be unarchived', async () => (await place.health('/readyz')).text === 'ok\n', 60000);
	await place.endDaemon();

	place.startDaemon({ INCIDENTD_CHANNELS_ANNOUNCE: OLD });
	await says(place, 200, `warning: incidents cannot be announced in channel ${OLD} (is_archived): unarchive it`);
	await place.endDaemon();
}

/* A token is one daemon's, and each may announce elsewhere: what is wrong with one makes no other unready, or forgetful. */
async function ofTwoDaemonsEachHasItsOwn(place) {
	place.startDaemon({ INCIDENTD_CHANNELS_ANNOUNCE: FIRST });
	await says(place, 200, `in channel ${FIRST} (channel_not_found)`);
	const good = place.daemon;
	place.startDaemon({ SLACK_BOT_TOKEN: 'xoxb-other' });
	const told = await says(place, 503, 'slack does not accept the bot token (invalid_auth)');
	assert.doesNotMatch(told, new RegExp(FIRST), 'it announces elsewhere');
	const status = (await place.ctl('status')).stdout;
	assert.match(status, /^trouble since .*: slack does not accept the bot token/m);
	assert.match(status, new RegExp(`^trouble since .* ${FIRST} `, 'm'));
	const bad = place.daemon;
	place.daemon = good;
	const ready = await place.health('/readyz');
	assert.equal(ready.status, 200);
	assert.match(ready.text, new RegExp(`^warning: incidents cannot be announced in channel ${FIRST} `, 'm'));
	assert.doesNotMatch(ready.text, /token/);
	assert.doesNotMatch(good.text(), /bot token/);
	place.daemon = bad;
	await place.endDaemon();
	await until('only the other to have trouble', async () => {
		const left = (await place.ctl('status')).stdout;
		return !left.includes('bot token') && left.includes(FIRST);
	});
	place.daemon = good;
	await place.endDaemon();
}

await story('what only people can mend', async (place) => {
	await place.startSlackbox('--limits', '0');
	await place.postgres.start();
	await place.tell('person', { id: 'U0ANN', name: 'ann' });
	await place.tell('channel', { id: HIDDEN, name: 'hidden', private: true, members: ['ann'] });
	await place.tell('channel', { id: OLD, name: 'old', members: ['ann'] });
	await place.tell('act', { verb: 'archive', user: 'ann', channel: OLD });
	await aTokenThatSlackDoesNotKnow(place);
	await scopesThatWereNotGranted(place);
	await aChannelThatIsNotThere(place);
	await ofTwoDaemonsEachHasItsOwn(place);
	await place.sound();
});
