import type { INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from '../../n8n/client.mts';
import { buildCredentials, buildSyncNode, byId } from '../../n8n/syncNodes.mts';
import { buildNode, chainNodes } from '../../n8n/workflow.mts';
import { LIP_SYNC_FIELDS, type NodeSettings } from '../workflow/syncNode.mts';

/** What differs from a workflow that creates a generation and is resumed by its webhook. */
export interface ResumeSettings {
	/** The credential of both nodes. */
	credential?: string;
	/** Settings of Create; null for a workflow without it. */
	create?: INodeParameters | null;
	/** Settings of Wait; null for a workflow without it. */
	wait?: NodeSettings | null;
}

/** With a shorter timeout, Wait does not ask the API to hold its first request for ten seconds. */
const SHORT_TIMEOUT = { timeout: 2 };

/** Builds a workflow that creates a generation and is suspended until sync.so calls: Start → Create → Wait. */
export function buildResumeWorkflow({
	credential,
	create = {},
	wait = {},
}: ResumeSettings = {}): WorkflowJson {
	const buildGenerationNode = (name: string, operation: string, settings: INodeParameters) =>
		buildSyncNode(
			name,
			{ resource: 'generation', operation, ...settings },
			{ credentials: buildCredentials(credential) },
		);
	const nodes = [buildNode('Start', 'n8n-nodes-base.manualTrigger', 1)];
	if (create) {
		nodes.push(
			buildGenerationNode('Create', 'create', { ...LIP_SYNC_FIELDS, wait: 'webhook', ...create }),
		);
	}
	if (wait) {
		const options = { ...SHORT_TIMEOUT, ...wait.options };
		const settings = { generationId: byId('={{ $json.id }}'), ...wait, options };
		nodes.push(buildGenerationNode('Wait', 'waitForWebhook', settings));
	}
	return chainNodes('Resume by webhook', nodes);
}
