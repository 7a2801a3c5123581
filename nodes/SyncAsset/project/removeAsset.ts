import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';

/** Take an asset out of a project, without deleting it. Safe to send again: the second time changes nothing. */
async function removeAsset(call: Call): Promise<INodeExecutionData> {
	const project = call.path('projectId', 'project');
	const url = `${project}/assets/${encodeURIComponent(call.id('projectAssetId', 'asset', [], 'assetId'))}`;
	await call.ask({ url }, { idempotent: true });
	return { json: { ...call.subject, removed: true } };
}

/** The entry in the Operation list. */
export const removeAssetOption: INodePropertyOptions = {
	name: 'Remove Asset',
	value: 'removeAsset',
	action: 'Remove asset from project',
	description: 'Take an asset out of a project, without deleting it',
	routing: routing('DELETE', '/v2/projects', removeAsset),
};

const properties: INodeProperties[] = [optionsField()];

/** The fields of Remove Asset. */
export const removeAssetDescription = updateDisplayOptions(
	{ show: { resource: ['project'], operation: ['removeAsset'] } },
	properties,
);
