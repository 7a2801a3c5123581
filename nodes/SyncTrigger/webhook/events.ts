import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import type { Batch } from '../../shared/items/batchItem';
import { toBatchItem } from '../../shared/items/batchItem';
import type { Generation } from '../../shared/items/generationItem';
import { isGeneration, toGenerationItem } from '../../shared/items/generationItem';

/** The events that sync.so calls for, by what has ended and its status. */
const EVENTS: Record<'generation' | 'batch', Record<string, string>> = {
	generation: {
		COMPLETED: 'generationCompleted',
		FAILED: 'generationFailed',
		REJECTED: 'generationRejected',
	},
	batch: { COMPLETED: 'batchCompleted', FAILED: 'batchFailed' },
};

/** The field that selects the events that start the workflow. */
export const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	required: true,
	options: [
		{
			name: 'Batch Completed',
			value: 'batchCompleted',
			description: 'All videos of a batch have ended, at least one of them with a result',
		},
		{ name: 'Batch Failed', value: 'batchFailed', description: 'A batch has ended without videos' },
		{
			name: 'Generation Completed',
			value: 'generationCompleted',
			description: 'The video is ready',
		},
		{
			name: 'Generation Failed',
			value: 'generationFailed',
			description: 'The video could not be created',
		},
		{
			name: 'Generation Rejected',
			value: 'generationRejected',
			description: 'The video was refused, usually because of the content',
		},
	],
	default: [
		'batchCompleted',
		'batchFailed',
		'generationCompleted',
		'generationFailed',
		'generationRejected',
	],
	description: 'The events that start the workflow',
};

/** A call from sync.so. */
export interface Call {
	/** The ID of the generation or batch. */
	id: string;
	/** Undefined if it has not ended. */
	event?: string;
	/** The generation or batch, as sent. */
	payload: Generation;
}

/** Parses the body of a call. Undefined if it is neither a generation nor a batch. */
export function parseCall(rawBody: Buffer): Call | undefined {
	const payload = jsonParse<unknown>(rawBody.toString(), { fallbackValue: null });
	if (!isGeneration(payload)) return undefined;
	const kind = isBatch(payload) ? 'batch' : 'generation';
	return { id: payload.id, event: EVENTS[kind][payload.status], payload };
}

/** Whether a payload is a batch. It has no field for that, but other fields than a generation. */
const isBatch = (payload: object): boolean =>
	'metrics' in payload ||
	('created_at' in payload && !('model' in payload) && !('input' in payload));

/** The output for a call: the item that Get returns for the generation or batch, and the event. */
export function toEventItem({ event, payload }: Call): IDataObject {
	const { id, ...fields } = isBatch(payload)
		? toBatchItem(payload as Partial<Batch>)
		: toGenerationItem(payload, false);
	return { id, event, ...fields };
}
