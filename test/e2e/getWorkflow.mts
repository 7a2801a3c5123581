import type { IDataObject, INode, NodeParameterValueType } from 'n8n-workflow';

import type { WorkflowJson } from '../../n8n/client.mts';

/** A workflow that gets assets: one item for each ID, into a node named Get Asset. */
export function getWorkflow(
	ids: string[],
	parameters: Record<string, NodeParameterValueType | IDataObject> = {},
	{ onError, credential = 'Sync API' }: { onError?: INode['onError']; credential?: string } = {},
): WorkflowJson {
	const node = (name: string, type: string, typeVersion: number, more: Partial<INode>): INode => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const then = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
	const jsonOutput = JSON.stringify({ assets: ids.map((assetId) => ({ assetId })) });
	return {
		name: 'Get assets',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('List', 'n8n-nodes-base.set', 3.4, {
				parameters: { mode: 'raw', jsonOutput, options: {} },
			}),
			node('Assets', 'n8n-nodes-base.splitOut', 1, {
				parameters: { fieldToSplitOut: 'assets', options: {} },
			}),
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
		],
		connections: { Start: then('List'), List: then('Assets'), Assets: then('Get Asset') },
	};
}
