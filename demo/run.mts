import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { N8nClient, StoredWorkflow, WorkflowJson } from '../n8n/client.mts';
import { describeFailure } from '../n8n/execution.mts';
import type { ExampleApi } from './api.mts';
import type { Example, Result } from './examples.mts';

const FOLDER = path.join(import.meta.dirname, '..', 'examples');

/** A completed run of an example. */
export interface ExampleRun {
	workflow: StoredWorkflow;
	results: Result[];
}

/** Creates the credentials that the examples use. */
export async function createCredentials(client: N8nClient, api: ExampleApi): Promise<void> {
	const create = async (name: string, apiKey: string) => {
		const data = { apiKey, baseUrl: api.url };
		await client.createCredential({ name, type: 'syncApi', data });
	};
	await create('Sync API with a Wrong Key', 'not-a-key');
	// Last, because n8n's editor selects the newest credential for new nodes.
	await create('Sync API', api.apiKey);
}

/** Reads an example workflow and adapts it to an API. @param api default: the local one, which needs no changes */
export async function readExample(
	file: string,
	{ adapt }: Pick<ExampleApi, 'adapt'> = { adapt: (text) => text },
): Promise<WorkflowJson> {
	const text = await readFile(path.join(FOLDER, file), 'utf8');
	return JSON.parse(adapt(text)) as WorkflowJson;
}

/** Imports an example into n8n and runs it. Call `createCredentials` first. @throws Error if it fails */
export async function runExample(
	client: N8nClient,
	api: ExampleApi,
	{ file, results }: Example,
): Promise<ExampleRun> {
	const workflow = await client.createWorkflow(await readExample(file, api));
	const execution = await client.run(workflow);
	if (execution.status !== 'success') {
		throw new Error(`“${workflow.name}”: ${describeFailure(execution)}`);
	}
	return { workflow, results: results(execution, api.assets) };
}
