import type { INode, INodeParameters } from 'n8n-workflow';

import type { StoredWorkflow, WorkflowJson } from '../../n8n/client.mts';
import { describeFailure, type Execution } from '../../n8n/execution.mts';
import { buildSyncNode, byId } from '../../n8n/syncNodes.mts';
import { buildItemSource } from '../../n8n/workflow.mts';
import { ASSETS } from '../../sandbox/asset/fixtures.mts';
import type { RequestTotals } from '../../sandbox/core/requestLog.mts';
import type { Settings } from '../../sandbox/core/settings.mts';
import { waitForEnd } from '../measure.mts';
import { buildHttpRequest } from '../nodes.mts';
import type { Testbed } from '../testbed.mts';

/** Creates a Sync Generation node. @param operation of the resource Generation */
export const buildSyncGeneration = (
	name: string,
	operation: string,
	parameters: INodeParameters,
	properties: Partial<INode> = {},
): INode => buildSyncNode(name, { resource: 'generation', operation, ...parameters }, properties);

/** Creates a Sync Generation node with the operation Create, for assets of the local Sync API. */
export const buildCreate = (wait: 'inNode' | 'webhook', properties: Partial<INode> = {}): INode =>
	buildSyncGeneration(
		'Create',
		'create',
		{
			visualSource: 'asset',
			visualAssetId: byId(ASSETS.teaser),
			additionalFields: { visualKind: 'video' },
			audioSource: 'asset',
			audioAssetId: byId(ASSETS.voiceover),
			model: 'lipsync-2',
			wait,
		},
		properties,
	);

/** The parameter value for the generation whose ID is in the item's field `id`. */
export const GENERATION_ID_FROM_ITEM = byId('={{ $json.id }}');

/** Creates an HTTP Request node that sends the same request as `buildCreate`. */
export const buildCreateByHttpRequest = (url: string, properties: Partial<INode> = {}): INode =>
	buildHttpRequest(
		'HTTP Request',
		{
			method: 'POST',
			url: `${url}/v2/generate`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: JSON.stringify({
				model: 'lipsync-2',
				input: [
					{ type: 'video', assetId: ASSETS.teaser },
					{ type: 'audio', assetId: ASSETS.voiceover },
				],
			}),
		},
		properties,
	);

/** Creates the nodes that output one item for each job. */
export const buildJobSource = (jobs: number): INode[] =>
	buildItemSource(Array.from({ length: jobs }, (_, index) => ({ job: index + 1 })));

/** Resets the API, without rate limits and with jobs that all take the same time. */
export async function resetApi(
	{ sandbox: { control } }: Testbed,
	jobMs: number | null,
	concurrency: Settings['concurrency'],
): Promise<void> {
	await control.reset();
	await control.configure({
		pendingMs: 0,
		processingMs: jobMs,
		concurrency,
		generationsPerMinute: null,
	});
}

/** Runs a workflow. @throws Error if it fails or violates the API contract */
export async function run(
	{ client, sandbox }: Testbed,
	json: WorkflowJson,
): Promise<{ execution: Execution; totals: RequestTotals }> {
	const workflow: StoredWorkflow = await client.createWorkflow(json);
	const id = await client.start(workflow);
	await waitForEnd(client, workflow);
	const totals = await sandbox.control.getTotals();
	const execution = await client.getExecution(id);
	if (execution.status !== 'success') throw new Error(describeFailure(execution));
	if (totals.violations.length > 0) throw new Error(totals.violations[0]);
	await client.deleteWorkflow(workflow.id);
	return { execution, totals };
}
