import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import {
	downloadOutputFields,
	maxSizeField,
	optionsField,
	outputFields,
} from '../../shared/fields/commonFields';
import { readBoolean, readBooleanOption } from '../../shared/fields/readers';
import { parseGeneration } from '../../shared/items/generationItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import {
	generationLocator,
	ifFailedField,
	readTimeLimit,
	RESERVED_GENERATION_IDS,
	timeLimitField,
} from '../fields';
import {
	buildOutput,
	includeCostField,
	readOutputSettings,
	throwIfFailed,
} from '../waiting/output';
import { waitUntilFinished } from '../waiting/waitUntilFinished';

/** Gets a generation. Optionally waits until it has ended. */
async function getGeneration(item: ItemContext): Promise<INodeExecutionData> {
	const url = item.readPath('generationId', 'generation', RESERVED_GENERATION_IDS);
	const shouldWait = readBoolean(item, waitField);
	const minutes = readTimeLimit(item);
	const output = readOutputSettings(item);
	// Waiting returns the ended generation, which has no progress.
	const wantsProgress =
		!shouldWait && readBooleanOption(item.addedFields('options'), progressField);
	const qs = wantsProgress ? { include: 'progress' } : {};
	let generation = parseGeneration(await item.request({ url, qs }));
	if (shouldWait) {
		generation = await waitUntilFinished(item, generation, minutes);
		throwIfFailed(generation, output);
	}
	return await buildOutput(item, generation, output);
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
		"Whether to add the progress as 'progress_percent', from 0 to 100. Not with 'Wait Until Finished'.",
};

/** Generation → Get. */
export const getOperation = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get generation',
	description: 'Get a generation, optionally waiting until it finishes',
	request: { method: 'GET', url: '/v2/generate' },
	fields: [
		generationLocator,
		waitField,
		{ ...ifFailedField, displayOptions: { show: { waitUntilFinished: [true] } } },
		...downloadOutputFields('video'),
		...outputFields,
		optionsField([includeCostField, progressField, maxSizeField, timeLimitField]),
	],
	handle: getGeneration,
});
