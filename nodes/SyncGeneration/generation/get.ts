import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import {
	downloadOutputFields,
	maxSizeField,
	optionsField,
	simplifyField,
} from '../../shared/fields/options';
import { isOn, readSwitch } from '../../shared/fields/readers';
import {
	GENERATION_ROUTES,
	generationLocator,
	ifFailedField,
	timeLimitField,
	timeLimitOf,
} from '../fields';
import { generationIn } from '../../shared/items/generationItem';
import { checkEnd, includeCostField, outputOf, readOutputSettings } from '../waiting/output';
import { untilFinished } from '../waiting/wait';

/** Gets a generation, waiting for its end if that is wanted. */
async function getGeneration(call: Call): Promise<INodeExecutionData> {
	const url = call.path('generationId', 'generation', GENERATION_ROUTES);
	const waits = isOn(call, waitField);
	const minutes = timeLimitOf(call);
	const output = readOutputSettings(call);
	// The API only reports progress if it does not wait; at the end there is none.
	const wantsProgress = !waits && readSwitch(call.addedFields('options'), progressField);
	const qs = wantsProgress ? { include: 'progress' } : {};
	let generation = generationIn(await call.ask({ url, qs }));
	if (waits) {
		generation = await untilFinished(call, generation, minutes);
		checkEnd(generation, output);
	}
	return await outputOf(call, generation, output);
}

const waitField: INodeProperties = {
	displayName: 'Wait Until Finished',
	name: 'waitUntilFinished',
	type: 'boolean',
	default: false,
	description: 'Whether to wait until the generation has finished or failed',
};

const progressField: INodeProperties = {
	displayName: 'Include Progress',
	name: 'includeProgress',
	type: 'boolean',
	default: false,
	description:
		"Whether to add the progress to the field 'progress_percent', from 0 to 100. Only without 'Wait Until Finished'.",
};

/** Generation → Get. */
export const getOperation = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get generation',
	description: 'Get the state of a generation by its ID, and wait until it is finished if wanted',
	request: { method: 'GET', url: '/v2/generate' },
	fields: [
		generationLocator,
		waitField,
		{ ...ifFailedField, displayOptions: { show: { waitUntilFinished: [true] } } },
		...downloadOutputFields('video'),
		simplifyField,
		optionsField([includeCostField, progressField, maxSizeField, timeLimitField]),
	],
	handle: getGeneration,
});
