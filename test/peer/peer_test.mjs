// Slack's own SDK (Bolt in Socket Mode) against slackbox. What it does here it does against Slack.
import { strict as assert } from 'node:assert';
import bolt from '@slack/bolt';

const [origin] = process.argv.slice(2); // https://127.0.0.1:PORT
const { App, LogLevel } = bolt;

async function box(verb, what = {}) {
	const answer = await fetch(`${origin}/_box/${verb}`, { method: 'POST', body: JSON.stringify(what) });
	const said = await answer.json();
	assert.equal(said.ok, true, `${verb}: ${said.error}`);
	return said;
}

async function until(what, holds) {
	const end = Date.now() + 60_000;
	for (;;) {
		const found = await holds();
		if (found) return found;
		if (Date.now() > end) throw new Error(`it did not happen: ${what}`);
		await new Promise((go) => setTimeout(go, 50));
	}
}

const FORM = {
	type: 'modal',
	callback_id: 'declare',
	title: { type: 'plain_text', text: 'Declare' },
	submit: { type: 'plain_text', text: 'Declare' },
	blocks: [
		{
			type: 'input',
			block_id: 'title',
			label: { type: 'plain_text', text: 'What is wrong?' },
			element: { type: 'plain_text_input', action_id: 'title' },
		},
		{
			type: 'input',
			block_id: 'severity',
			label: { type: 'plain_text', text: 'How bad is it?' },
			element: {
				type: 'static_select',
				action_id: 'severity',
				options: ['P1', 'P2'].map((p) => ({ text: { type: 'plain_text', text: p }, value: p })),
			},
		},
	],
};

const CARD = [
	{ type: 'section', text: { type: 'mrkdwn', text: 'A card' } },
	{
		type: 'actions',
		block_id: 'buttons',
		elements: [
			{ type: 'button', action_id: 'lead_me', value: '1', text: { type: 'plain_text', text: 'I am the lead' } },
		],
	},
];

function application(seen) {
	const app = new App({
		token: 'xoxb-slackbox',
		appToken: 'xapp-slackbox',
		socketMode: true,
		logLevel: LogLevel.ERROR,
		clientOptions: { slackApiUrl: `${origin}/api/` },
	});
	app.message(async ({ message, say }) => {
		seen.messages.push(message);
		if (message.text === 'hello box') await say({ text: 'A card', blocks: CARD });
	});
	app.event('app_mention', async ({ event }) => seen.mentions.push(event));
	app.command('/incident', async ({ command, ack, client }) => {
		seen.commands.push(command);
		if (command.text !== 'form') return ack(`You typed: ${command.text}`);
		await ack();
		await client.views.open({ trigger_id: command.trigger_id, view: FORM });
	});
	app.view('declare', async ({ ack, view }) => {
		const title = view.state.values.title.title.value;
		if (title === 'no') return ack({ response_action: 'errors', errors: { title: 'Say more' } });
		seen.views.push(view);
		return ack();
	});
	app.action('lead_me', async ({ ack, action, respond }) => {
		await ack();
		seen.actions.push(action);
		await respond({ text: 'You lead.', replace_original: false });
	});
	app.error(async (error) => seen.errors.push(error));
	return app;
}

async function messages_and_mentions(seen) {
	await box('say', { user: 'ann', channel: 'incidents', text: 'hello box' });
	await until('the message', () => seen.messages.find((m) => m.text === 'hello box'));
	await box('say', { user: 'ann', channel: 'incidents', text: '@incidentd status' });
	await until('the mention', () => seen.mentions[0]);
	await until('the card', async () => {
		const { channels } = await box('dump');
		return channels.find((c) => c.name === 'incidents').messages.find((m) => m.text === 'A card');
	});
}

async function commands_and_forms(seen) {
	await box('command', { user: 'ann', channel: 'incidents', text: 'list now' });
	await until('the answer to the command', async () => {
		const { seen_by: by } = await box('dump');
		return Object.values(by).flat().find((m) => m.text === 'You typed: list now');
	});
	await box('command', { user: 'ann', channel: 'incidents', text: 'form' });
	const open = async () => Object.values((await box('dump')).views).flat().length > 0;
	await until('the form', open);
	await box('submit', { user: 'ann', values: { title: { title: 'no' }, severity: { severity: 'P2' } } });
	await box('idle');
	await until('the refusal', async () => (await box('status')).delivery.pending.length === 0);
	assert.equal(await open(), true, 'a form with errors stays');
	await box('submit', { user: 'ann', values: { title: 'Payments fail', severity: 'P1' } });
	const view = await until('the form to be sent', () => seen.views[0]);
	assert.equal(view.state.values.severity.severity.selected_option.value, 'P1');
	await until('the form to be closed', async () => !(await open()));
}

async function presses(seen) {
	await box('press', { user: 'ann', channel: 'incidents', action_id: 'lead_me' });
	const action = await until('the press', () => seen.actions[0]);
	assert.equal(action.value, '1');
	await until('the answer at the response_url', async () => {
		const { seen_by: by } = await box('dump');
		return Object.values(by).flat().find((m) => m.text === 'You lead.');
	});
}

async function a_refresh_loses_nothing(seen) {
	const before = (await box('status')).connections[0].serial;
	await box('fault', { kind: 'refresh' });
	await until('another connection', async () => {
		const { connections } = await box('status');
		return connections.some((c) => c.serial > before && c.hello);
	});
	await box('say', { user: 'ann', channel: 'incidents', text: 'still there?' });
	await until('a message after it', () => seen.messages.find((m) => m.text === 'still there?'));
}

const seen = { messages: [], mentions: [], commands: [], views: [], actions: [], errors: [] };
const app = application(seen);
await box('person', { name: 'ann', real_name: 'Ann Jones' });
await box('act', { verb: 'join', user: 'ann', channel: 'incidents' });
await app.start();
await messages_and_mentions(seen);
await commands_and_forms(seen);
await presses(seen);
await a_refresh_loses_nothing(seen);
await until('all acks', async () => (await box('idle')).idle);
const end = await box('dump');
assert.deepEqual(seen.errors, []);
assert.deepEqual(end.findings, []);
await app.stop();
console.log(`peer: ${end.delivery.acked} envelopes acknowledged, nothing found`);
process.exit(0);
