import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { assetLocator } from '../../shared/fields/assetLocator';
import { optionsField, outputFields } from '../../shared/fields/commonFields';
import { visibilityField } from '../../shared/fields/visibility';
import { parseAsset, toAssetItem } from '../../shared/items/assetItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { readUpdateFields } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { readItemOptions, RESERVED_ASSET_IDS } from './fields';

/** Updates fields of an asset. Idempotent, so it's safe to retry. */
async function updateAsset(item: ItemContext): Promise<INodeExecutionData> {
	const itemOptions = readItemOptions(item);
	const path = item.readPath('assetId', 'asset', RESERVED_ASSET_IDS);
	const body = await item.request(
		{ url: path, body: readUpdateFields(item) },
		{ idempotent: true },
	);
	return { json: toAssetItem(parseAsset(body), itemOptions) };
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
	description: 'Change the name, visibility or media details of an asset',
	request: { method: 'PATCH', url: '/v2/assets' },
	fields: [
		assetLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'What to change. Fields that you add and leave empty are cleared.',
			options: [
				{
					...integerField('Duration (Seconds)', 'durationSeconds', 'The duration of the media'),
					typeOptions: { minValue: 0, numberPrecision: 3 },
				},
				{
					displayName: 'Format',
					name: 'format',
					type: 'string',
					default: '',
					placeholder: 'e.g. mp4',
					description: 'The file format, as an extension',
				},
				integerField('Height (Pixels)', 'height', 'The height of the video or image'),
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. interview.mp4',
					description: 'The name of the asset in sync.so',
				},
				integerField('Size (Bytes)', 'size', 'The size of the file'),
				visibilityField,
				integerField('Width (Pixels)', 'width', 'The width of the video or image'),
			],
		},
		...outputFields,
		optionsField(),
	],
	handle: updateAsset,
});
