import { createInterface } from 'node:readline/promises';

import { connectToRealApi, type ExampleApi, startLocalApi } from './api.mts';
import { Cleanup } from './cleanup.mts';
import { chooseAffordable, estimateCosts, sumCosts } from './costs.mts';
import { type Example, EXAMPLES, findUnexpected } from './examples.mts';
import { assertUsable, connectToInstance, type DemoInstance, startInstance } from './instance.mts';
import type { Mail } from './localMail.mts';
import { startLocalServices } from './localServices.mts';
import { type DemoOptions, readOptions, USAGE } from './options.mts';
import { createCredentials, runExample } from './run.mts';

const { SYNC_API_KEY, SYNC_BASE_URL = 'https://api.sync.so' } = process.env;

/** In ms. Arbitrary; only keeps the process alive. */
const KEEP_ALIVE_INTERVAL = 60_000;

let stop: () => void = () => {};
const stopped = new Promise<void>((resolve) => (stop = resolve));
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, requestStop);

const cleanup = new Cleanup();
try {
	const options = readOptions(process.argv.slice(2), SYNC_API_KEY);
	if (options.help) console.log(USAGE);
	else if (!(await demo(options))) process.exitCode = 1;
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
async function demo(options: DemoOptions): Promise<boolean> {
	const api = cleanup.add(
		await (SYNC_API_KEY
			? connectToRealApi(SYNC_BASE_URL, SYNC_API_KEY, announce(options), options.files)
			: startLocalApi()),
	);
	console.log(`Sync API: ${api.url}${SYNC_API_KEY ? '' : ' (local, no API key needed)'}`);
	const examples = await chooseExamples(api, options);
	if (isStopping) return true;
	const { n8n: url, once } = options;
	console.log(url ? `Using the n8n at ${url}` : 'Starting n8n with this package …');
	const n8n = cleanup.add(await (url ? connectToInstance(url, process.env) : startInstance()));
	if (url) await assertUsable(n8n, api);
	const services = cleanup.add(await startLocalServices());
	await createCredentials(n8n.client, api);
	await services.createCredentials(n8n.client);
	const failures = await runAll(examples, n8n, api, services.mails);
	console.log(
		failures === 0
			? '\nAll results are as expected.'
			: `\n${failures} of the results are not as expected.`,
	);
	if (!once && !isStopping) await showEditor(n8n);
	return failures === 0;
}

/** Says what the demo does in a real account. Returns a function that prints the details. */
function announce({ withVideos }: DemoOptions): (line: string) => void {
	console.log(
		`The demo creates in your account: a small video, a recording, a picture, a copy of the video, and a project${
			withVideos ? ', and the videos that you agree to pay for' : ''
		}.`,
	);
	console.log('It uses and lists only these assets, and removes everything at the end.');
	if (withVideos) {
		console.log(
			'It reads your list of voices, to choose one, and your newest generations, to find its own.',
		);
	}
	return (line) => console.log(line);
}

/** Returns the examples to run. With the real API, asks before it creates videos. */
async function chooseExamples(
	{ charging, assets }: ExampleApi,
	{ withVideos, maxCost }: DemoOptions,
): Promise<Example[]> {
	if (!charging) return EXAMPLES;
	const skip = ({ file }: Example, reason: string) => console.log(`Skipping ${file}: ${reason}.`);
	const possible = EXAMPLES.filter((example) => {
		if (example.onlyLocal) skip(example, example.onlyLocal);
		return !example.onlyLocal;
	});
	const free = possible.filter(({ videos }) => !videos);
	const paid = possible.filter(({ videos }) => videos);
	if (!withVideos) {
		for (const example of paid)
			skip(example, 'it creates videos. Add --with-videos to pay for them');
		return free;
	}
	const priced = await estimateCosts(charging, paid, assets.values());
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
	return [...free, ...affordable.map(({ example, cost }) => ({ ...example, maxCost: cost }))];
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
	const unexpected = findUnexpected(results);
	for (const result of results) {
		const isUnexpected = unexpected.includes(result);
		const mark = isUnexpected ? '✗ not as expected' : '✓';
		console.log(`\n${mark} ${result.output}: ${result.rows.length} items`);
		console.table(result.rows);
		if (!isUnexpected) continue;
		console.log('Expected:');
		console.table(result.expected);
	}
	return unexpected.length;
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
