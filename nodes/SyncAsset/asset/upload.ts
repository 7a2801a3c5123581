import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Asset } from '../../shared/items/assetItem';
import { foundItem } from '../../shared/items/assetItem';
import { readInputFile } from '../../shared/files/inputFile';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import {
	inputFileField,
	optionsField,
	reuseExistingField,
	simplifyField,
} from '../../shared/fields/options';
import { readSwitch } from '../../shared/fields/readers';
import { uploadFile } from '../../shared/files/upload';
import { outputOf } from './fields';
import { newAssetFields, typeField, typeOf } from './newAsset';

/** Sends the file of an item to sync.so and registers it, unless it is there already. */
async function uploadAsset(call: Call): Promise<INodeExecutionData> {
	return await call.run.withFile(async () => {
		const file = await readInputFile(call);
		call.subject.fileName = file.name;
		const fields = call.collection('additionalFields');
		const { asset, reused } = await uploadFile(call, file, {
			type: typeOf(call, file),
			reuseExisting: readSwitch(call.addedFields('options'), reuseExistingField),
			fields,
		});
		const notApplied = reused ? differences(asset, fields) : [];
		return { json: { ...foundItem(asset, outputOf(call)), reused, notApplied } };
	});
}

/** The fields that an asset which existed before has with other values. */
const differences = (asset: Asset, fields: IDataObject): string[] =>
	Object.keys(fields).filter((field) => asset[field as keyof Asset] !== fields[field]);

/** Asset → Upload. */
export const uploadOperation = defineOperation({
	name: 'Upload',
	value: 'upload',
	action: 'Upload asset',
	description: 'Upload a file from a previous node (up to 5 GiB)',
	request: { method: 'POST', url: '/v2/assets/upload' },
	fields: [
		inputFileField,
		typeField,
		simplifyField,
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
