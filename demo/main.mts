import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';

import { connectToRealApi, type ExampleApi, startLocalApi } from './api.mts';
import { Cleanup } from './cleanup.mts';
import { chooseAffordable, estimateCosts, sumCosts } from './costs.mts';
import { type Example, EXAMPLES, isExpected } from './examples.mts';
import { connectToInstance, type DemoInstance, startInstance } from './instance.mts';
import type { Mail } from './localMail.mts';
import { startLocalServices } from './localServices.mts';
import { createCredentials, runExample } from './run.mts';

const { values } = parseArgs({
	options: {
		once: { type: 'boolean', default: false },
		n8n: { type: 'string' },
		'with-videos': { type: 'boolean', default: false },
		'max-cost': { type: 'string', default: '1' },
	},
});
const { SYNC_API_KEY, SYNC_BASE_URL = 'https://api.sync.so' } = process.env;
const maxCost = Number(values['max-cost']);

/** In ms. Arbitrary; only keeps the process alive. */
const KEEP_ALIVE_INTERVAL = 60_000;

let stop: () => void = () => {};
const stopped = new Promise<void>((resolve) => (stop = resolve));
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, requestStop);

const cleanup = new Cleanup();
try {
	if (!(maxCost > 0)) throw new Error('--max-cost must be an amount of US dollars, e.g. 1');
	if (!(await demo())) process.exitCode = 1;
} catch (error) {
	reportFailure(`The demo failed: ${error instanceof Error ? error.message : String(error)}`);
}
for (const reason of await cleanup.run())
	reportFailure(`The demo left something behind. ${reason}`);

function reportFailure(message: string): void {
	console.error(`\n${message}`);
	process.exitCode = 1;
}

/** Ends the demo after the example that is running, and cleans up. */
function requestStop(): void {
	isStopping = true;
	stop();
}

/** Runs the examples and prints their results. Returns whether all results are as expected. */
async function demo(): Promise<boolean> {
	const api = cleanup.add(
		await (SYNC_API_KEY
			? connectToRealApi(SYNC_BASE_URL, SYNC_API_KEY, announce())
			: startLocalApi()),
	);
	console.log(`Sync API: ${api.url}${SYNC_API_KEY ? '' : ' (local, no API key needed)'}`);
	const examples = await chooseExamples(api);
	if (isStopping) return true;
	console.log(values.n8n ? `Using the n8n at ${values.n8n}` : 'Starting n8n with this package …');
	const n8n = cleanup.add(
		await (values.n8n ? connectToInstance(values.n8n, process.env) : startInstance()),
	);
	const services = cleanup.add(await startLocalServices());
	await createCredentials(n8n.client, api);
	await services.createCredentials(n8n.client);
	const failures = await runAll(examples, n8n, api, services.mails);
	console.log(
		failures === 0
			? '\nAll results are as expected.'
			: `\n${failures} of the results are not as expected.`,
	);
	if (!values.once && !isStopping) await showEditor(n8n);
	return failures === 0;
}

/** Says what the demo creates in a real account. Returns a function that prints the details. */
function announce(): (line: string) => void {
	console.log(
		`The demo creates in your account: a small video, a recording, a picture, a copy of the video, and a project${
			values['with-videos'] ? ', and the videos that you agree to pay for' : ''
		}.`,
	);
	console.log('It uses only these, and removes them at the end. It reads the list of your assets.');
	return (line) => console.log(line);
}

/** Returns the examples to run. With the real API, asks before it creates videos. */
async function chooseExamples({ charging }: ExampleApi): Promise<Example[]> {
	if (!charging) return EXAMPLES;
	const skip = ({ file }: Example, reason: string) => console.log(`Skipping ${file}: ${reason}.`);
	const possible = EXAMPLES.filter((example) => {
		if (example.onlyLocal) skip(example, example.onlyLocal);
		return !example.onlyLocal;
	});
	const free = possible.filter(({ videos }) => !videos);
	const paid = possible.filter(({ videos }) => videos);
	if (!values['with-videos']) {
		for (const example of paid)
			skip(example, 'it creates videos. Add --with-videos to pay for them');
		return free;
	}
	const priced = await estimateCosts(charging, paid);
	const affordable = chooseAffordable(priced, maxCost);
	console.table(
		priced.map((one) => ({
			example: one.example.file,
			'estimated US dollars': Number(one.cost.toFixed(4)),
			'within --max-cost': affordable.includes(one),
		})),
	);
	const total = sumCosts(affordable).toFixed(2);
	if (affordable.length === 0 || !(await confirm(`Create these videos for about $${total}?`))) {
		console.log('No videos are created.');
		return free;
	}
	return [...free, ...affordable.map(({ example }) => example)];
}

/** Asks a question on the terminal. Anything but yes, and the end of the input, means no. */
async function confirm(question: string): Promise<boolean> {
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
	terminal.once('SIGINT', () => {
		requestStop();
		terminal.close();
	});
	try {
		const answer = await Promise.race([terminal.question(`${question} [y/N] `), ended]);
		return /^y(es)?$/i.test(answer.trim());
	} finally {
		terminal.close();
	}
}

/** Runs examples and prints their results. Returns how many are not as expected. */
async function runAll(
	examples: Example[],
	n8n: DemoInstance,
	api: ExampleApi,
	mails: Mail[],
): Promise<number> {
	let failures = 0;
	for (const example of examples) {
		if (isStopping) break;
		try {
			failures += await runOne(example, n8n, api, mails);
		} catch (error) {
			failures++;
			console.log(`\n✗ ${example.file}: ${(error as Error).message}`);
		}
	}
	return failures;
}

async function runOne(
	example: Example,
	{ client }: DemoInstance,
	api: ExampleApi,
	mails: Mail[],
): Promise<number> {
	const { workflow, results } = await runExample(client, api, example, mails);
	console.log(`\n# ${workflow.name}: ${client.url}/workflow/${workflow.id}`);
	for (const result of results) {
		const mark = isExpected(result) ? '✓' : '✗ not as expected';
		console.log(`\n${mark} ${result.output}: ${result.rows.length} items`);
		console.table(result.rows);
		if (isExpected(result)) continue;
		console.log('Expected:');
		console.table(result.expected);
	}
	return results.filter((result) => !isExpected(result)).length;
}

/** Keeps n8n running until Ctrl-C. */
async function showEditor({ client, loginHint, stopHint }: DemoInstance): Promise<void> {
	console.log(`\nOpen the editor at ${client.url}`);
	console.log(loginHint);
	console.log(`Press Ctrl-C to ${stopHint}.`);
	// With an existing n8n, nothing else keeps this process alive.
	const keepAlive = setInterval(() => {}, KEEP_ALIVE_INTERVAL);
	await stopped;
	clearInterval(keepAlive);
}
