import type { INodeProperties } from 'n8n-workflow';
import type { ItemContext } from '../transport/itemContext';
import { SELECTED_FIELDS, TOOL_OUTPUT } from '../transport/toolOutput';
import { parseChoice, parseText } from '../transport/values';
import { readBoolean, readOptionalNumber } from './readers';
import { HIDDEN_IN_TOOLS, ONLY_IN_TOOLS } from './toolFields';

/** The options that every operation has, because every operation sends requests. */
export const sendOptions: INodeProperties[] = [
	{
		displayName: 'Max Concurrent Requests',
		name: 'maxConcurrent',
		type: 'number',
		noDataExpression: true,
		typeOptions: { minValue: 1 },
		default: 10,
		description: 'Maximum number of requests to send in parallel, across all items',
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 5,
		description:
			'How many times to retry after rate limits, connection errors and temporary server errors. Honors Retry-After.',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description:
			"How long to wait for a response, or for a file transfer to make progress. Overrides 'Timeout' under 'Request Options' in the node's settings.",
	},
];

/** The collection 'Options': an operation's own options, and {@link sendOptions}. n8n requires alphabetical order. */
export const optionsField = (ownOptions: INodeProperties[] = []): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...ownOptions, ...sendOptions].sort((a, b) =>
		a.displayName.localeCompare(b.displayName),
	),
});

/** The field of the input item that contains the file to send. */
export const inputFileField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	typeOptions: { binaryDataProperty: true },
	placeholder: 'e.g. data',
	hint: 'The name of the input field that holds the file',
	builderHint: { propertyHint: "The name of a binary field, e.g. data, not the file's content" },
	description: 'The name is shown in the Binary tab of the input panel',
};

/** The field of the output item to put a downloaded file in. */
export const outputFileField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the output field to put the file in',
	description: 'The next node needs this name to find the file',
};

/** Reads {@link outputFileField}. @throws FailureError if it is empty */
export const readOutputField = (item: ItemContext): string =>
	parseText(item.parameter(outputFileField.name, 'data'), outputFileField.displayName);

const downloadOutputField = (file: string): INodeProperties => ({
	displayName: 'Download Output',
	name: 'downloadOutput',
	type: 'boolean',
	displayOptions: HIDDEN_IN_TOOLS,
	default: false,
	description: `Whether to download the finished ${file}`,
});

/**
 * The fields that decide whether to download the file that an operation creates, and where to put it.
 *
 * @param file what the file is, e.g. `video`
 */
export const downloadOutputFields = (file: string): INodeProperties[] => [
	downloadOutputField(file),
	{
		...outputFileField,
		displayOptions: { ...HIDDEN_IN_TOOLS, show: { downloadOutput: [true] } },
	},
];

/** Reads the switch of {@link downloadOutputFields}. @throws FailureError if it is neither true nor false */
export const readDownloadOutput = (item: ItemContext): boolean =>
	readBoolean(item, downloadOutputField('file'));

/** Option: the largest file to download. */
export const maxSizeField: INodeProperties = {
	displayName: 'Max Size (MB)',
	name: 'maxSize',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 3 },
	default: 1000,
	description: 'Refuse to download larger files. No limit if not set.',
};

/** Reads {@link maxSizeField}, in bytes; Infinity without it. @throws FailureError if it is invalid */
export function readMaxSize(item: ItemContext): number {
	const megabytes = readOptionalNumber(item.addedFields('options'), maxSizeField);
	return megabytes === undefined ? Infinity : megabytes * 1e6;
}

/** Whether to reduce the output to the most used fields. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	displayOptions: HIDDEN_IN_TOOLS,
	default: false,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** What to return to an AI agent. Its counterpart in a workflow is {@link simplifyField}. */
const toolOutputField = {
	displayName: 'Output',
	name: TOOL_OUTPUT,
	type: 'options',
	displayOptions: ONLY_IN_TOOLS,
	options: [
		{ name: 'Raw', value: 'raw', description: 'All fields' },
		{
			name: 'Selected Fields',
			value: 'selectedFields',
			description: 'Only the fields that you list',
		},
		{ name: 'Simplified', value: 'simplified', description: 'Only the most used fields' },
	],
	default: 'simplified',
	description: 'What to return to the agent. Fewer fields cost fewer tokens.',
} satisfies INodeProperties;

/** The fields that decide how much of the response to return: in a workflow, and to an AI agent. */
export const outputFields: INodeProperties[] = [
	simplifyField,
	toolOutputField,
	{
		displayName: 'Fields to Return',
		name: SELECTED_FIELDS,
		type: 'string',
		displayOptions: { show: { ...ONLY_IN_TOOLS.show, [TOOL_OUTPUT]: ['selectedFields'] } },
		default: '',
		placeholder: 'e.g. name, durationSeconds, url',
		description: 'The names of the fields, separated by commas. All fields if empty.',
	},
];

/** Option: whether to reuse an asset with the same content. */
export const reuseExistingField: INodeProperties = {
	displayName: 'Reuse Existing',
	name: 'reuseExisting',
	type: 'boolean',
	default: true,
	description: 'Whether to reuse an identical file that was already uploaded with this API key',
};

/** Reads whether to simplify the output from {@link outputFields}. @throws FailureError if the value is invalid */
export function readSimplify(item: ItemContext): boolean {
	if (!item.run.isTool) return readBoolean(item, simplifyField);
	const { name, displayName, options, default: fallback } = toolOutputField;
	const choices = options.map(({ value }) => value);
	return parseChoice(item.parameter(name, fallback), displayName, choices) === 'simplified';
}
