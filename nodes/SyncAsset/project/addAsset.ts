import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { projectLocator } from '../../shared/fields/projectLocator';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { projectAssetField } from './fields';

/** Adds an asset to a project. Idempotent, so it's safe to retry. */
async function addAsset(item: ItemContext): Promise<INodeExecutionData> {
	const url = `${item.readPath('projectId', 'project')}/assets`;
	const body = { assetId: item.readId('projectAssetId', 'asset', [], { errorField: 'assetId' }) };
	await item.request({ url, body }, { idempotent: true });
	return { json: { ...item.errorFields, added: true } };
}

/** Project → Add Asset. */
export const addAssetOperation = defineOperation({
	name: 'Add Asset',
	value: 'addAsset',
	action: 'Add asset to project',
	description: 'Add an asset to a project',
	request: { method: 'POST', url: '/v2/projects' },
	fields: [projectLocator, projectAssetField, optionsField()],
	handle: addAsset,
});
