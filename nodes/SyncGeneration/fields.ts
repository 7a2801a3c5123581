import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { createLocator } from '../shared/fields/locator';
import { AUTOMATIC_MODEL } from '../shared/fields/models';
import { readNumberOption } from '../shared/fields/readers';
import { listOrText } from '../shared/fields/toolFields';
import type { ItemContext } from '../shared/transport/itemContext';
import { parseChoice } from '../shared/transport/values';

/** Sibling routes of `/v2/generations/{id}`. An ID with one of these names would reach that route instead. */
export const RESERVED_GENERATION_IDS = ['count', 'estimate', 'estimate-cost'];

/** The field that selects a generation from a list or by ID. */
export const generationLocator = createLocator({
	displayName: 'Generation',
	name: 'generationId',
	required: true,
	description:
		"The generation. 'By ID' takes the ID from Create, e.g. 6b1f6c1e-3f0a-4a5e-9a39-0d5b9cf0e111.",
	searchListMethod: 'searchGenerations',
	placeholder: 'Select a generation…',
});

/** The fields that select the model of a generation. */
export const modelFields: INodeProperties[] = listOrText(
	{
		displayName: 'Model Name or ID',
		name: 'model',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getModels' },
		required: true,
		default: AUTOMATIC_MODEL,
		description:
			'The sync.so model that creates the video. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Model',
		placeholder: 'e.g. sync-3',
		description:
			'The ID of the sync.so model that creates the video. With auto, the node uses lipsync-2 for videos and sync-3 for images.',
	},
);
/** The field for the ID of a transcription, which can't be listed. */
export const transcriptionIdField: INodeProperties = {
	displayName: 'Transcription ID',
	name: 'transcriptionId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 6b1f6c1e-3f0a-4a5e-9a39-0d5b9cf0e111',
	description: 'The ID from the output of Transcription → Create',
};

/** What to do with a generation that ends without a video. */
export const ifFailedField = {
	displayName: 'If Generation Fails',
	name: 'ifFailed',
	type: 'options',
	options: [
		{
			name: 'Error',
			value: 'error',
			description: 'Fail the item: it goes to the error output, or stops the workflow',
		},
		{
			name: 'Return Item',
			value: 'returnItem',
			description: "Continue with the item's 'status', 'error' and 'errorCode'",
		},
	],
	default: 'error',
	description: "What to do if sync.so can't create the video",
} satisfies INodeProperties;

/** What to do with a batch that fails. */
export const ifBatchFailedField: INodeProperties = {
	...ifFailedField,
	displayName: 'If Batch Fails',
	options: [
		ifFailedField.options[0],
		{
			...ifFailedField.options[1],
			description: "Continue with the item's 'status' and 'metrics'",
		},
	],
	description:
		'What to do if the whole batch fails. If some of its videos fail, Get Results shows which.',
};

/** The statuses of generations, as options of a list. */
export const STATUSES = [
	{ name: 'Completed', value: 'COMPLETED' },
	{ name: 'Failed', value: 'FAILED' },
	{ name: 'Pending', value: 'PENDING' },
	{ name: 'Processing', value: 'PROCESSING' },
	{ name: 'Rejected', value: 'REJECTED' },
];

/** Filter: only generations with certain statuses. */
export const statusFilter: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'multiOptions',
	options: STATUSES,
	default: [],
	description: 'Only generations with one of these statuses. Leave empty for all.',
};

/** Creates the option of a field 'Wait' that doesn't wait. @param thing what is created, e.g. `generation` */
export const createDontWaitOption = (thing: string): INodePropertyOptions => ({
	name: "Don't Wait",
	value: 'no',
	description: `Continue immediately with the ID of the ${thing}`,
});

/** Creates the option of a field 'Wait' that waits in the node. @param thing what is created, e.g. `generation` */
export const createWaitUntilFinishedOption = (thing: string): INodePropertyOptions => ({
	name: 'Wait Until Finished',
	value: 'inNode',
	description: `Continue once the ${thing} has finished or failed`,
});

const JOB_WAIT_MODES = ['inNode', 'no'] as const;

/** Creates the field for whether to wait for a job. Its values are those of Generation → Create. @param thing e.g. `transcription` */
export const createJobWaitField = (thing: string): INodeProperties => ({
	displayName: 'Wait',
	name: 'wait',
	type: 'options',
	options: [createDontWaitOption(thing), createWaitUntilFinishedOption(thing)],
	default: 'inNode',
	description: `Whether to wait for the ${thing}`,
});

/** Reads the field from {@link createJobWaitField}: whether to wait. @throws FailureError if it is invalid */
export const readJobWait = (item: ItemContext): boolean =>
	parseChoice(item.parameter('wait', 'inNode'), 'Wait', JOB_WAIT_MODES) === 'inNode';

/** Option of operations that wait: the maximum wait. */
export const timeLimitField = {
	displayName: 'Time Limit (Minutes)',
	name: 'timeLimit',
	type: 'number',
	typeOptions: { minValue: 0.001 },
	default: 60,
	description:
		'How long to wait. After that, the generation continues at sync.so; its ID is in the error.',
} satisfies INodeProperties;

/** Option: the maximum wait for a batch. sync.so aims for 24 hours. */
export const batchTimeLimitField: INodeProperties = { ...timeLimitField, default: 1500 };

/** Reads {@link timeLimitField}, in minutes. @throws FailureError if it is invalid */
export const readTimeLimit = (item: ItemContext): number =>
	readNumberOption(item.addedFields('options'), timeLimitField);

/**
 * Parses the value of {@link ifFailedField} or {@link ifBatchFailedField}: whether a failure is an error.
 *
 * @param label the name of the field in the form
 * @throws FailureError if it is invalid
 */
export const parseIfFailed = (value: unknown, label: string = ifFailedField.displayName): boolean =>
	parseChoice(value, label, ['error', 'returnItem']) === 'error';
