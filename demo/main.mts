import { parseArgs } from 'node:util';

import { N8nClient, OWNER } from '../n8n/client.mts';
import { startN8n } from '../n8n/server.mts';
import { connectToRealApi, startLocalApi } from './api.mts';
import { EXAMPLES, isExpected } from './examples.mts';
import { createCredentials, runExample } from './run.mts';

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
const { SYNC_API_KEY, SYNC_BASE_URL = 'https://api.sync.so' } = process.env;

try {
	const passed = await demo();
	process.exitCode = passed ? 0 : 1;
} catch (error) {
	console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
}

/** Runs the examples and prints their results. Returns whether all results are as expected. */
async function demo(): Promise<boolean> {
	const api = await (SYNC_API_KEY
		? connectToRealApi(SYNC_BASE_URL, SYNC_API_KEY)
		: startLocalApi());
	try {
		console.log(`Sync API: ${api.url}${SYNC_API_KEY ? '' : ' (local, no API key needed)'}`);
		console.log('Starting n8n with this package …');
		const n8n = await startN8n({ version: '2.41.1' });
		try {
			const client = await N8nClient.connect(n8n.url);
			await createCredentials(client, api);
			let failures = 0;
			for (const example of EXAMPLES) {
				if (example.costsMoney && api.charges) {
					console.log(`\n# Skipping ${example.file}: it creates videos, which cost money.`);
					continue;
				}
				const { workflow, results } = await runExample(client, api, example);
				console.log(`\n# ${workflow.name}: ${n8n.url}/workflow/${workflow.id}`);
				for (const result of results) {
					const mark = isExpected(result) ? '✓' : '✗ not as expected';
					console.log(`\n${mark} ${result.output}: ${result.rows.length} items`);
					console.table(result.rows);
					if (isExpected(result)) continue;
					failures++;
					console.log('Expected:');
					console.table(result.expected);
				}
			}
			console.log(
				failures === 0
					? '\nAll results are as expected.'
					: `\n${failures} of the results are not as expected.`,
			);
			if (!values.once) await showEditor(n8n.url);
			return failures === 0;
		} finally {
			await n8n.stop();
		}
	} finally {
		await api.close();
	}
}

/** Keeps n8n running until Ctrl-C. */
async function showEditor(url: string): Promise<void> {
	console.log(`\nOpen the editor at ${url}`);
	console.log(`Log in with ${OWNER.email} and ${OWNER.password}.`);
	console.log('Press Ctrl-C to stop n8n and delete its data.');
	await new Promise<void>((resolve) => {
		process.once('SIGINT', resolve);
		process.once('SIGTERM', resolve);
	});
}
