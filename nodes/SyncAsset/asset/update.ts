import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { assetLocator } from '../../shared/fields/assetLocator';
import { optionsField, simplifyField } from '../../shared/fields/commonFields';
import { visibilityField } from '../../shared/fields/visibility';
import { parseAsset, toAssetItem } from '../../shared/items/assetItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { readUpdateFields } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { readItemOptions, RESERVED_ASSET_IDS } from './fields';

/** Updates fields of an asset. Idempotent, so it's safe to retry. */
async function updateAsset(item: ItemContext): Promise<INodeExecutionData> {
	const path = item.readPath('assetId', 'asset', RESERVED_ASSET_IDS);
	const body = await item.request(
		{ url: path, body: readUpdateFields(item) },
		{ idempotent: true },
	);
	return { json: toAssetItem(parseAsset(body), readItemOptions(item)) };
}

const integerField = (displayName: string, name: string, description: string): INodeProperties => ({
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
					...integerField('Duration', 'durationSeconds', 'How long it plays, in seconds'),
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
				integerField('Height', 'height', 'In pixels'),
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. interview.mp4',
					description: 'The name of the asset in sync.so',
				},
				integerField('Size', 'size', 'In bytes'),
				visibilityField,
				integerField('Width', 'width', 'In pixels'),
			],
		},
		simplifyField,
		optionsField(),
	],
	handle: updateAsset,
});
