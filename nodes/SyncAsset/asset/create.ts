import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField, outputFields } from '../../shared/fields/commonFields';
import { readPublicUrl } from '../../shared/fields/publicUrl';
import { guessMimeType, toAssetType } from '../../shared/files/mediaTypes';
import { registerAsset } from '../../shared/files/upload';
import { parseAsset, toAssetItem } from '../../shared/items/assetItem';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { requireBody } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { readItemOptions } from './fields';
import { newAssetFields, typeField } from './newAsset';

async function createAsset(item: ItemContext): Promise<INodeExecutionData> {
	const itemOptions = readItemOptions(item);
	const url = await readPublicUrl(item, item.parameter('url'));
	item.errorFields.url = url.href;
	const type = item.parameter('type', 'auto');
	const assetType = type === 'auto' ? toAssetType(guessMimeType(url.pathname)) : type;
	if (!assetType) {
		throw inputError("The type of the file can't be detected from its URL", "Choose its 'Type'");
	}
	const asset = {
		...item.readCollection('additionalFields'),
		url: url.href,
		type: assetType as string,
	};
	const body = requireBody(await registerAsset(item, asset));
	return { json: toAssetItem(parseAsset(body), itemOptions) };
}

/** Asset → Register From URL. */
export const createOperation = defineOperation({
	name: 'Register From URL',
	value: 'create',
	action: 'Register asset from URL',
	description: 'Create an asset from a public URL',
	request: { method: 'POST', url: '/v2/assets' },
	fields: [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://www.example.com/interview.mp4',
			description: 'The public URL of the file. sync.so must be able to open it without a login.',
		},
		typeField,
		...outputFields,
		newAssetFields,
		optionsField(),
	],
	handle: createAsset,
});
