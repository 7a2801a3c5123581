import type { INodeExecutionData } from 'n8n-workflow';
import { inputFileField, optionsField, outputFields } from '../../shared/fields/commonFields';
import { HIDDEN_IN_TOOLS } from '../../shared/fields/toolFields';
import { readInputFile } from '../../shared/files/inputFile';
import { findUploaded } from '../../shared/files/upload';
import { toAssetItem, toMissingAssetItem } from '../../shared/items/assetItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { readItemOptions } from './fields';
import { readAssetType, typeField } from './newAsset';

/** Finds the asset that has the same content as the file of an item. */
async function findAssetByFile(item: ItemContext): Promise<INodeExecutionData> {
	return await item.run.withFile(async () => {
		const file = await readInputFile(item);
		item.errorFields.fileName = file.name;
		const type = readAssetType(item, file);
		const contentSha256 = await file.sha256();
		const found = await findUploaded(item, contentSha256, type);
		const itemOptions = { ...readItemOptions(item), withFound: true };
		return {
			json: found
				? toAssetItem(found, itemOptions)
				: { ...toMissingAssetItem(null, itemOptions), contentSha256 },
		};
	});
}

/** Asset → Find by File. */
export const findByFileOperation = defineOperation({
	name: 'Find by File',
	value: 'findByFile',
	action: 'Find asset by file',
	description: 'Check whether a file has already been uploaded',
	displayOptions: HIDDEN_IN_TOOLS,
	request: { method: 'GET', url: '/v2/assets/uploaded' },
	fields: [inputFileField, typeField, ...outputFields, optionsField()],
	handle: findAssetByFile,
});
