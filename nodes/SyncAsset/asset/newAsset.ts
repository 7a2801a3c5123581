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
			description: 'By the MIME type of the file, or by the extension of its name',
		},
		...ASSET_TYPES,
	].sort((a, b) => a.name.localeCompare(b.name)),
	default: 'auto',
	description: 'What sync.so takes the file for',
};

/** Reads {@link typeField}. Automatic means the file's own type. @throws FailureError if that is unknown */
export function readAssetType(item: ItemContext, { name, mimeType, type }: InputFile): AssetType {
	const chosen = item.parameter('type', 'auto');
	const assetType = chosen === 'auto' ? type : (chosen as AssetType);
	if (assetType) return assetType;
	throw inputError(
		`The file “${name}” is neither video nor audio nor an image, but ${mimeType}`,
		'Check Input Data Field Name, or choose the Type when you know better',
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
			description: 'The name of the asset in sync.so. Without it, the name of the file.',
		},
		createProjectField('The project that the asset is filed under'),
		visibilityField,
	],
};
