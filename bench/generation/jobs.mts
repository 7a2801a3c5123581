import type { INode, INodeParameters } from 'n8n-workflow';

import type { StoredWorkflow, WorkflowJson } from '../../n8n/client.mts';
import { describeFailure, type Execution } from '../../n8n/execution.mts';
import { itemSource, node } from '../../n8n/workflow.mts';
import { ASSETS } from '../../sandbox/asset/library.mts';
import type { Totals } from '../../sandbox/core/record.mts';
import type { Settings } from '../../sandbox/core/settings.mts';
import { CREDENTIAL, type Lab } from '../lab.mts';
import { untilOver } from '../measure.mts';
import { httpRequest } from '../nodes.mts';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** A node Sync Generation. @param operation one on generations */
export const syncGeneration = (
	name: string,
	operation: string,
	parameters: INodeParameters,
	more: Partial<INode> = {},
): INode =>
	node(name, 'n8n-nodes-sync-so.syncGeneration', 1, {
		parameters: { resource: 'generation', operation, ...parameters },
		credentials: CREDENTIAL,
		...more,
	});

/** Our Create, for a video and a voice of the library. @param wait how it waits for the end */
export const create = (wait: 'inNode' | 'webhook', more: Partial<INode> = {}): INode =>
	syncGeneration(
		'Create',
		'create',
		{
			visualSource: 'asset',
			visualAssetId: byId(ASSETS.teaser),
			visualKind: 'video',
			audioSource: 'asset',
			audioAssetId: byId(ASSETS.voiceover),
			model: 'lipsync-2',
			wait,
		},
		more,
	);

/** The generation of the item. */
export const GENERATION_OF_ITEM = byId('={{ $json.id }}');

/** The same as our Create asks for, by HTTP Request. */
export const createByHttpRequest = (url: string, more: Partial<INode> = {}): INode =>
	httpRequest(
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
		more,
	);

/** The nodes that give one item for each job. */
export const jobSource = (jobs: number): INode[] =>
	itemSource(Array.from({ length: jobs }, (_, index) => ({ job: index + 1 })));

/** Makes the API as at its start, but without limits for what it is asked, and with jobs of one length (ms). */
export async function prepare(
	{ sandbox: { control } }: Lab,
	length: number | null,
	concurrency: Settings['concurrency'],
): Promise<void> {
	await control.reset();
	await control.configure({
		pendingMs: 0,
		processingMs: length,
		concurrency,
		generationsPerMinute: null,
	});
}

/** Runs a workflow to its end. @throws Error when it does not end well, or does not keep to the contract */
export async function run(
	{ client, sandbox }: Lab,
	json: WorkflowJson,
): Promise<{ execution: Execution; totals: Totals }> {
	const workflow: StoredWorkflow = await client.createWorkflow(json);
	const id = await client.start(workflow);
	await untilOver(client, workflow);
	const totals = await sandbox.control.totals();
	const execution = await client.getExecution(id);
	if (execution.status !== 'success') throw new Error(describeFailure(execution));
	if (totals.violations.length > 0) throw new Error(totals.violations[0]);
	await client.deleteWorkflow(workflow.id);
	return { execution, totals };
}
