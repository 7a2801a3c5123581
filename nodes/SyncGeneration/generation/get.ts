import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { FailureError } from '../../shared/errors';
import type { Call } from '../../shared/operation';
import { routing } from '../../shared/operation';
import { optionsField } from '../../shared/options';
import {
	GENERATION_ROUTES,
	simplifyField,
	timeLimitField,
	timeLimitOf,
	wantsSimple,
} from './fields';
import { failureOfGeneration, generationIn, generationItem } from './generationItem';
import { untilFinished } from './wait';

/** Gets a generation, when it has ended if that is wanted. */
async function getGeneration(call: Call): Promise<INodeExecutionData> {
	const url = call.path('generationId', 'generation', GENERATION_ROUTES);
	const known = generationIn(await call.ask({ url }));
	if (call.parameter('waitUntilFinished', false) !== true) {
		return { json: generationItem(known, wantsSimple(call)) };
	}
	const generation = await untilFinished(call, known, timeLimitOf(call));
	if (generation.status !== 'COMPLETED') throw new FailureError(failureOfGeneration(generation));
	return { json: generationItem(generation, wantsSimple(call)) };
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
	simplifyField,
	optionsField([timeLimitField]),
];

/** The fields of Get. */
export const getDescription = updateDisplayOptions(
	{ show: { resource: ['generation'], operation: ['get'] } },
	properties,
);
