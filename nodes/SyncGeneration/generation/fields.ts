import type { INodeProperties } from 'n8n-workflow';
import type { Call } from '../../shared/operation';
import { locator } from '../../shared/locator';

/** Routes beside `/v2/generations/{id}`, which an ID of that name would reach. */
export const GENERATION_ROUTES = ['count', 'estimate', 'estimate-cost'];

/** The field that picks a generation, by list or by ID. */
export const generationLocator = locator({
	displayName: 'Generation',
	name: 'generationId',
	required: true,
	description:
		'The generation: a video that sync.so makes or has made. By ID takes the ID that Create gives, e.g. 6b1f6c1e-3f0a-4a5e-9a39-0d5b9cf0e111.',
	searchListMethod: 'searchGenerations',
	placeholder: 'Select a generation…',
});

/** Whether the output is cut to the most used fields. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: false,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** How long to wait at most: one of the options of what waits. */
export const timeLimitField: INodeProperties = {
	displayName: 'Time Limit',
	name: 'timeLimit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 60,
	description:
		'How many minutes to wait at most. The generation goes on at sync.so after that, and its ID is in the error.',
};

/** How many minutes the item of a call waits at most, by {@link timeLimitField}. */
export function timeLimitOf(call: Call): number {
	const { timeLimit } = call.collection('options');
	return typeof timeLimit === 'number' && timeLimit > 0 ? timeLimit : 60;
}

/** Whether the item of a call wants the simplified output, by {@link simplifyField}. */
export const wantsSimple = (call: Call): boolean => call.parameter('simplify', false) === true;
