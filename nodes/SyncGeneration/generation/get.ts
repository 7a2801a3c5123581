import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import {
	downloadOutputFields,
	maxSizeField,
	optionsField,
	simplifyField,
} from '../../shared/fields/options';
import { GENERATION_ROUTES, ifFailedField, timeLimitField, timeLimitOf } from '../fields';
import { generationIn } from '../../shared/items/generationItem';
import { checkEnd, includeCostField, outputOf } from '../waiting/output';
import { untilFinished } from '../waiting/wait';

/** Gets a generation, when it has ended if that is wanted. */
async function getGeneration(call: Call): Promise<INodeExecutionData> {
	const url = call.path('generationId', 'generation', GENERATION_ROUTES);
	const waits = call.parameter('waitUntilFinished', false) === true;
	// The API gives the progress only where it does not wait; at the end there is none.
	const wantsProgress = !waits && call.collection('options').includeProgress === true;
	const qs = wantsProgress ? { include: 'progress' } : {};
	let generation = generationIn(await call.ask({ url, qs }));
	if (waits) {
		generation = await untilFinished(call, generation, timeLimitOf(call));
		checkEnd(call, generation);
	}
	return await outputOf(call, generation);
}

/** The entry in the Operation list. */
export const getOption: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get generation',
	description: 'Get the state of a generation by its ID, and wait until it is finished if wanted',
	routing: routing('GET', '/v2/generate', getGeneration),
};

const properties: INodeProperties[] = [
	{
		displayName: 'Wait Until Finished',
		name: 'waitUntilFinished',
		type: 'boolean',
		default: false,
		description: 'Whether to go on only when the video is made, or could not be made',
	},
	{ ...ifFailedField, displayOptions: { show: { waitUntilFinished: [true] } } },
	...downloadOutputFields('video'),
	simplifyField,
	optionsField([
		includeCostField,
		{
			displayName: 'Include Progress',
			name: 'includeProgress',
			type: 'boolean',
			default: false,
			description:
				'Whether to put how far the generation is into the field “progress_percent”, from 0 to 100. Only without Wait Until Finished.',
		},
		maxSizeField,
		timeLimitField,
	]),
];

/** The fields of Get. */
export const getDescription = updateDisplayOptions(
	{ show: { resource: ['generation'], operation: ['get'] } },
	properties,
);
