import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from '../../n8n/client.mts';
import { chain, node } from '../../n8n/workflow.mts';
import { LIP_SYNC } from './paidWorkflow.mts';

/** What differs from a workflow that creates a generation and resumes by its webhook. */
export interface ResumeSettings {
	/** The credential of both nodes. */
	credential?: string;
	/** Settings of Create; null for a workflow without it. */
	create?: INodeParameters | null;
	/** Settings of Wait; null for a workflow without it. */
	wait?: (INodeParameters & { options?: IDataObject }) | null;
}

/** With a shorter time for answers, Wait does not ask the API to hold the first look at the generation for ten seconds. */
const SHORT_LOOK = { timeout: 2 };

/** A workflow that creates a generation and is suspended until sync.so calls: Start → Create → Wait. */
export function resumeWorkflow({
	credential = 'Sync API',
	create = {},
	wait = {},
}: ResumeSettings = {}): WorkflowJson {
	const syncNode = (name: string, operation: string, settings: INodeParameters) =>
		node(name, 'n8n-nodes-sync-so.syncGeneration', 1, {
			parameters: { resource: 'generation', operation, ...settings },
			credentials: { syncApi: { id: null, name: credential } },
		});
	const generationId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
	return chain('Resume by webhook', [
		node('Start', 'n8n-nodes-base.manualTrigger', 1),
		...(create ? [syncNode('Create', 'create', { ...LIP_SYNC, wait: 'webhook', ...create })] : []),
		...(wait
			? [
					syncNode('Wait', 'waitForWebhook', {
						generationId,
						...wait,
						options: { ...SHORT_LOOK, ...wait.options },
					}),
				]
			: []),
	]);
}
