import type { INodeProperties } from 'n8n-workflow';
import type { SendSettings } from './send';

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

/** The settings of a node whose options are untouched. */
export const DEFAULT_SEND_SETTINGS = Object.fromEntries(
	sendOptions.map((option) => [option.name, option.default]),
) as unknown as SendSettings;
