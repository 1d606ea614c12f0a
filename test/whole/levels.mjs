/* severities.yml is edited while two daemons run: in place, by rename, by a link that is turned round, badly, on SIGHUP; and they start with a bad one. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { story, until } from './box.mjs';

const level = (id, label, more = '') => `  - id: ${id}\n    label: ${label}\n    description: What ${label} means.\n${more}`;
const file = (...levels) => `version: 1\nseverities:\n${levels.join('')}`;
const DEFAULT = '    default: true\n';
const renamed = (from) => `    renamed_from: ${from}\n`;

const FIRST = file(level('p1', 'P1'), level('p2', 'P2', DEFAULT), level('p3', 'P3'));
const RENAMED = file(level('p1', 'P1'), level('major', 'Major', DEFAULT + renamed('p2')), level('p3', 'P3'));
const ELSEWHERE = `${RENAMED}    announce: [C0NOWHERE]\n`;
const REMOVED = file(level('p1', 'P1'), level('p3', 'P3', DEFAULT));
const BAD = file(level('p1', 'P1', '    color: red\n'), level('p3', 'P3', DEFAULT));

let place, folder, path, channel;

const count = (life, words) => life.text().split(words).length - 1;
const inForce = (n, life) => until(`revision ${n}`, async () => life.text().includes(`severities: in force revision=${n} `));
const everywhere = (n) => Promise.all(place.lives.filter((life) => life.code === null).map((life) => inForce(n, life)));
const revisions = () => place.postgres.rows('select number, changes, cause from levels order by number');
const told = async () => (await place.tell('dump')).channels.find((c) => c.name === 'admins').messages.filter((m) => m.user === 'U0INCIDENTD' && !m.subtype).map((m) => m.text);
const toldOf = (words, n = 1) => until(`the administrators to read "${words}" ${n} times`, async () => (await told()).filter((text) => text.includes(words)).length === n);
const severities = async (...args) => {
	const got = await place.ctl('severities', ...args);
	assert.equal(got.code, 0, got.stderr);
	return got.stdout;
};
const type = (channel, text) => place.tell('command', { user: 'ann', channel, text });

/* As Kubernetes mounts a ConfigMap: the name is a link to a file in a folder that ..data names. */
const mount = (name, text) => {
	fs.mkdirSync(`${folder}/${name}`, { recursive: true });
	fs.writeFileSync(`${folder}/${name}/severities.yml`, text);
	fs.symlinkSync(name, `${folder}/..next`);
	fs.renameSync(`${folder}/..next`, `${folder}/..data`);
};

async function begin() {
	fs.mkdirSync(folder);
	fs.writeFileSync(`${folder}/incidentd.yml`, 'web: {listen: "127.0.0.1:0"}\n');
	mount('..1', FIRST);
	fs.symlinkSync('..data/severities.yml', path);
	await place.postgres.start();
	await place.startSlackbox('--time-scale', '10', '--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	const { id: admins } = await place.tell('channel', { name: 'admins', members: ['U0ANN', 'U0INCIDENTD'] });
	place.more = { INCIDENTD_CONFIG: `${folder}/incidentd.yml`, INCIDENTD_CHANNELS_ADMIN: admins };
	place.startDaemon();
	place.startDaemon();
	await place.connected(4);
	await everywhere(1);
	assert.equal((await revisions()).length, 1, 'two daemons record it once');
	assert.match(await severities('list'), /^revision 1, .*\n(.*\n)*p2 .*P2 .when nothing is said.*\n/);
}

async function twoAreDeclared() {
	await type('incidents', 'declare At the second level');
	({ channel } = await place.incident('At the second level'));
	await type('incidents', 'declare At the third');
	const third = (await place.incident('At the third')).channel;

	await type(third, 'severity p3');
	await until('the third level', async () => await place.postgres.value('select severity_id from incident where id = 2') === 'p3');
	await place.settled();
}

/* What an edit would do is said before it is made. */
async function anEditIsToldBeforeItIsMade() {
	fs.writeFileSync(place.file('planned.yml'), RENAMED);
	const planned = await severities('diff', place.file('planned.yml'));
	assert.match(planned, /^major: id was 'p2', is 'major'$/m);
	assert.match(planned, /^incident 1 .*P2.*Major/m);
	assert.doesNotMatch(planned, /incident 2/);
	fs.writeFileSync(place.file('planned.yml'), BAD);
	const bad = await place.ctl('severities', 'diff', place.file('planned.yml'));
	assert.equal(bad.code, 1);
	assert.match(bad.stderr, /planned\.yml:6:5: unknown key 'color'/);
}

/* A bad edit: nothing changes, and of two daemons one tells. */
async function aBadEditChangesNothing() {
	mount('..2', BAD);
	await toldOf("severities.yml:6:5: unknown key 'color'");
	for (const life of place.lives)
		await until('the mistake in each log', async () => count(life, "severities.yml:6:5: unknown key 'color'") === 1);
	await type(channel, 'severity p1');
	await until('the levels as they were', async () => await place.postgres.value('select severity_id from incident where id = 1') === 'p1');
	await type(channel, 'severity p2');
	await until('and the default', async () => await place.postgres.value('select severity_id from incident where id = 1') === 'p2');
	assert.equal((await revisions()).length, 1);
}

/* A good one, by a link: what is open goes along, once. */
async function whatIsOpenGoesAlongWithAGoodOne() {
	mount('..3', RENAMED);
	await everywhere(2);
	await toldOf("- major: id was 'p2', is 'major'");
	await place.settled();
	assert.deepEqual(await place.postgres.rows('select severity_id, severity_label from incident order by id'),
		[{ severity_id: 'major', severity_label: 'Major' }, { severity_id: 'p3', severity_label: 'P3' }]);
	assert.equal(await place.postgres.value(`select count(*) from entry where incident = 1 and text = 'Major, was P2: the level was renamed'`), 1);
	const dump = await place.tell('dump');
	const room = dump.channels.find((c) => c.id === channel);
	assert.match(room.topic?.value ?? room.topic, /\[MAJOR\]/);
	assert.equal(room.messages.filter((m) => m.text?.includes('the level was renamed')).length, 1);
	assert.ok(dump.channels.find((c) => c.name === 'incidents').messages.some((m) => JSON.stringify(m).includes('[Major]')), 'the headline follows');
}

/* Removed, as an editor saves: a new file takes the place of the link. The incident keeps what its level meant. */
async function whatIsRemovedKeepsItsMeaning() {
	fs.writeFileSync(`${folder}/new`, REMOVED);
	fs.renameSync(`${folder}/new`, path);
	await everywhere(3);
	assert.equal(await place.postgres.value('select severity_meaning from incident where id = 1'), 'What Major means.');
	assert.match((await place.ctl('report', '1', '--format', 'json')).stdout, /"meaning":\s*"What Major means\."/);
	await type(channel, 'severity major');
	await type(channel, 'summary It goes on');
	await until('the summary', async () => await place.postgres.value('select summary from incident where id = 1') === 'It goes on');
	assert.equal(await place.postgres.value('select severity_id from incident where id = 1'), 'major');
}

/* In place, in two pieces: nobody reads the half. And on SIGHUP, when nothing has changed. */
async function aFileIsWrittenInPieces() {
	const half = ELSEWHERE.indexOf('    label: Major');
	fs.writeFileSync(path, ELSEWHERE.slice(0, half));
	fs.appendFileSync(path, ELSEWHERE.slice(half));
	await everywhere(4);
	await until('the channel that is not there', async () => (await place.health('/readyz')).text.includes('C0NOWHERE'));
	process.kill(place.daemon.child.pid, 'SIGHUP');
	await until('the hangup to be heard', async () => place.daemon.text().includes('severities: as they were revision=4'));
	assert.deepEqual((await revisions()).map((r) => r.cause), ['start', 'changed', 'changed', 'changed']);
}

/* A daemon that starts with the file of before does not undo the edit; a hangup does. */
async function aFileOfBeforeUndoesNothing() {
	fs.mkdirSync(place.file('old'));
	fs.writeFileSync(place.file('old/incidentd.yml'), 'web: {listen: "127.0.0.1:0"}\n');
	fs.writeFileSync(place.file('old/severities.yml'), REMOVED);
	place.startDaemon({ INCIDENTD_CONFIG: place.file('old/incidentd.yml') });
	await inForce(4, place.daemon);
	await until('a warning', async () => place.daemon.text().includes('other daemons go by a later'));
	assert.equal((await revisions()).length, 4);
	process.kill(place.daemon.child.pid, 'SIGHUP');
	await everywhere(5);
	assert.equal((await revisions())[4].cause, 'SIGHUP');
	await until('a channel that is not named any more', async () => !(await place.health('/readyz')).text.includes('C0NOWHERE'));
	await place.endDaemon();
}

/* With a bad file a daemon starts with the levels that were in force last; with none on record it does not. */
async function aBadFileIsNoReasonNotToStart() {
	fs.writeFileSync(path, BAD);
	await toldOf("severities.yml:6:5: unknown key 'color'", 2);
	for (const life of place.lives.slice(0, 2))
		assert.equal(await life.end('SIGTERM'), 0);
	place.startDaemon();
	await place.ready();
	await inForce(5, place.daemon);
	await type('incidents', 'declare With a bad file');
	await place.incident('With a bad file');
	assert.equal(await place.postgres.value('select severity_id from incident where id = 3'), 'p3');
	await until('it to be logged', async () => count(place.daemon, "severities.yml:6:5: unknown key 'color'") >= 2);
	await toldOf("severities.yml:6:5: unknown key 'color'", 2);
	assert.match(await severities('list'), /^revision 5, /);

	const history = await severities('history');
	assert.equal(history.split('\n').filter((line) => line.startsWith('revision ')).length, 5);
	assert.match(history, /^revision 2, .* changed\n {2}major: id was 'p2', is 'major'$/m);
	await place.settled();
	await place.endDaemon();
}

/* Run again elsewhere, each command meets the levels of its day. */
async function eachCommandMeetsTheLevelsOfItsDay() {
	const severityLines = `select e.incident, e.kind, e.author, e.text, i.severity_id, i.severity_label, i.severity_meaning
		from entry e join incident i on i.id = e.incident where e.kind in ('declared', 'severity') order by e.incident, e.id`;
	const here = [await place.postgres.rows(severityLines), await place.postgres.rows('select * from levels order by number')];
	await place.postgres.change('create database again');
	place.more.DATABASE_URL = place.postgres.url.replace('///postgres?', '///again?');
	const replay = await place.ctl('replay', '--from', place.postgres.url);
	assert.equal(replay.code, 0, replay.stderr);
	const there = Object.assign(Object.create(place.postgres), { url: place.more.DATABASE_URL });
	assert.deepEqual([await there.rows(severityLines), await there.rows('select * from levels order by number')], here);
	delete place.more.DATABASE_URL;
	await place.postgres.change('delete from levels');
	place.startDaemon();
	assert.equal(await place.daemon.over, 1, 'no levels, no daemon');
	assert.match(place.daemon.text(), /there are no severity levels to start with/);
}

await story('the severities are edited under two daemons', async (here) => {
	place = here;
	folder = place.file('settings');
	path = `${folder}/severities.yml`;
	await begin();
	await twoAreDeclared();
	await anEditIsToldBeforeItIsMade();
	await aBadEditChangesNothing();
	await whatIsOpenGoesAlongWithAGoodOne();
	await whatIsRemovedKeepsItsMeaning();
	await aFileIsWrittenInPieces();
	await aFileOfBeforeUndoesNothing();
	await aBadFileIsNoReasonNotToStart();
	await eachCommandMeetsTheLevelsOfItsDay();
	await place.sound();
});
