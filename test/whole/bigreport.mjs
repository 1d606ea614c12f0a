/* A report of a hundred thousand entries: in every format it takes no more memory than one of ten thousand. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { story } from './box.mjs';

const FEW = 10000, MANY = 100000;
/* The sanitizers keep what was freed for a while; here it is counted. */
const MOST_KB = 96 * 1024;
const INCIDENTCTL = process.argv[3];
let place;

/* In threads, in the wrong order, some edited, some with files and reactions. */
async function fill(incident, count) {
	const own = `from generate_series(1, ${count}) n`;

	await place.postgres.change(`
		insert into incident (id, title, status, severity_id, severity_label, reporter, channel, channel_name, started_at, reported_at)
			values (${incident}, 'Very long', 'open', 'p1', 'P1', 'U1', 'C${incident}', 'inc-long', '2026-03-26 10:00Z', '2026-03-26 10:00Z');
		insert into entry (incident, kind, said_at, received_at, author, text, channel, ts, thread_ts, provenance, key_moment,
			text_edition, text_moment, edited_at)
			select ${incident}, 'message', t, t, 'U' || n % 50, repeat('what was said in *' || n || '* by <@U1> ', 1), 'C${incident}',
				1774519200 + (n * 7919) % ${count} || '.000100',
				case when n % 3 = 0 then 1774519200 + (n * 7919) % ${count} / 100 * 100 || '.000100' end, 'live', n % 1000 = 0,
				t, t, case when n % 10 = 0 then t + interval '1 minute' end
			from (select n, to_timestamp(1774519200 + (n * 7919) % ${count} + 0.0001) as t ${own}) s;
		insert into revision (incident, entry, edition, moment, before, text, provenance)
			select incident, id, said_at, said_at, true, 'as it was', 'live' from entry where incident = ${incident} and edited_at is not null;
		insert into reaction (incident, entry, name, person, given, at, provenance)
			select incident, id, 'eyes', 'U2', true, said_at, 'live' from entry where incident = ${incident} and id % 5 = 0;
		insert into entry_file (incident, entry, file) select incident, id, 'F1' from entry where incident = ${incident} and id % 20 = 0`);
}

/* What a process has worked, in seconds: by their processor's clock, which runs for them alone. */
function worked(pid) {
	const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
	const [user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13).map(Number);

	return (user + system) / 100;
}

/* What it printed, the most memory that it ever had, and how long it worked. */
function report(incident, ...options) {
	const out = place.file(`report-${incident}-${options.join('').replaceAll('/', '_')}`);
	const fd = fs.openSync(out, 'w');
	const env = { ...place.environment(), ASAN_OPTIONS: 'detect_leaks=1:quarantine_size_mb=1:thread_local_quarantine_size_kb=64' };
	const child = spawn(INCIDENTCTL, ['report', String(incident), ...options], { env, stdio: ['ignore', fd, 'inherit'] });
	let most = 0, work = 0;
	const look = setInterval(() => {
		try {
			most = Math.max(most, Number(/^VmHWM:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0));
			work = Math.max(work, worked(child.pid));
		} catch { /* it has ended */ }
	}, 10);

	fs.closeSync(fd);
	return new Promise((done, failed) => child.on('exit', (code) => {
		clearInterval(look);
		if (code === 0)
			done({ out, most, work });
		else
			failed(new Error(`report ${incident} ${options.join(' ')} ended with ${code}`));
	}));
}

const CHECKS = {
	json: (text, count) => {
		const { timeline, coverage } = JSON.parse(text);
		const all = timeline.flatMap((e) => [e, ...e.replies]);

		assert.equal(all.length, count);
		assert.equal(coverage.messages, count);
		assert.equal(new Set(all.map((e) => e.id)).size, count);
		assert.ok(timeline.some((e) => e.replies.length > 10), 'threads');
		for (const list of [timeline, ...timeline.map((e) => e.replies)])
			for (let i = 1; i < list.length; i++)
				assert.ok(list[i - 1].said_at <= list[i].said_at, 'in order');
		assert.ok(all.some((e) => e.revisions.length === 1 && e.revisions[0].text === 'as it was'));
		assert.equal(all.filter((e) => e.files.length === 1 && e.files[0].name === 'log.txt').length, count / 20);
		assert.equal(all.filter((e) => e.reactions.length === 1).length, count / 5);
	},
	csv: (text, count) => {
		assert.ok(text.startsWith('\uFEFFid,'));
		assert.equal(text.split('\r\n').length, count + 3);
	},
	html: (text, count) => {
		const style = /<style>([^]*?)<\/style>/.exec(text)[1];
		const hash = createHash('sha256').update(style).digest('base64');

		assert.ok(text.includes(`style-src 'sha256-${hash}'`), `the style's hash is sha256-${hash}`);
		assert.equal(text.match(/<li id="e\d+"/g).length, count);
		for (const tag of ['li', 'ol', 'ul', 'section', 'div', 'p', 'bdi'])
			assert.equal(text.match(new RegExp(`<${tag}[ >]`, 'g'))?.length, text.match(new RegExp(`</${tag}>`, 'g'))?.length, tag);
	},
	markdown: (text, count) => assert.equal(text.match(/^ *- \d\d:\d\d:\d\d \*\*|^ *- \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \*\*/gm).length, count),
};

async function alike(format) {
	const few = await report(1, '--format', format), many = await report(2, '--format', format);

	CHECKS[format](fs.readFileSync(few.out, 'utf8'), FEW);
	CHECKS[format](fs.readFileSync(many.out, 'utf8'), MANY);
	console.log(`${format}: ${few.most} kB, ${few.work} s for ${FEW} entries, ${many.most} kB, ${many.work} s for ${MANY}`);
	assert.ok(many.most < MOST_KB, `${format} takes ${many.most} kB`);
	/* Quadratic would be a hundred times. What a start takes is there once, and 0.01 s is all that the clock knows. */
	assert.ok(many.work < (few.work + 0.05) * MANY / FEW * 2, `${format} works ${few.work} s for few, ${many.work} s for many`);
	assert.ok(many.most < few.most * 1.25, `${format} takes ${few.most} kB for few, ${many.most} kB for many`);
}

/* The rows that Postgres read for one report; a session counts them in when it ends, which is a while after its client has. */
async function rowsFor(incident) {
	await place.postgres.alone();
	const read = () => place.postgres.value('select tup_returned + tup_fetched from pg_stat_database where datname = current_database()');
	const before = await read();

	await report(incident, '--format', 'csv');
	await place.postgres.alone();
	return await read() - before;
}

async function postgresReadsNoMoreThanItMust() {
	const few = await rowsFor(1), many = await rowsFor(2);

	console.log(`postgres: ${few} rows for ${FEW} entries, ${many} for ${MANY}`);
	assert.ok(few >= FEW && many >= MANY, 'they are counted');
	assert.ok(many < few * MANY / FEW * 2, `${few} rows are read for few, ${many} for many`);
}

async function whatWasAskedFor() {
	const key = JSON.parse(fs.readFileSync((await report(2, '--format', 'json', '--key-moments')).out, 'utf8'));
	assert.equal(key.timeline.flatMap((e) => [e, ...e.replies]).length, MANY / 1000);
	const since = JSON.parse(fs.readFileSync((await report(1, '--format', 'json', '--timezone', 'europe/london', '--since', '2026-03-26T12:00')).out, 'utf8'));
	assert.equal(since.choice.since, '2026-03-26T12:00:00.000Z');
	assert.equal(since.timeline.flatMap((e) => [e, ...e.replies]).length, FEW - 7200);
	/* The clocks went forward on the 29th. */
	const spring = fs.readFileSync((await report(2, '--timezone', 'Europe/London', '--since', '2026-03-27', '--key-moments')).out, 'utf8');
	assert.match(spring, /Times are those of Europe\/London\./);
	assert.match(spring, /since 2026-03-27 00:00:00 UTC is shown/);
	const paris = fs.readFileSync((await report(1, '--timezone', 'Europe/Paris')).out, 'utf8');
	assert.match(paris, /Started \| 2026-03-26 11:00:00 UTC\+01:00/);
	for (const [options, wanted] of [
		[['--format', 'htlm'], /no format 'htlm'; did you mean 'html'\?/],
		[['--template', 'gsd'], /no template 'gsd'\. There are plain, gds, sre/],
		[['--format', 'csv', '--template', 'gds'], /a template is for people/],
		[['--timezone', 'Europe/Lundun'], /no time zone 'Europe\/Lundun'; wanted a name such as Europe\/London/],
		[['--since', 'yesterday'], /'yesterday' is no time: wanted 2h/],
		[['--since', '2026-02-31'], /is no time/],
		[['--fromat', 'csv'], /no option '--fromat'/],
		[['--fromat'], /no option '--fromat'/],
		[['--format'], /--format wants a value behind it/],
	]) {
		const got = await place.ctl('report', '1', ...options);
		assert.notEqual(got.code, 0);
		assert.match(got.stderr, wanted);
		assert.equal(got.stdout, '');
	}
	const nowhere = await place.ctl('replay', '--from', 'notaconn');
	assert.equal(nowhere.code, 1);
	assert.match(nowhere.stderr, /^incidentctl replay: --from wants the address of the other database: postgresql:/);
	assert.match((await place.ctl('report', '77')).stderr, /there is no incident 77/);
	for (const number of ['0', '-1', '+1', ' 1', '1x', '', '9223372036854775808', '99999999999999999999']) {
		assert.equal((await place.ctl('recover', number)).code, 2, number);
		assert.equal((await place.ctl('replay', number)).code, 2, number);
		assert.equal((await place.ctl('redact', number, '1', '--reason', 'r', '--by', 'b')).code, 2, number);
		const got = await place.ctl('report', number);
		assert.equal(got.code, 2);
		assert.ok(got.stderr.includes(`wanted the number of an incident, such as 12, not ${number}`), got.stderr);
	}
	assert.match((await place.ctl('report', '9223372036854775807')).stderr, /there is no incident 9223372036854775807/);
}

await story('long reports', async (here) => {
	place = here;
	place.port = 1; /* nobody speaks to Slack here */
	await place.postgres.start();
	for (const verb of [['report', '1'], ['status'], ['replay']]) {
		const early = await place.ctl(...verb);
		assert.equal(early.code, 1, verb[0]);
		assert.match(early.stderr, /^incidentctl \w+: the database has no schema yet: start incidentd, or run `incidentctl migrate`$/m);
	}
	const made = await place.ctl('migrate');
	assert.equal(made.code, 0, made.stderr);
	await place.postgres.change(`insert into person (id, name) select 'U' || n, 'Person ' || n from generate_series(0, 49) n;
		insert into file (id, name, known_at) values ('F1', 'log.txt', now())`);
	await fill(1, FEW);
	await fill(2, MANY);
	await place.postgres.change('analyze');
	await Promise.all(Object.keys(CHECKS).map(alike));
	await postgresReadsNoMoreThanItMust();
	await whatWasAskedFor();
});
