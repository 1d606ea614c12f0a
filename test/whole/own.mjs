/* Without DATABASE_URL the daemon keeps a Postgres of its own: what it holds outlives a kill, and nothing of it stays. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { story, until } from './box.mjs';

const TITLE = 'Kept by ourselves';
const members = (what, names) => { for (const name of names) assert.ok(name in what, `no ${name} in ${JSON.stringify(what).slice(0, 200)}`); };

/* The processes that name this data directory's cluster, and whom they run as. */
function servers(data) {
	const read = (pid, file) => { try { return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8'); } catch { return ''; } };

	return fs.readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && read(pid, 'cmdline').includes(`${data}/postgres\0`))
		.map((pid) => ({ pid, uid: Number(/^Uid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1]) }));
}

async function declared(place, title) {
	await place.tell('command', { user: 'ann', channel: 'incidents', text: `declare ${title}` });
	return until(`Ann in the channel of "${title}"`, async () =>
		(await place.tell('dump')).channels.find((c) => c.name?.startsWith('inc-') && c.name.includes(title.toLowerCase().replaceAll(' ', '-')) && c.members.includes('U0ANN')));
}

async function theReport(place) {
	const json = await place.ctl('report', '1', '--format', 'json');
	assert.equal(json.code, 0, json.stderr);
	const report = JSON.parse(json.stdout);

	assert.equal(report.schema, 'incidentd/report/1');
	members(report, ['incident', 'timeline', 'actions', 'participants', 'coverage']);
	members(report.incident, ['id', 'title', 'status', 'severity', 'lead', 'reporter', 'private', 'report_only', 'started_at',
		'reported_at', 'resolved_at', 'summary', 'impact', 'channel']);
	members(report.incident.severity, ['id', 'label']);
	assert.equal(report.incident.title, TITLE);
	const parent = report.timeline.find((e) => e.text === 'What is going on?');
	assert.ok(parent, 'what was said is in the timeline');
	members(parent, ['kind', 'said_at', 'author', 'text', 'slack', 'key_moment', 'edited', 'deleted', 'provenance', 'revisions',
		'files', 'reactions', 'replies']);
	assert.deepEqual(parent.replies.map((e) => e.text), ['It was me']);
	const markdown = await place.ctl('report', '1', '--format', 'markdown');
	assert.equal(markdown.code, 0, markdown.stderr);
	assert.match(markdown.stdout, /Ann Jones/);
	const line = markdown.stdout.split('\n').find((l) => l.includes('It was me'));
	assert.match(line, /^\s+\S/, 'a reply is nested');
}

/* A Postgres that is made, or recovers, takes its time: who watches sees meanwhile that the daemon lives. */
async function itLivesBeforeItsPostgres(place) {
	const said = new Set();

	await until('/readyz', async () => {
		const [ready, live] = [await place.health('/readyz'), await place.health('/livez')];

		if (ready.status === 503)
			assert.equal(live.status, 200, 'alive while it starts');
		said.add(ready.text);
		return ready.status === 200;
	}, 60000);
	assert.ok(said.has('postgres: starting\n'), `it said: ${[...said].join('')}`);
}

async function aHangupEndsNothing(place) {
	process.kill(place.daemon.child.pid, 'SIGHUP');
	await until('the hangup to be told', async () => place.daemon.text().includes('settings are read at the start only'));
	await place.ready();
}

/* Who edits the levels keeps nobody from the record, which has their words. */
async function theRecordNeedsNoLevels(place) {
	fs.writeFileSync(place.file('broken.yml'), 'severities: [\n');
	for (const file of [place.file('nowhere.yml'), place.file('broken.yml')]) {
		place.more = { INCIDENTD_SEVERITIES_FILE: file };
		for (const verb of [['report', '1', '--format', 'json'], ['status'], ['recover', '1'], ['migrate']]) {
			const got = await place.ctl(...verb);

			assert.equal(got.code, 0, `${verb[0]}: ${got.stderr}`);
		}
		const report = JSON.parse((await place.ctl('report', '1', '--format', 'json')).stdout);
		const [said] = report.timeline.flatMap((e) => [e, ...e.replies]).filter((e) => e.kind === 'message' && !e.redacted);
		assert.equal(report.incident.severity.label, 'P3 Significant');
		const redacted = await place.ctl('redact', '1', said.slack.ts, '--reason', 'a test', '--by', 'Ann');
		assert.equal(redacted.code, 0, redacted.stderr);
		const replayed = await place.ctl('replay');
		assert.equal(replayed.code, 0, `what acts goes by those on record: ${replayed.stderr}`);
	}
	place.more = {};
}

/* Somebody moves it away: no empty one is made in its place, and it is said. */
async function theDataAreWatched(place, data) {
	const gone = /error the data of our Postgres in \S+ are gone/g;

	fs.renameSync(`${data}/postgres`, `${data}/elsewhere`);
	await until('/readyz 503', async () => {
		const ready = await place.health('/readyz');
		return ready.status === 503 && ready.text.includes(`postgres: its data in ${data} are gone`);
	});
	await until('the log to say so', async () => gone.test(place.daemon.text()));
	fs.renameSync(`${data}/elsewhere`, `${data}/postgres`);
	await place.ready();
	await until('the log to say so', async () => place.daemon.text().includes('are back'));
	assert.equal(place.daemon.text().match(gone).length, 1, 'said once');
}

/* What the environment says is checked as well, and no secret is told. */
async function theEnvironmentIsChecked(place) {
	fs.writeFileSync(place.file('address'), 'postgresql://u:hunter2@[::1/x\n');
	const wrong = {
		DATABASE_URL_FILE: [place.file('address'), /^\$DATABASE_URL: DATABASE_URL cannot be read/m],
		SLACK_API_URL: [`https://127.0.0.1:${place.port}/api`, /^\$SLACK_API_URL: .* must begin with https:\/\/ and end with a slash/m],
		INCIDENTD_CA_FILE: ['/nowhere/ca.pem', /^ca_file: cannot read the authorities in \/nowhere\/ca\.pem: No such file/m],
		INCIDENTD_CHANELS_ANNOUNCE: ['C0INCIDENTS', /^\$INCIDENTD_CHANELS_ANNOUNCE: .*did you mean \$INCIDENTD_CHANNELS_ANNOUNCE\?/m],
	};

	for (const [name, [value, words]] of Object.entries(wrong)) {
		place.more = { [name]: value };
		const got = await place.ctl('check-config');
		assert.equal(got.code, 1, `${name}: ${got.stdout}`);
		assert.match(got.stderr, words);
		assert.ok(!got.stderr.includes('hunter2'), got.stderr);
	}
	place.more = { SLACK_API_URL: 'http://slack.com/api/' };
	assert.match((await place.ctl('check-config')).stderr, /^\$SLACK_API_URL: .*not 'http:\/\/slack.com\/api\/'/m);
	place.more = {};
}

async function theFileIsChecked(place) {
	const good = await place.ctl('check-config');
	assert.equal(good.code, 0, good.stderr);
	const file = place.file('bad.yml');

	fs.writeFileSync(file, 'severities: [\n');
	const bad = await place.ctl('check-config', file);
	assert.equal(bad.code, 1, bad.stderr);
	assert.match(bad.stdout + bad.stderr, /bad\.yml:\d+:\d+/);
}

await story('a database of its own', async (place) => {
	const environment = place.environment.bind(place);
	const data = place.file('data');

	place.environment = () => { const { DATABASE_URL, ...rest } = environment(); return rest; };
	await place.startSlackbox('--limits', '0');
	await place.tell('person', { id: 'U0ANN', name: 'ann', real_name: 'Ann Jones' });
	place.startDaemon();
	await itLivesBeforeItsPostgres(place);
	await aHangupEndsNothing(place);
	await place.connected();
	await place.tell('act', { verb: 'join', user: 'ann', channel: 'incidents' });
	const channel = await declared(place, TITLE);
	const { ts } = await place.tell('say', { user: 'ann', channel: channel.id, text: 'What is going on?' });
	await place.tell('say', { user: 'ann', channel: channel.id, text: 'It was me', thread_ts: ts });
	await until('both to be kept', async () => (await place.ctl('report', '1', '--format', 'json')).stdout.includes('It was me'));
	const running = servers(data);
	assert.ok(running.length > 0, 'its own Postgres runs');
	assert.ok(running.every((s) => s.uid !== 0), 'not as root');

	await place.daemon.end('SIGKILL');
	place.startDaemon();
	await place.ready();
	await place.connected();

	/* The daemon and the first process of its Postgres in one blow, and again at once. */
	const first = Number(fs.readFileSync(`${data}/postgres/postmaster.pid`, 'utf8').split('\n')[0]);
	const gone = place.daemon.over;
	process.kill(first, 'SIGKILL');
	process.kill(place.daemon.child.pid, 'SIGKILL');
	await gone;
	place.startDaemon({ INCIDENTD_CONNECTIONS: '1' });
	await place.ready();
	await place.connected(1);
	const next = await declared(place, 'The next one');
	assert.ok(next.name.startsWith('inc-2-'), next.name);
	await theReport(place);
	await theRecordNeedsNoLevels(place);
	await theFileIsChecked(place);
	await theEnvironmentIsChecked(place);
	await theDataAreWatched(place, data);
	await place.endDaemon();
	assert.match(place.daemon.text(), /counts hellos=1 /, 'one connection was enough');
	assert.deepEqual(servers(data), [], 'no Postgres is left');
	await place.sound(['What is going on']);
});
