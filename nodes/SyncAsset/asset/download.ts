import type {
	IBinaryData,
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { FailureError } from '../../shared/errors';
import { mimeTypeOfName } from '../../shared/mediaTypes';
import type { Call } from '../../shared/operation';
import { bodyOf, routing } from '../../shared/operation';
import { optionsField, outputFileField } from '../../shared/options';
import type { Answer } from '../../shared/send';
import { checkFileUrl, getFile, isExpired } from '../../shared/storage';
import { ASSET_ROUTES, outputOf, simplifyField } from './fields';
import { lookUp } from './lookup';

/** Fetches the file of an asset into a field of the item, beside the facts about the asset. */
async function downloadAsset(call: Call): Promise<INodeExecutionData> {
	const id = call.id('assetId', 'asset', ASSET_ROUTES);
	const field = String(call.parameter('binaryPropertyName', 'data'));
	const { maxSize } = call.collection('options');
	const maxBytes = typeof maxSize === 'number' && maxSize > 0 ? maxSize * 1e6 : Infinity;
	const asset = await lookUp(call, id, outputOf(call));
	if ('failure' in asset) throw new FailureError(asset.failure);
	return await call.run.withFile(async () => {
		let answer = await fetchFile(call, id, asset.json, maxBytes);
		// Many items may wait longer for their turn than an address holds: it is asked for anew, once.
		if (isExpired(answer)) answer = await fetchFile(call, id, asset.json, maxBytes);
		return { json: asset.json, binary: { [field]: bodyOf(answer) as IBinaryData } };
	});
}

async function fetchFile(
	call: Call,
	id: string,
	asset: IDataObject,
	maxSize: number,
): Promise<Answer> {
	const path = `${call.request.url}/${encodeURIComponent(id)}/download`;
	// The address comes as plain text.
	const url = checkFileUrl(await call.ask({ url: path, headers: { Accept: '*/*' } }));
	const name = fileNameOf(id, asset);
	return await getFile(call, url, { name, mimeType: mimeTypeOfName(name), maxSize });
}

/** The name of the asset, with the extension of its format where it has none. */
function fileNameOf(id: string, { name, format }: IDataObject): string {
	const known = typeof name === 'string' && name !== '' ? name : id;
	const hasExtension = /\.[a-z0-9]{1,5}$/i.test(known);
	return hasExtension || typeof format !== 'string' ? known : `${known}.${format}`;
}

/** The entry in the Operation list. */
export const downloadOption: INodePropertyOptions = {
	name: 'Download',
	value: 'download',
	action: 'Download asset',
	description: 'Get the file of an asset, for the next nodes to work with',
	routing: routing('GET', '/v2/assets', downloadAsset),
};

const properties: INodeProperties[] = [
	outputFileField,
	simplifyField,
	optionsField([
		{
			displayName: 'Max Size',
			name: 'maxSize',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'The largest file to get, in megabytes; a larger one is an error, 0 means any size',
		},
	]),
];

/** The fields of Download. */
export const downloadDescription = updateDisplayOptions(
	{ show: { resource: ['asset'], operation: ['download'] } },
	properties,
);
