import type { IBuilderHint, INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { searchAssets, searchAudioAssets, searchVisualAssets } from '../shared/fields/assetLocator';
import { getModels } from '../shared/fields/models';
import { createProject, searchProjects } from '../shared/fields/projectLocator';
import { requestOptionsField } from '../shared/fields/requestOptions';
import { searchClonedVoices, searchVoices } from '../shared/fields/voiceLocator';
import { testSyncApi } from '../shared/transport/credentialTest';
import { createSubtitle } from '../shared/transport/operation';
import { batchDescription } from './batch';
import { searchBatches } from './batch/batchLocator';
import { dialogueEditDescription } from './dialogueEdit';
import { generationDescription } from './generation';
import { searchGenerations } from './generation/searchGenerations';
import { modelDescription } from './model';
import { chargeHints } from './paid/chargeHints';
import { speechDescription } from './speech';
import { transcriptionDescription } from './transcription';
import { usageDescription } from './usage';
import { voiceDescription } from './voice';
import { RESUME_WEBHOOKS, resumeOnWebhook } from './waiting/resumeOnWebhook';
import { suspendUntilWebhook } from './waiting/suspendUntilWebhook';
import { WAIT_TARGETS } from './waiting/waitTargets';

/** The most used first: n8n's node panel lists the actions in this order. */
const RESOURCES = [
	{ name: 'Generation', value: 'generation' },
	{ name: 'Speech', value: 'speech' },
	{ name: 'Voice', value: 'voice' },
	{ name: 'Transcription', value: 'transcription' },
	{ name: 'Dialogue Edit', value: 'dialogueEdit' },
	{ name: 'Model', value: 'model' },
	{ name: 'Usage', value: 'usage' },
	{ name: 'Batch', value: 'batch' },
];

const resourceField: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: RESOURCES,
	default: 'generation',
};

const OPERATIONS = [
	...generationDescription,
	...speechDescription,
	...voiceDescription,
	...modelDescription,
	...batchDescription,
	...transcriptionDescription,
	...dialogueEditDescription,
	...usageDescription,
];

const BUILDER_HINT: IBuilderHint = {
	searchHint:
		"Creates lip-synced, dubbed or talking-portrait videos with sync.so (Generation → Create), which costs money per video. By default, the node waits for the video, which takes minutes. For hours of waiting, set 'Wait' to Resume by Webhook and add Generation → Wait for Webhook after it.",
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-sync-so.syncAsset',
			relationHint: 'Uploads the video and the audio, and looks up their length',
		},
		{
			nodeType: 'n8n-nodes-sync-so.syncTrigger',
			relationHint: 'Starts another workflow when a video or batch has ended',
		},
	],
};

/** The Sync Generation node: creates lip-synced videos with sync.so. */
export class SyncGeneration implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sync Generation',
		name: 'syncGeneration',
		icon: { light: 'file:../../icons/sync.svg', dark: 'file:../../icons/sync.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: createSubtitle(OPERATIONS),
		description: 'Create lip-synced videos with sync.so from a video or portrait and a voice',
		defaults: { name: 'Sync Generation' },
		usableAsTool: true,
		hints: [
			...chargeHints,
			{
				message:
					"The video isn't finished yet. Get it later with Generation → Get, or set 'Wait' to 'Wait Until Finished'.",
				type: 'info',
				location: 'outputPane',
				whenToDisplay: 'afterExecution',
				displayCondition:
					'={{ $parameter["resource"] === "generation" && $parameter["operation"] === "create" && $parameter["wait"] === "no" }}',
			},
		],
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		webhooks: RESUME_WEBHOOKS,
		credentials: [{ name: 'syncApi', required: true, testedBy: 'testSyncApi' }],
		// The credential overrides this base URL. An expression would have to be evaluated for each item.
		requestDefaults: { baseURL: 'https://api.sync.so', headers: { Accept: 'application/json' } },
		builderHint: BUILDER_HINT,
		waitingNodeTooltip: 'Waiting for sync.so. The execution resumes when sync.so calls n8n.',
		properties: [resourceField, ...OPERATIONS, requestOptionsField],
	};

	methods = {
		credentialTest: { testSyncApi },
		listSearch: {
			searchAssets,
			searchAudioAssets,
			searchBatches,
			searchClonedVoices,
			searchGenerations,
			searchProjects,
			searchVisualAssets,
			searchVoices,
		},
		loadOptions: { getModels },
		actionHandler: { createProject },
	};

	customOperations = {
		batch: { waitForWebhook: suspendUntilWebhook(WAIT_TARGETS.batch) },
		generation: { waitForWebhook: suspendUntilWebhook(WAIT_TARGETS.generation) },
	};

	webhook = resumeOnWebhook;
}
