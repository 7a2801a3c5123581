import type { IDataObject, INode, NodeParameterValueType } from 'n8n-workflow';

import type { WorkflowJson } from '../../n8n/client.mts';
import { chain, itemSource, node } from '../../n8n/workflow.mts';

/** A workflow that gets assets: one item for each ID, into a node named Get Asset. */
export function getWorkflow(
	ids: string[],
	parameters: Record<string, NodeParameterValueType | IDataObject> = {},
	{ onError, credential = 'Sync API' }: { onError?: INode['onError']; credential?: string } = {},
): WorkflowJson {
	return chain('Get assets', [
		...itemSource(ids.map((assetId) => ({ assetId }))),
		node('Get Asset', 'n8n-nodes-sync-so.syncAsset', 1, {
			parameters: {
				resource: 'asset',
				operation: 'get',
				assetId: { __rl: true, mode: 'id', value: '={{ $json.assetId }}' },
				...parameters,
			},
			credentials: { syncApi: { id: null, name: credential } },
			onError,
		}),
	]);
}
