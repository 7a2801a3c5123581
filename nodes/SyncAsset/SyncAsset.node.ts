import type { IBuilderHint, INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { searchAssets } from '../shared/fields/assetLocator';
import { createProject, searchProjects } from '../shared/fields/projectLocator';
import { testSyncApi } from '../shared/transport/credentialTest';
import { createSubtitle } from '../shared/transport/operation';
import { assetDescription } from './asset';
import { projectDescription } from './project';

const resourceField: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Asset', value: 'asset' },
		{ name: 'Project', value: 'project' },
	],
	default: 'asset',
};

const OPERATIONS = [...assetDescription, ...projectDescription];

const BUILDER_HINT: IBuilderHint = {
	searchHint:
		"Looks up, lists, uploads, downloads and organizes video, audio and image assets in sync.so. Upload returns the asset ID that Sync Generation needs. If 'If Asset Is Missing' is Return Item, Get outputs 'found': false instead of an error.",
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-sync-so.syncGeneration',
			relationHint: 'Creates lip-synced videos from assets',
		},
	],
};

/** The Sync Asset node: manages the assets and projects of a sync.so account. */
export class SyncAsset implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sync Asset',
		name: 'syncAsset',
		icon: { light: 'file:../../icons/sync.svg', dark: 'file:../../icons/sync.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: createSubtitle(OPERATIONS),
		description: 'Manage media assets and projects in sync.so: look up, list, upload, download',
		defaults: { name: 'Sync Asset' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'syncApi', required: true, testedBy: 'testSyncApi' }],
		// The credential overrides this base URL. An expression would have to be evaluated for each item.
		requestDefaults: { baseURL: 'https://api.sync.so', headers: { Accept: 'application/json' } },
		builderHint: BUILDER_HINT,
		properties: [resourceField, ...OPERATIONS],
	};

	methods = {
		credentialTest: { testSyncApi },
		listSearch: { searchAssets, searchProjects },
		actionHandler: { createProject },
	};
}
