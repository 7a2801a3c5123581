import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { assetIn, foundItem } from '../../shared/items/assetItem';
import type { Call } from '../../shared/transport/itemContext';
import { changesOf } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { optionsField, simplifyField } from '../../shared/fields/options';
import { visibilityField } from '../../shared/fields/visibility';
import { ASSET_ROUTES, outputOf } from './fields';
import { assetLocator } from '../../shared/fields/assetLocator';

/** Changes fields of an asset. Safe to send again: the second time changes nothing. */
async function updateAsset(call: Call): Promise<INodeExecutionData> {
	const path = call.path('assetId', 'asset', ASSET_ROUTES);
	const body = await call.ask({ url: path, body: changesOf(call) }, { idempotent: true });
	return { json: foundItem(assetIn(body), outputOf(call)) };
}

const whole = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description,
});

/** Asset → Update. */
export const updateOperation = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update asset',
	description: 'Change the name, the visibility or the media facts of an asset',
	request: { method: 'PATCH', url: '/v2/assets' },
	fields: [
		assetLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'What to change. A field that is added and left empty is cleared.',
			options: [
				{
					...whole('Duration', 'durationSeconds', 'How long it plays, in seconds'),
					typeOptions: { minValue: 0, numberPrecision: 3 },
				},
				{
					displayName: 'Format',
					name: 'format',
					type: 'string',
					default: '',
					placeholder: 'e.g. mp4',
					description: 'The extension that stands for the file format',
				},
				whole('Height', 'height', 'In pixels'),
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. interview.mp4',
					description: 'The name of the asset in sync.so',
				},
				whole('Size', 'size', 'In bytes'),
				visibilityField,
				whole('Width', 'width', 'In pixels'),
			],
		},
		simplifyField,
		optionsField(),
	],
	handle: updateAsset,
});
