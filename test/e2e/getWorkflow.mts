import type { INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from '../../n8n/client.mts';
import { buildCredentials, buildSyncNode, byId } from '../../n8n/syncNodes.mts';
import { buildItemSource, chainNodes } from '../../n8n/workflow.mts';

/** Builds a workflow that gets assets, one for each ID, with a node named Get Asset. */
export function buildGetWorkflow(
	ids: string[],
	parameters: INodeParameters = {},
	{ onError, credential }: { onError?: INode['onError']; credential?: string } = {},
): WorkflowJson {
	const settings = {
		resource: 'asset',
		operation: 'get',
		assetId: byId('={{ $json.assetId }}'),
		...parameters,
	};
	return chainNodes('Get assets', [
		...buildItemSource(ids.map((assetId) => ({ assetId }))),
		buildSyncNode('Get Asset', settings, { credentials: buildCredentials(credential), onError }),
	]);
}
