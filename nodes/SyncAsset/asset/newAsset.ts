import type { INodeProperties } from 'n8n-workflow';
import { createProjectField } from '../../shared/fields/projectLocator';
import { visibilityField } from '../../shared/fields/visibility';
import type { InputFile } from '../../shared/files/inputFile';
import type { AssetType } from '../../shared/files/mediaTypes';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { ASSET_TYPES } from './fields';

/** The media type to register a file as. */
export const typeField: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	options: [
		{
			name: 'Automatic',
			value: 'auto',
			description: 'Detect from the MIME type or the file extension',
		},
		...ASSET_TYPES,
	].sort((a, b) => a.name.localeCompare(b.name)),
	default: 'auto',
	description: 'The type to register the asset as',
};

/** Reads {@link typeField}. Automatic means the file's own type. @throws FailureError if that is unknown */
export function readAssetType(item: ItemContext, { name, mimeType, type }: InputFile): AssetType {
	const chosen = item.parameter('type', 'auto');
	const assetType = chosen === 'auto' ? type : (chosen as AssetType);
	if (assetType) return assetType;
	throw inputError(
		`The file '${name}' is not a video, audio or image file (its type is ${mimeType})`,
		"Check 'Input Data Field Name', or choose the 'Type'",
	);
}

/** Optional fields of a new asset. */
export const newAssetFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. interview.mp4',
			description: 'The name of the asset in sync.so. Defaults to the file name.',
		},
		createProjectField('The project to add the asset to'),
		visibilityField,
	],
};
