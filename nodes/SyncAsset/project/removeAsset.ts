import type { INodeExecutionData } from 'n8n-workflow';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { projectLocator } from '../../shared/fields/projectLocator';
import { projectAssetField } from './fields';

/** Take an asset out of a project, without deleting it. Safe to send again: the second time changes nothing. */
async function removeAsset(call: Call): Promise<INodeExecutionData> {
	const project = call.path('projectId', 'project');
	const url = `${project}/assets/${encodeURIComponent(call.id('projectAssetId', 'asset', [], 'assetId'))}`;
	await call.ask({ url }, { idempotent: true });
	return { json: { ...call.subject, removed: true } };
}

/** Project → Remove Asset. */
export const removeAssetOperation = defineOperation({
	name: 'Remove Asset',
	value: 'removeAsset',
	action: 'Remove asset from project',
	description: 'Take an asset out of a project, without deleting it',
	request: { method: 'DELETE', url: '/v2/projects' },
	fields: [projectLocator, projectAssetField, optionsField()],
	handle: removeAsset,
});
