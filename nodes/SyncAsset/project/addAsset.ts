import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';

/** File an asset under a project. Safe to send again: the second time changes nothing. */
async function addAsset(call: Call): Promise<INodeExecutionData> {
	const url = `${call.path('projectId', 'project')}/assets`;
	const body = { assetId: call.id('projectAssetId', 'asset', [], 'assetId') };
	await call.ask({ url, body }, { idempotent: true });
	return { json: { ...call.subject, added: true } };
}

/** The entry in the Operation list. */
export const addAssetOption: INodePropertyOptions = {
	name: 'Add Asset',
	value: 'addAsset',
	action: 'Add asset to project',
	description: 'File an asset under a project',
	routing: routing('POST', '/v2/projects', addAsset),
};

const properties: INodeProperties[] = [optionsField()];

/** The fields of Add Asset. */
export const addAssetDescription = updateDisplayOptions(
	{ show: { resource: ['project'], operation: ['addAsset'] } },
	properties,
);
