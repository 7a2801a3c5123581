import type { INodeProperties } from 'n8n-workflow';
import { assetLocator } from '../../shared/fields/assetLocator';
import { visibilityField } from '../../shared/fields/visibility';

/** The fields of a project, except for its name. */
export const projectFields: INodeProperties[] = [
	{
		displayName: 'Default Workflow',
		name: 'defaultWorkflow',
		type: 'options',
		options: [
			{ name: 'Assistant', value: 'assistant' },
			{ name: 'Change Appearance', value: 'change_appearance' },
			{ name: 'Edit Dialogue', value: 'edit_dialogue' },
			{ name: 'Image to Video', value: 'image_to_video' },
			{ name: 'Lipsync', value: 'lipsync' },
			{ name: 'Timeline', value: 'timeline' },
			{ name: 'Translate and Dub', value: 'translate_and_dub' },
		],
		default: 'lipsync',
		description: 'The workflow that sync.so opens the project with',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. All takes for the spring campaign',
		description: 'A short description of the project',
	},
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		options: [
			{
				name: 'Creator',
				value: 'CREATOR',
				description: 'For working in the sync.so studio',
			},
			{ name: 'Developer', value: 'DEVELOPER', description: 'For working with the API' },
		],
		default: 'CREATOR',
		description: 'Whether the project is for the studio or for the API',
	},
	visibilityField,
];

/**
 * The asset to add or remove. It has its own name, because n8n would evaluate a second field called `assetId` for each
 * item of Asset → Get.
 */
export const projectAssetField: INodeProperties = { ...assetLocator, name: 'projectAssetId' };
