import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { FailureError, failureOfInput } from '../../shared/errors';
import { isUuid } from '../../shared/ids';
import type { Call } from '../../shared/operation';
import { webAddress } from '../../shared/webAddress';

/** A row of a batch, as the API takes it. */
export interface Row {
	request_id: string;
	endpoint: '/v2/generate';
	/** What Generation: Create would send. */
	payload: IDataObject;
}

/** The fields that say what an item's row holds. */
export const rowFields: INodeProperties[] = [
	{
		displayName: 'Model Name or ID',
		name: 'model',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getModels' },
		required: true,
		default: 'sync-3',
		description:
			'The model that makes the video. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Video',
		name: 'video',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://www.example.com/interview.mp4',
		description: 'The URL of the video, or the ID of an asset',
	},
	{
		displayName: 'Audio',
		name: 'audio',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://www.example.com/voice.wav',
		description: 'The URL of the audio, or the ID of an asset',
	},
	{
		displayName: 'Generation Options',
		name: 'generationOptions',
		type: 'json',
		default: '{}',
		description: 'The options of the generation as the Sync API takes them, e.g. sync_mode',
	},
];

/** The row of an item. @throws FailureError when a field is wrong */
export async function rowOf(call: Call): Promise<Row> {
	return await Promise.resolve({
		request_id: requestIdOf(call),
		endpoint: '/v2/generate',
		payload: {
			model: call.parameter('model', 'sync-3') as string,
			input: [mediaOf(call, 'video', 'Video'), mediaOf(call, 'audio', 'Audio')],
			options: optionsOf(call),
		},
	});
}

/** @throws FailureError when it is no text and no number */
function requestIdOf(call: Call): string {
	const given = call.parameter('rowId', '');
	const id = typeof given === 'string' || typeof given === 'number' ? `${given}`.trim() : undefined;
	if (id === undefined) {
		throw new FailureError(
			failureOfInput('The row ID is no text', 'Point Row ID at a field that holds the ID itself'),
		);
	}
	return id || `row-${call.context.getItemIndex()}`;
}

function mediaOf(call: Call, name: string, shownAs: string): IDataObject {
	const value = call.parameter(name);
	if (typeof value === 'string' && isUuid(value.trim())) {
		return { type: name, assetId: value.trim() };
	}
	return { type: name, url: webAddress(value, shownAs).href };
}

function optionsOf(call: Call): IDataObject {
	const given = call.parameter('generationOptions', '{}');
	const options =
		typeof given === 'string' ? jsonParse<unknown>(given, { fallbackValue: null }) : given;
	if (typeof options === 'object' && options !== null) return options as IDataObject;
	throw new FailureError(
		failureOfInput('Generation Options is no JSON object', 'Enter e.g. { "sync_mode": "loop" }'),
	);
}
