/* A throw-away place: a Postgres, a slackbox and the daemon between them, all real processes. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const [CONFIG, MANIFEST] = ['incidentd.yml', 'slack-manifest.yml'].map((name) => path.join(HERE, '..', '..', 'config', name));
const [INCIDENTD, INCIDENTCTL, SLACKBOX] = process.argv.slice(2);
export const BOT = 'U0INCIDENTD';

if (!SLACKBOX) {
	console.error('usage: node TEST.mjs INCIDENTD INCIDENTCTL SLACKBOX');
	process.exit(2);
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/*
 * Asks until the answer is true; what is said is said again when it never is. A question may fail as long as what it asks is
 * not there; an assertion in it that does not hold ends the wait at once.
 */
export async function until(what, ask, ms = 60000, step = 100) {
	const end = Date.now() + ms;
	let last;

	for (;;) {
		const answer = await ask().catch((error) => {
			if (error instanceof assert.AssertionError)
				throw error;
			last = error.message;
		});
		if (answer)
			return answer;
		if (Date.now() > end)
			throw new Error(`waited ${ms} ms for: ${what}${last ? ` (${last})` : ''}`);
		await pause(step);
	}
}

/* mulberry32: the same seed makes the same choices. */
export function chance(seed) {
	let state = seed >>> 0;
	const random = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	return { random, below: (n) => Math.floor(random() * n), of: (list) => list[Math.floor(random() * list.length)] };
}

function run(command, args, env) {
	return new Promise((done) => {
		execFile(command, args, { env: env ?? process.env, maxBuffer: 1 << 30, timeout: 180000 },
			(error, stdout, stderr) => done({ code: error ? error.code ?? 1 : 0, stdout, stderr }));
	});
}

/* What a command printed. That it failed is no assertion: Postgres may be away while a test waits for it. */
async function printed(command, args) {
	const got = await run(command, args);

	if (got.code !== 0)
		throw new Error(`${path.basename(command)}: ${got.stdout}${got.stderr}`);
	return got.stdout;
}

function postgresBin() {
	const root = '/usr/lib/postgresql';
	const versions = fs.existsSync(root) ? fs.readdirSync(root).sort((a, b) => b - a) : [];
	const found = versions.map((v) => path.join(root, v, 'bin')).find((bin) => fs.existsSync(path.join(bin, 'initdb')));

	return found ? found + path.sep : '';
}

/* Postgres does not run as root. */
class Postgres {
	constructor(dir) {
		this.dir = path.join(dir, 'pg');
		this.socket = path.join(dir, 'pg-socket');
		this.bin = postgresBin();
		this.url = `postgresql:///postgres?host=${encodeURIComponent(this.socket)}&user=postgres`;
		this.isRoot = process.getuid() === 0;
		this.held = 0;
	}

	async run(program, args) {
		const command = [`${this.bin}${program}`, ...args];
		const whole = this.isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;

		await printed(whole[0], whole.slice(1));
	}

	async init() {
		fs.mkdirSync(this.dir, { mode: 0o700 });
		fs.mkdirSync(this.socket, { mode: 0o755 });
		if (this.isRoot) {
			const { stdout } = await run('id', ['-u', 'postgres']);
			fs.chownSync(this.dir, Number(stdout), -1);
			fs.chownSync(this.socket, Number(stdout), -1);
		}
		await this.run('initdb', ['-D', this.dir, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale']);
	}

	/* Its log, not our pipe: what it starts would keep a pipe open. */
	control(verb, mode) {
		const listen = `-k ${this.socket} -c listen_addresses= -c max_connections=20`;
		const args = ['-D', this.dir, '-l', path.join(this.dir, 'log'), '-w', '-t', '120', '-o', listen, verb];

		return this.run('pg_ctl', mode ? [...args, '-m', mode] : args);
	}

	start() { return this.control('start'); }
	stop(mode = 'fast') { return this.control('stop', mode); }
	restart(mode = 'fast') { return this.control('restart', mode); }

	/* What psql prints. */
	sql(command) {
		return printed('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', this.url, '-c', command]);
	}

	/* The rows of a select, as objects. */
	async rows(select) {
		const lines = await this.sql(`select to_jsonb(t) from (${select}) t`);
		return lines.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
	}

	/* A statement that is no select. */
	async change(statement) { await this.sql(statement); }

	/*
	 * Holds what the statement locks until what this gives is called, however long that takes. `isHeld` is a condition of pg_locks;
	 * as long as it is not so, nothing is locked yet.
	 */
	async hold(statement, isHeld) {
		const flag = path.join(this.socket, `let-go-${++this.held}`);
		const held = this.sql(`do $$ begin ${statement}; while (pg_stat_file('${flag}', true)).size is null loop perform pg_sleep(0.02); end loop; end $$`);

		held.catch(() => {}); /* when the test has failed nobody calls it */
		await until('the lock', () => this.value(`select count(*) > 0 from pg_locks where granted and ${isHeld}`));
		return () => {
			fs.writeFileSync(flag, '');
			return held;
		};
	}

	/* Whoever was connected has gone, with all that they had begun: what died may have been at something. */
	alone() {
		return until('all others to have left Postgres', () =>
			this.value(`select count(*) = 0 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`));
	}

	/* All that it holds, as it is backed up. */
	dump() { return printed(`${this.bin}pg_dump`, ['-d', this.url]); }

	async value(select) {
		const [row] = await this.rows(select);
		return Object.values(row)[0];
	}
}

class Process {
	constructor(file, args, env, log) {
		const out = fs.openSync(log, 'a');

		this.log = log;
		this.child = spawn(file, args, { env, stdio: ['ignore', out, out] });
		fs.closeSync(out);
		this.code = null;
		this.over = new Promise((done) => this.child.on('exit', (code, signal) => done((this.code = signal ?? code))));
	}

	async end(signal) {
		this.child.kill(signal);
		return this.over;
	}

	text() { return fs.readFileSync(this.log, 'utf8'); }
}

function sanitizerEnvironment() {
	return { ASAN_OPTIONS: 'detect_leaks=1:abort_on_error=0', UBSAN_OPTIONS: 'print_stacktrace=1' };
}

export class Place {
	static async open() {
		const place = new Place(fs.mkdtempSync(path.join(os.tmpdir(), 'whole-')));

		fs.chmodSync(place.dir, 0o755);
		await place.postgres.init();
		return place;
	}

	constructor(dir) {
		this.dir = dir;
		this.postgres = new Postgres(dir);
		this.lives = [];
	}

	file(name) { return path.join(this.dir, name); }

	async startSlackbox(...options) {
		this.box = new Process(SLACKBOX, ['--listen', '127.0.0.1:0', '--ca-out', this.file('ca'), '--port-out', this.file('port'), '--manifest', MANIFEST,
			...options], { ...process.env, ...sanitizerEnvironment() }, this.file('slackbox.log'));
		await until('slackbox', async () => this.box.text().includes('listens at'));
		this.port = Number(fs.readFileSync(this.file('port'), 'utf8'));
		this.agent = new https.Agent({ keepAlive: true, maxSockets: 12, ca: fs.readFileSync(this.file('ca')) });
	}

	environment() {
		return { ...process.env, ...sanitizerEnvironment(),
			DATABASE_URL: this.postgres.url, INCIDENTD_CONFIG: CONFIG, INCIDENTD_CA_FILE: this.file('ca'),
			INCIDENTD_DATA_DIR: this.file('data'), INCIDENTD_WEB_LISTEN: '127.0.0.1:0',
			INCIDENTD_CHANNELS_ANNOUNCE: 'C0INCIDENTS', SLACK_API_URL: `https://127.0.0.1:${this.port}/api/`,
			SLACK_APP_TOKEN: 'xapp-slackbox', SLACK_BOT_TOKEN: 'xoxb-slackbox', ...this.more };
	}

	startDaemon(otherwise = {}) {
		const log = this.file(`incidentd-${this.lives.length}.log`);

		this.daemon = new Process(INCIDENTD, ['run'], { ...this.environment(), ...otherwise }, log);
		this.lives.push(this.daemon);
	}

	ctl(...args) { return run(INCIDENTCTL, args, this.environment()); }

	/* The daemon's own web: {status, text}; status 0 as long as it does not answer. */
	health(page, daemon = this.daemon) {
		const url = /health=(http:\/\/[0-9.:]+)\//.exec(daemon.text());

		return new Promise((done) => {
			if (!url)
				return done({ status: 0, text: '' });
			const asked = http.get(url[1] + page, { agent: false, timeout: 5000 }, (answer) => {
				let text = '';
				answer.on('data', (part) => { text += part; });
				answer.on('end', () => done({ status: answer.statusCode, text }));
				answer.on('close', () => done({ status: 0, text: '' })); /* cut off before its end */
			});
			asked.on('error', () => done({ status: 0, text: '' }));
			asked.on('timeout', () => asked.destroy());
		});
	}

	/* All daemons that run: Slack may tell any of them what is typed next, and it has to be done in 3 s. */
	async ready(ms = 60000) {
		for (const life of this.lives.filter((each) => each.code === null))
			await until('/readyz', async () => (await this.health('/readyz', life)).status === 200, ms);
	}

	/* The connections that are of use. */
	async usable() {
		return (await this.tell('status')).connections.filter((c) => c.hello && !c.leaving && !c.frozen && !c.ghost);
	}

	connected(count = 2, ms = 60000) {
		return until(`${count} connections`, async () => (await this.usable()).length >= count, ms);
	}

	/* POST /_box/VERB; the answer, whether it is ok or not. */
	ask(verb, what = {}) {
		const body = JSON.stringify(what);
		const options = { host: '127.0.0.1', port: this.port, path: `/_box/${verb}`, method: 'POST', agent: this.agent,
			headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) } };

		return new Promise((done, failed) => {
			const asked = https.request(options, (answer) => {
				const parts = [];
				answer.on('data', (part) => parts.push(part));
				answer.on('end', () => {
					try {
						done(JSON.parse(Buffer.concat(parts).toString()));
					} catch (error) {
						failed(error);
					}
				});
			});
			asked.on('error', failed);
			asked.end(body);
		});
	}

	async tell(verb, what) {
		const answer = await this.ask(verb, what);

		assert.ok(answer.ok, `slackbox ${verb} ${JSON.stringify(what)}: ${answer.error}`);
		return answer;
	}

	/*
	 * Nothing is under way any more, in Slack or to Slack. A call that is answered between the look at slackbox and that at the
	 * outbox may have had an event for its effect: so slackbox is looked at twice, and has sent nothing in between.
	 */
	async settled(ms = 120000, calls = `state = 'waiting'`) {
		const sent = async () => (await this.tell('status')).delivery.sent;

		return until('slackbox to be idle and the outbox to be empty', async () => {
			const before = await sent(), box = await this.tell('idle');
			const waiting = await this.postgres.rows(`select method, count(*) from outbox where ${calls} group by 1`);
			if (box.idle && waiting.length === 0 && (await this.tell('idle')).idle && await sent() === before)
				return true;
			throw new Error(JSON.stringify({ pending: box.pending, waiting }));
		}, ms, 250);
	}

	/* The daemon knows the channel of the incident with this title. */
	async incident(title, ms = 60000) {
		const found = await until(`the channel of "${title}"`, async () =>
			(await this.postgres.rows(`select id, channel, channel_name from incident where title = '${title}' and channel is not null`))[0], ms);
		return found;
	}

	/* Every column of every table, as text. */
	async columnsWith(word) {
		const columns = await this.postgres.rows(`select format('%I', table_name) as place, format('%I', column_name) as name
			from information_schema.columns where table_schema = 'public'`);
		const each = columns.map(({ place, name }) =>
			`select '${place}.${name}' as found, count(*) as rows from ${place} where position('${word}' in ${name}::text) > 0`);

		assert.ok(columns.length > 100, 'the whole schema is looked through');
		return this.postgres.rows(`select * from (${each.join(' union all ')}) x where rows > 0`);
	}

	/* It is in no column, no dump, no report of the incident and no log. */
	async nowhere(incident, word) {
		assert.deepEqual(await this.columnsWith(word), [], `${word} in the database`);
		assert.ok(!(await this.postgres.dump()).includes(word), `${word} in a dump`);
		for (const format of ['markdown', 'json', 'html', 'csv']) {
			const report = await this.ctl('report', String(incident), '--format', format);
			assert.equal(report.code, 0, report.stderr);
			assert.ok(!report.stdout.includes(word), `${word} in the ${format} report`);
		}
		assert.ok(!this.logs().includes(word), `${word} in the log`);
	}

	logs() { return this.lives.map((life) => life.text()).join(''); }

	/* What holds after every test: no sanitizer's word, no token, no text, nothing that a strict Slack refuses. */
	async sound(secrets = [], expected = []) {
		const logs = this.logs(), box = this.box.text();
		const { findings } = await this.tell('dump');

		assert.deepEqual([...findings].sort(), [...expected].sort(), 'what slackbox finds');
		for (const word of ['Sanitizer', 'runtime error:', 'Assertion']) {
			assert.ok(!logs.includes(word), `the daemon's log has "${word}"`);
			assert.ok(!box.includes(word), `slackbox's log has "${word}"`);
		}
		for (const word of ['xapp-', 'xoxb-', 'ticket=', '/commands/T', '/actions/T', ...secrets])
			assert.ok(!logs.includes(word), `the daemon's log has "${word}"`);
	}

	/* Ends all. What the test leaves behind is kept when it failed. */
	async close(failed = false) {
		for (const life of this.lives.filter((each) => each.code === null))
			await life.end('SIGKILL');
		if (this.box && this.box.code === null)
			await this.box.end('SIGKILL');
		this.agent?.destroy();
		await this.postgres.stop('immediate').catch(() => {});
		if (failed)
			console.error(`what happened is in ${this.dir}`);
		else
			fs.rmSync(this.dir, { recursive: true, force: true });
	}

	/* Asked to end, it ends in time, with nothing leaked. */
	async endDaemon() {
		assert.equal(await this.daemon.end('SIGTERM'), 0, `the daemon ended badly: ${this.daemon.log}`);
	}
}

/* Runs a test's story in a place of its own. */
export async function story(name, tell) {
	const began = Date.now();
	const place = await Place.open();
	let failed = true;

	for (const signal of ['SIGINT', 'SIGTERM'])
		process.once(signal, () => void place.close(true).then(() => process.exit(1)));
	try {
		await tell(place);
		failed = false;
		console.log(`ok - ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
	} catch (error) {
		console.error(`not ok - ${name}\n${error.stack}`);
		console.error(place.daemon?.text().split('\n').slice(-30).join('\n'));
		process.exitCode = 1;
	} finally {
		await place.close(failed);
	}
}
