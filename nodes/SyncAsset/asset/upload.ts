import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import {
	inputFileField,
	optionsField,
	outputFields,
	reuseExistingField,
} from '../../shared/fields/commonFields';
import { readBooleanOption } from '../../shared/fields/readers';
import { HIDDEN_IN_TOOLS } from '../../shared/fields/toolFields';
import { readInputFile } from '../../shared/files/inputFile';
import { uploadFile } from '../../shared/files/upload';
import type { Asset } from '../../shared/items/assetItem';
import { toAssetItem } from '../../shared/items/assetItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { readItemOptions } from './fields';
import { newAssetFields, readAssetType, typeField } from './newAsset';

/** Uploads the file of an item and registers it as an asset. By default, reuses an identical one. */
async function uploadAsset(item: ItemContext): Promise<INodeExecutionData> {
	const itemOptions = readItemOptions(item);
	return await item.run.withFile(async () => {
		const file = await readInputFile(item);
		item.errorFields.fileName = file.name;
		const fields = item.readCollection('additionalFields');
		const { asset, reused } = await uploadFile(item, file, {
			type: readAssetType(item, file),
			reuseExisting: readBooleanOption(item.addedFields('options'), reuseExistingField),
			fields,
		});
		const notApplied = reused ? listDifferences(asset, fields) : [];
		return { json: { ...toAssetItem(asset, itemOptions), reused, notApplied } };
	});
}

/** The requested fields that have other values in a reused asset. */
const listDifferences = (asset: Asset, fields: IDataObject): string[] =>
	Object.keys(fields).filter((field) => asset[field as keyof Asset] !== fields[field]);

/** Asset → Upload. */
export const uploadOperation = defineOperation({
	name: 'Upload',
	value: 'upload',
	action: 'Upload asset',
	description: 'Upload a file from a previous node (up to 5 GiB)',
	displayOptions: HIDDEN_IN_TOOLS,
	request: { method: 'POST', url: '/v2/assets/upload' },
	fields: [
		inputFileField,
		typeField,
		...outputFields,
		newAssetFields,
		optionsField([
			{
				...reuseExistingField,
				description:
					"Whether to reuse an identical file that was already uploaded with this API key. It keeps its name, project and visibility; 'notApplied' lists which ones differ.",
			},
		]),
	],
	handle: uploadAsset,
});
