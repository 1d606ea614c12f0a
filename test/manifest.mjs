/* config/slack-manifest.yml: as Slack's schema wants it; a scope for every call and event that we use, and no other; an event for every route. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const read = (name) => fs.readFileSync(path.join(ROOT, name), 'utf8');

/*
 * What a manifest may hold, as far as ours goes, with the lengths and the counts of Slack's schema (2.0.0). A list: its
 * shape, and how many there may be. A key that ends with ! must be there.
 */
const text = (least, most, pattern) => ({ least, most, pattern });
const list = (of, most, least = 0) => ({ of, least, most });
const names = (most) => list(text(1, 50, /^[\w.:]+$/), most);
const KEYS = {
	_metadata: { major_version: 'integer', minor_version: 'integer' },
	'display_information!': {
		'name!': text(1, 35), description: text(1, 140), long_description: text(175, 4000),
		background_color: text(4, 7, /^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$/),
	},
	features: {
		app_home: { home_tab_enabled: 'boolean', messages_tab_enabled: 'boolean', messages_tab_read_only_enabled: 'boolean' },
		bot_user: { 'display_name!': text(1, 80), always_online: 'boolean' },
		shortcuts: list({
			'name!': text(1, 24), 'type!': text(1, 7, /^(message|global)$/), 'callback_id!': text(1, 255), 'description!': text(1, 150),
		}, 10, 1),
		slash_commands: list({
			'command!': text(2, 32, /^\//), 'description!': text(1, 2000), usage_hint: text(1, 1000), should_escape: 'boolean',
		}, 50, 1),
	},
	oauth_config: { scopes: { bot: names(255) } },
	settings: {
		event_subscriptions: { bot_events: names(100) },
		interactivity: { 'is_enabled!': 'boolean' },
		org_deploy_enabled: 'boolean', socket_mode_enabled: 'boolean', is_hosted: 'boolean', token_rotation_enabled: 'boolean',
	},
};

/* What bots must have been granted for a method, in public and in private channels. */
const HISTORY = ['channels:history', 'groups:history'], MANAGE = ['channels:manage', 'groups:write'], SEE = ['channels:read', 'groups:read'];
const METHODS = {
	'apps.connections.open': [], 'auth.test': [], 'views.open': [], 'views.update': [], 'views.publish': [],
	'bots.info': ['users:read'],
	'bookmarks.add': ['bookmarks:write'], 'bookmarks.edit': ['bookmarks:write'], 'bookmarks.list': ['bookmarks:read'],
	'chat.delete': ['chat:write'], 'chat.getPermalink': [], 'chat.postEphemeral': ['chat:write'], 'chat.postMessage': ['chat:write', 'chat:write.public'],
	'chat.update': ['chat:write'],
	'conversations.archive': MANAGE, 'conversations.create': MANAGE, 'conversations.history': HISTORY, 'conversations.info': SEE,
	'conversations.invite': MANAGE, 'conversations.join': ['channels:join'], 'conversations.list': SEE, 'conversations.members': SEE,
	'conversations.open': ['im:write'], 'conversations.rename': MANAGE, 'conversations.replies': HISTORY,
	'conversations.unarchive': MANAGE, 'conversations.setPurpose': MANAGE, 'conversations.setTopic': MANAGE,
	'emoji.list': ['emoji:read'],
	'files.info': ['files:read'], 'pins.add': ['pins:write'], 'pins.list': ['pins:read'], 'pins.remove': ['pins:write'],
	'reactions.add': ['reactions:write'], 'reactions.get': ['reactions:read'], 'reactions.remove': ['reactions:write'],
	'team.info': ['team:read'], 'usergroups.list': ['usergroups:read'], 'usergroups.users.list': ['usergroups:read'],
	'users.conversations': SEE, 'users.info': ['users:read'], 'users.list': ['users:read'],
};

/* What bots must have been granted to be sent an event; null: nothing. */
const EVENTS = [
	[/^app_home_opened$/, null],
	[/^app_mention$/, 'app_mentions:read'],
	[/^channel_history_changed$/, 'channels:history'], [/^group_history_changed$/, 'groups:history'],
	[/^channel_/, 'channels:read'], [/^group_/, 'groups:read'], [/^member_/, 'channels:read'],
	[/^message\.channels$/, 'channels:history'], [/^message\.groups$/, 'groups:history'], [/^message\.im$/, 'im:history'],
	[/^emoji_changed$/, 'emoji:read'], [/^file_/, 'files:read'], [/^pin_/, 'pins:read'], [/^reaction_/, 'reactions:read'], [/^subteam_/, 'usergroups:read'],
	[/^(user_change|team_join)$/, 'users:read'],
];

function scalar(text, where) {
	const quoted = /^"([^"\\]*)"\s*(#.*)?$/.exec(text);

	if (quoted)
		return quoted[1];
	text = text.replace(/\s+#.*$/, '');
	assert.ok(!/^[[{&*!|>%@`"']|: |:$/.test(text), `${where}: this check reads maps, lists and words only, not ${text}`);
	if (/^(true|false)$/.test(text))
		return text === 'true';
	return /^\d+$/.test(text) ? Number(text) : text;
}

/* The lines of one map or list, all indented alike or more: as much of YAML as the manifest needs. */
function parse(lines) {
	const indent = lines[0].indent, isList = lines[0].text.startsWith('- ');
	const found = isList ? [] : {};

	while (lines.length > 0) {
		const line = lines.shift(), where = `line ${line.number}`;
		const below = [];

		assert.equal(line.indent, indent, `${where} is indented unlike its neighbours`);
		assert.equal(line.text.startsWith('- '), isList, `${where}: a list and a map in one place`);
		while (lines.length > 0 && lines[0].indent > indent)
			below.push(lines.shift());
		if (isList) {
			const text = line.text.slice(2);
			const isMap = /^\w+:( |$)/.test(text);
			found.push(isMap ? parse([{ ...line, indent: indent + 2, text }, ...below]) : scalar(text, where));
			continue;
		}
		const [, key, value] = /^(\w+):\s*(.*)$/.exec(line.text) ?? assert.fail(`${where} is no key`);
		assert.ok(!(key in found), `${where}: ${key} is given twice`);
		found[key] = below.length > 0 ? parse(below) : scalar(value, where);
	}
	return found;
}

function parseText(text) {
	return parse(text.split('\n').map((line, i) => ({ number: i + 1, indent: line.search(/\S/), text: line.trim() }))
		.filter((line) => line.text !== '' && !line.text.startsWith('#')));
}

function checkText(what, { least, most, pattern }, where) {
	assert.equal(typeof what, 'string', `${where} must be text`);
	assert.ok([...what].length >= least && [...what].length <= most, `${where} must have ${least} to ${most} characters, not ${[...what].length}`);
	assert.ok(!pattern || pattern.test(what), `${where} must be like ${pattern}, not ${what}`);
}

function checkList(what, { of, least, most }, where) {
	assert.ok(Array.isArray(what), `${where} must be a list`);
	assert.ok(what.length >= least && what.length <= most, `${where} must have ${least} to ${most}, not ${what.length}`);
	assert.equal(new Set(what.map((one) => JSON.stringify(one))).size, what.length, `${where} says something twice`);
	what.forEach((one, i) => checkKeys(one, of, `${where}[${i}]`));
}

function checkMap(what, allowed, where) {
	const isMust = (key) => `${key}!` in allowed;

	assert.ok(typeof what === 'object' && !Array.isArray(what), `${where} must be a map`);
	for (const key of Object.keys(allowed).filter((k) => k.endsWith('!')))
		assert.ok(key.slice(0, -1) in what, `${where} lacks ${key.slice(0, -1)}`);
	for (const [key, value] of Object.entries(what)) {
		assert.ok(isMust(key) || key in allowed, `${where} has no key ${key}`);
		checkKeys(value, allowed[isMust(key) ? `${key}!` : key], `${where}.${key}`);
	}
}

function checkKeys(what, allowed, where) {
	if (allowed === 'integer')
		return assert.ok(Number.isInteger(what), `${where} must be a whole number`);
	if (typeof allowed === 'string')
		return assert.equal(typeof what, allowed, `${where} must be a ${allowed}`);
	if ('of' in allowed)
		return checkList(what, allowed, where);
	return 'most' in allowed ? checkText(what, allowed, where) : checkMap(what, allowed, where);
}

function sources(folder) {
	return fs.readdirSync(path.join(ROOT, folder)).filter((name) => name.endsWith('.c')).map((name) => read(`${folder}/${name}`)).join('\n');
}

/* A method's name has a family and a dot: "chat.update". */
function methodsCalled() {
	const families = new Set(Object.keys(METHODS).map((name) => name.split('.')[0]));
	const names = [...(sources('lib/wire') + sources('cmd/incidentd')).matchAll(/"([a-z]+)(\.[a-zA-Z.]+)"/g)];

	return new Set(names.filter((m) => families.has(m[1]) && !m[2].endsWith('.h')).map((m) => m[1] + m[2]));
}

/* Those that have a handler; a mention is a verb. */
function eventsHandled() {
	const routed = new Set([...read('lib/dispatch/routes.c').matchAll(/\{ (EVENT_\w+),/g)].map((m) => m[1]).concat('EVENT_MENTION'));
	const table = /shape EVENTS\[\] = \{([^;]*)\};/.exec(read('lib/wire/event.c'));
	const rows = [...(table?.[1] ?? '').matchAll(/\{ "(\w+)",\s*(EVENT_\w+),/g)];

	return rows.filter((m) => routed.has(m[2])).map((m) => m[1]);
}

const manifest = parseText(read('config/slack-manifest.yml'));
checkKeys(manifest, KEYS, 'the manifest');
const scopes = new Set(manifest.oauth_config.scopes.bot), events = new Set(manifest.settings.event_subscriptions.bot_events);
const called = methodsCalled(), handled = eventsHandled();

assert.ok(called.has('chat.postMessage') && called.has('views.open'), 'the calls are found');
assert.ok(handled.includes('message') && handled.includes('user_change'), 'the routes are found');
for (const method of called) {
	assert.ok(method in METHODS, `${method} is called: say in test/manifest.mjs which scopes it needs`);
	for (const scope of METHODS[method])
		assert.ok(scopes.has(scope), `${method} is called, and needs the scope ${scope}`);
}
for (const name of handled)
	for (const event of name === 'message' ? ['message.channels', 'message.groups'] : [name])
		assert.ok(events.has(event), `${event} has a handler, and is not subscribed to`);

/* Nothing is asked for that has no use: each scope is one that somebody must grant, and can be misused. */
const needed = new Set(['commands', ...[...called].flatMap((method) => METHODS[method])]);
const useful = new Set(handled.flatMap((name) => name === 'message' ? ['message.channels', 'message.groups'] : [name]));
for (const event of events) {
	const known = EVENTS.filter(([pattern]) => pattern.test(event));
	assert.ok(known.length > 0, `${event} is subscribed to: say in test/manifest.mjs which scope it needs`);
	const [, scope] = known[0];
	assert.ok(scope === null || scopes.has(scope), `${event} is subscribed to, and needs the scope ${scope}`);
	assert.ok(useful.has(event), `${event} is subscribed to, and has no handler`);
	needed.add(scope);
}
for (const scope of scopes)
	assert.ok(needed.has(scope), `the scope ${scope} is asked for, and no call or event needs it`);
const known = /SCOPES\[\] = \{([^;]*)\};/.exec(read('lib/wire/scopes.c'))[1].match(/[\w:.]+/g);
assert.deepEqual(new Set(known), scopes, 'lib/wire/scopes.c has what the manifest asks for');
assert.ok(scopes.has('commands') && manifest.features.slash_commands.every((c) => c.should_escape), 'commands come escaped');
assert.ok(manifest.settings.socket_mode_enabled && manifest.settings.interactivity.is_enabled, 'Socket Mode, with buttons');
assert.ok(!called.has('views.publish') || manifest.features.app_home.home_tab_enabled, 'the home tab is there');
assert.ok(!manifest.settings.token_rotation_enabled, 'tokens that stay');
console.log(`ok - the manifest has what ${called.size} methods and ${handled.length} events need`);
