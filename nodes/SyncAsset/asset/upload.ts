import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { foundItem } from '../../shared/items/assetItem';
import { readInputFile } from '../../shared/files/inputFile';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
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
		const { asset, reused } = await uploadFile(call, file, {
			type: typeOf(call, file),
			reuseExisting: readSwitch(call.addedFields('options'), reuseExistingField),
			fields: call.collection('additionalFields'),
		});
		return { json: { ...foundItem(asset, outputOf(call)), reused } };
	});
}

/** The entry in the Operation list. */
export const uploadOption: INodePropertyOptions = {
	name: 'Upload',
	value: 'upload',
	action: 'Upload asset',
	description: 'Make an asset of a file from a previous node, of up to 5 GiB',
	routing: routing('POST', '/v2/assets/upload', uploadAsset),
};

const properties: INodeProperties[] = [
	inputFileField,
	typeField,
	simplifyField,
	newAssetFields,
	optionsField([reuseExistingField]),
];

/** The fields of Upload. */
export const uploadDescription = updateDisplayOptions(
	{ show: { resource: ['asset'], operation: ['upload'] } },
	properties,
);
