import type { INodeExecutionData } from 'n8n-workflow';
import { foundItem, missingItem } from '../../shared/items/assetItem';
import { readInputFile } from '../../shared/files/inputFile';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { inputFileField, optionsField, simplifyField } from '../../shared/fields/options';
import { findUploaded } from '../../shared/files/upload';
import { outputOf } from './fields';
import { typeField, typeOf } from './newAsset';

/** Asks whether an item's file has been uploaded before. */
async function findAssetByFile(call: Call): Promise<INodeExecutionData> {
	return await call.run.withFile(async () => {
		const file = await readInputFile(call);
		call.subject.fileName = file.name;
		const type = typeOf(call, file);
		const contentSha256 = await file.sha256();
		const found = await findUploaded(call, contentSha256, type);
		const output = { ...outputOf(call), withFound: true };
		return {
			json: found ? foundItem(found, output) : { ...missingItem(null, output), contentSha256 },
		};
	});
}

/** Asset → Find by File. */
export const findByFileOperation = defineOperation({
	name: 'Find by File',
	value: 'findByFile',
	action: 'Find asset by file',
	description: 'Say whether a file from a previous node is an asset already, by its content',
	request: { method: 'GET', url: '/v2/assets/uploaded' },
	fields: [inputFileField, typeField, simplifyField, optionsField()],
	handle: findAssetByFile,
});
