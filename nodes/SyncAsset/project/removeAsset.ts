import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { projectLocator } from '../../shared/fields/projectLocator';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { projectAssetField } from './fields';

/** Removes an asset from a project without deleting it. Idempotent, so it's safe to retry. */
async function removeAsset(item: ItemContext): Promise<INodeExecutionData> {
	const projectPath = item.readPath('projectId', 'project');
	const url = `${projectPath}/assets/${encodeURIComponent(item.readId('projectAssetId', 'asset', [], { errorField: 'assetId' }))}`;
	await item.request({ url }, { idempotent: true });
	return { json: { ...item.errorFields, removed: true } };
}

/** Project → Remove Asset. */
export const removeAssetOperation = defineOperation({
	name: 'Remove Asset',
	value: 'removeAsset',
	action: 'Remove asset from project',
	description: 'Remove an asset from a project without deleting it',
	request: { method: 'DELETE', url: '/v2/projects' },
	fields: [projectLocator, projectAssetField, optionsField()],
	handle: removeAsset,
});
