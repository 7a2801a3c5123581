import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { assetLocator } from '../../shared/fields/assetLocator';
import {
	maxSizeField,
	optionsField,
	outputFields,
	outputFileField,
	readMaxSize,
	readOutputField,
} from '../../shared/fields/commonFields';
import { HIDDEN_IN_TOOLS } from '../../shared/fields/toolFields';
import { createUrlRequest, downloadFile } from '../../shared/files/download';
import { guessMimeType, hasExtension } from '../../shared/files/mediaTypes';
import { FailureError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { readItemOptions, RESERVED_ASSET_IDS } from './fields';
import { lookUp } from './lookup';

/** Downloads the file of an asset into a binary field. The item's JSON is the asset. */
async function downloadAsset(item: ItemContext): Promise<INodeExecutionData> {
	const id = item.readId('assetId', 'asset', RESERVED_ASSET_IDS);
	const field = readOutputField(item);
	const maxSize = readMaxSize(item);
	const asset = await lookUp(item, id, readItemOptions(item));
	if ('failure' in asset) throw new FailureError(asset.failure);
	const name = buildFileName(id, asset.json);
	const path = `${item.baseRequest.url}/${encodeURIComponent(id)}/download`;
	const { size } = asset.json;
	const fileToDownload = {
		url: createUrlRequest(item, path),
		name,
		mimeType: guessMimeType(name),
		size: typeof size === 'number' ? size : undefined,
		maxSize,
	};
	const file = await item.run.withFile(async () => await downloadFile(item, fileToDownload));
	return { json: asset.json, binary: { [field]: file } };
}

/** The name of the asset, or its ID. Appends the format if there is no extension. */
function buildFileName(id: string, { name, format }: IDataObject): string {
	const baseName = typeof name === 'string' && name !== '' ? name : id;
	const hasFormat = typeof format === 'string' && format !== '';
	return hasExtension(baseName) || !hasFormat ? baseName : `${baseName}.${format}`;
}

/** Asset → Download. */
export const downloadOperation = defineOperation({
	name: 'Download',
	value: 'download',
	action: 'Download asset',
	description: 'Download the file of an asset',
	displayOptions: HIDDEN_IN_TOOLS,
	request: { method: 'GET', url: '/v2/assets' },
	fields: [assetLocator, outputFileField, ...outputFields, optionsField([maxSizeField])],
	handle: downloadAsset,
});
