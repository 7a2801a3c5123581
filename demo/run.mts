import type { N8nClient, StoredWorkflow, WorkflowJson } from '../n8n/client.mts';
import { describeFailure, type Execution } from '../n8n/execution.mts';
import { createSyncCredential } from '../n8n/syncNodes.mts';
import type { ExampleApi } from './api.mts';
import { limitToEstimate } from './costs.mts';
import { readExampleFile } from './exampleFiles.mts';
import { prepareTable } from './exampleTable.mts';
import type { Example, Result } from './examples.mts';
import type { Mail } from './localMail.mts';
import { enterWebhookUrl, runByForm, waitForTriggered } from './triggeredRuns.mts';

/** A completed run of an example. */
export interface ExampleRun {
	workflow: StoredWorkflow;
	results: Result[];
}

/** Creates the credentials that the examples use. */
export async function createCredentials(
	client: N8nClient,
	api: Pick<ExampleApi, 'url' | 'apiKey'>,
): Promise<void> {
	await createSyncCredential(client, { ...api, apiKey: 'not-a-key' }, 'Sync API with a Wrong Key');
	// Last, because n8n's editor selects the newest credential for new nodes.
	await createSyncCredential(client, api);
}

/** Reads an example workflow and adapts it to an API. @param api default: the local one, which needs no changes */
export async function readExample(
	file: string,
	{ adapt }: Pick<ExampleApi, 'adapt'> = { adapt: (json) => json },
): Promise<WorkflowJson> {
	return adapt(await readExampleFile(file));
}

/** How long (ms) an example that creates videos may take with the real API. */
const VIDEO_TIMEOUT = 15 * 60_000;

/**
 * Imports an example into n8n and runs it. Call `createCredentials` first, and that of the local services for an example
 * that uses one.
 *
 * @param mails where the emails arrive that the example sends
 * @throws Error if it fails
 */
export async function runExample(
	client: N8nClient,
	api: ExampleApi,
	example: Example,
	mails: Mail[] = [],
): Promise<ExampleRun> {
	const { file, finishedBy, form, results, videos, created } = example;
	mails.length = 0;
	const table = await prepareTable(client, await readExample(file, api));
	const active: StoredWorkflow[] = [];
	const activate = async (inactive: WorkflowJson) => {
		const stored = await client.createWorkflow(inactive);
		active.push(stored);
		await client.activateTriggers(stored);
		return stored;
	};
	try {
		const read = async (one: string) =>
			limitToEstimate(table.adapt(await readExample(one, api)), example);
		const finishing = finishedBy && (await activate(await read(finishedBy)));
		const json = finishing
			? enterWebhookUrl(await read(file), client, finishing)
			: await read(file);
		const workflow = await (form ? activate(json) : client.createWorkflow(json));
		const timeout = videos && api.charging ? VIDEO_TIMEOUT : undefined;
		const execution = await (form
			? runByForm(client, workflow, form)
			: client.run(workflow, { timeout }));
		api.record(created?.(execution) ?? []);
		assertSuccess(workflow, execution);
		const finished = finishing ? await waitForTriggered(client, finishing) : undefined;
		if (finishing && finished) assertSuccess(finishing, finished);
		return { workflow, results: results(execution, api.assets, { mails, finished }) };
	} finally {
		if (videos) await api.recordVideos();
		for (const workflow of active) await client.deactivate(workflow);
		await table.adopt();
	}
}

function assertSuccess({ name }: StoredWorkflow, execution: Execution): void {
	if (execution.status !== 'success') throw new Error(`“${name}”: ${describeFailure(execution)}`);
}
