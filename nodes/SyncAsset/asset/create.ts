import type { INodeExecutionData } from 'n8n-workflow';
import { assetIn, foundItem } from '../../shared/items/assetItem';
import { FailureError, failureOfInput } from '../../shared/transport/errors';
import { assetTypeOf, mimeTypeOfName } from '../../shared/files/mediaTypes';
import type { Call } from '../../shared/transport/itemContext';
import { bodyOf } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { optionsField, simplifyField } from '../../shared/fields/options';
import { registerAsset } from '../../shared/files/upload';
import { webAddress } from '../../shared/fields/webAddress';
import { outputOf } from './fields';
import { newAssetFields, typeField } from './newAsset';

/** Registers media that is already on the web. */
async function createAsset(call: Call): Promise<INodeExecutionData> {
	const url = webAddress(call.parameter('url'));
	call.subject.url = url.href;
	const type = call.parameter('type', 'auto');
	const found = type === 'auto' ? assetTypeOf(mimeTypeOfName(url.pathname)) : type;
	if (!found) {
		throw new FailureError(
			failureOfInput(
				'The URL does not say whether it is video, audio or an image',
				'Choose the Type',
			),
		);
	}
	const asset = { ...call.collection('additionalFields'), url: url.href, type: found as string };
	const body = bodyOf(await registerAsset(call, asset));
	return { json: foundItem(assetIn(body), outputOf(call)) };
}

/** Asset → Register From URL. */
export const createOperation = defineOperation({
	name: 'Register From URL',
	value: 'create',
	action: 'Register asset from URL',
	description: 'Make an asset of a file that is already on the web, by its public address',
	request: { method: 'POST', url: '/v2/assets' },
	fields: [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://www.example.com/interview.mp4',
			description: 'The public address of the file, which sync.so has to reach without a login',
		},
		typeField,
		simplifyField,
		newAssetFields,
		optionsField(),
	],
	handle: createAsset,
});
