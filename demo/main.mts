import { parseArgs } from 'node:util';

import { N8nClient, OWNER } from '../n8n/client.mts';
import { startN8n } from '../n8n/server.mts';
import { localApi, realApi } from './api.mts';
import { EXAMPLES, isKept } from './examples.mts';
import { createCredentials, runExample } from './run.mts';

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
const { SYNC_API_KEY, SYNC_BASE_URL = 'https://api.sync.so' } = process.env;

try {
	const kept = await demo();
	process.exitCode = kept ? 0 : 1;
} catch (error) {
	console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
}

/** Runs the examples and shows what came out; gives whether all did what they promise. */
async function demo(): Promise<boolean> {
	const api = await (SYNC_API_KEY ? realApi(SYNC_BASE_URL, SYNC_API_KEY) : localApi());
	try {
		console.log(`Sync API: ${api.url}${SYNC_API_KEY ? '' : ' (local; no key needed)'}`);
		console.log('Starting n8n with this package in it …');
		const n8n = await startN8n({ version: '2.41.1' });
		try {
			const client = await N8nClient.connect(n8n.url);
			await createCredentials(client, api);
			let broken = 0;
			for (const example of EXAMPLES) {
				if (example.costs && api.charges) {
					console.log(`\n# ${example.file} is left out: it makes videos, which cost money.`);
					continue;
				}
				const { workflow, results } = await runExample(client, api, example);
				console.log(`\n# ${workflow.name}: ${n8n.url}/workflow/${workflow.id}`);
				for (const result of results) {
					const mark = isKept(result) ? '✓' : '✗ not as promised';
					console.log(`\n${mark} ${result.where}: ${result.rows.length} items`);
					console.table(result.rows);
					if (isKept(result)) continue;
					broken++;
					console.log('Promised:');
					console.table(result.promised);
				}
			}
			console.log(
				broken === 0
					? '\nEvery example did what it promises.'
					: `\n${broken} results are not as promised.`,
			);
			if (!values.once) await showEditor(n8n.url);
			return broken === 0;
		} finally {
			await n8n.stop();
		}
	} finally {
		await api.close();
	}
}

/** Leaves n8n open until Ctrl-C. */
async function showEditor(url: string): Promise<void> {
	console.log(`\nThe editor is open at ${url}`);
	console.log(`Log in with ${OWNER.email} and ${OWNER.password}.`);
	console.log('Ctrl-C ends it, and this n8n and all that was made in it are gone then.');
	await new Promise<void>((resolve) => {
		process.once('SIGINT', resolve);
		process.once('SIGTERM', resolve);
	});
}
