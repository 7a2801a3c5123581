import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { searchAssets } from '../shared/fields/assetLocator';
import { searchProjects } from '../shared/fields/projectLocator';
import { testSyncApi } from '../shared/transport/credentialTest';
import { assetDescription } from './asset';
import { projectDescription } from './project';

/** Works with the media assets of a sync.so account. */
export class SyncAsset implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sync Asset',
		name: 'syncAsset',
		icon: { light: 'file:../../icons/sync.svg', dark: 'file:../../icons/sync.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Look up, list, upload and download video, audio and image assets in sync.so, and file them in projects',
		defaults: { name: 'Sync Asset' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'syncApi', required: true, testedBy: 'testSyncApi' }],
		// The credential puts its own base URL in place of this one; as an expression it would cost every item time.
		requestDefaults: { baseURL: 'https://api.sync.so', headers: { Accept: 'application/json' } },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Asset', value: 'asset' },
					{ name: 'Project', value: 'project' },
				],
				default: 'asset',
			},
			...assetDescription,
			...projectDescription,
		],
	};

	methods = {
		credentialTest: { testSyncApi },
		listSearch: { searchAssets, searchProjects },
	};
}
