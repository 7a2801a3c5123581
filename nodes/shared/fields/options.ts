import type { INodeProperties } from 'n8n-workflow';
import type { Call } from '../transport/operation';
import type { SendSettings } from '../transport/send';

/** The options that every operation has because every operation sends requests. Alphabetical, as n8n wants them. */
export const sendOptions: INodeProperties[] = [
	{
		displayName: 'Max Concurrent Requests',
		name: 'maxConcurrent',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 10,
		description: 'How many requests may be on their way to sync.so at once, over all items',
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 5,
		description:
			'How often a request is sent again after a rate limit, a broken connection or a passing fault of the server. What sync.so says about the wait is heeded.',
	},
	{
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60,
		description: 'How many seconds to wait for the answer to a request',
	},
];

/** The collection Options: what an operation has of its own, and what steers its requests. */
export const optionsField = (own: INodeProperties[] = []): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...own, ...sendOptions].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});

/** The field of the input item that holds the file to send. */
export const inputFileField: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the input field that holds the file',
	description: 'The Binary tab of the input panel shows the name',
};

/** The field of the output item that a fetched file goes to. */
export const outputFileField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the output field to put the file in',
	description: 'The next node asks for this name as its input field',
};

/** Whether the file that an operation makes is fetched too, and where it goes. @param file what it is, e.g. `video` */
export const downloadOutputFields = (file: string): INodeProperties[] => [
	{
		displayName: 'Download Output',
		name: 'downloadOutput',
		type: 'boolean',
		default: false,
		description: `Whether to put the ${file} into a field of the item, once there is one`,
	},
	{ ...outputFileField, displayOptions: { show: { downloadOutput: [true] } } },
];

/** The largest file that an operation may fetch: one of its options. */
export const maxSizeField: INodeProperties = {
	displayName: 'Max Size',
	name: 'maxSize',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'The largest file to get, in megabytes; a larger one is an error, 0 means any size',
};

/** The largest file that the item of a call may fetch, by {@link maxSizeField}, in bytes. */
export function maxSizeOf(call: Call): number {
	const { maxSize } = call.collection('options');
	return typeof maxSize === 'number' && maxSize > 0 ? maxSize * 1e6 : Infinity;
}

/** Whether the output is cut to the most used fields. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: false,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The settings of a node whose options are untouched. */
export const DEFAULT_SEND_SETTINGS = Object.fromEntries(
	sendOptions.map((option) => [option.name, option.default]),
) as unknown as SendSettings;
