import type { INodeExecutionData } from 'n8n-workflow';
import {
	maxSizeField,
	optionsField,
	outputFields,
	outputFileField,
	readSimplify,
} from '../../shared/fields/commonFields';
import { HIDDEN_IN_TOOLS } from '../../shared/fields/toolFields';
import {
	generationFailure,
	hasEnded,
	parseGeneration,
	toGenerationItem,
} from '../../shared/items/generationItem';
import { FailureError, resultFailure } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { generationLocator, RESERVED_GENERATION_IDS } from '../fields';
import { downloadOutput, readOutputFile } from '../waiting/output';

/** Downloads the video of a generation into a binary field. The item's JSON is the generation. */
async function downloadGeneration(item: ItemContext): Promise<INodeExecutionData> {
	const url = item.readPath('generationId', 'generation', RESERVED_GENERATION_IDS);
	const simplify = readSimplify(item);
	const file = readOutputFile(item);
	const generation = parseGeneration(await item.request({ url }));
	item.errorFields.status = generation.status;
	if (!hasEnded(generation)) {
		throw new FailureError(
			resultFailure(
				`The video is not ready: the generation is ${generation.status}`,
				"Use Get with 'Wait Until Finished' first, or Wait for Webhook",
			),
		);
	}
	if (generation.status !== 'COMPLETED') throw new FailureError(generationFailure(generation));
	const json = toGenerationItem(generation, simplify);
	return { json, binary: await downloadOutput(item, generation, file) };
}

/** Generation → Download. */
export const downloadOperation = defineOperation({
	name: 'Download',
	value: 'download',
	action: 'Download generation',
	description: 'Download the finished video',
	displayOptions: HIDDEN_IN_TOOLS,
	request: { method: 'GET', url: '/v2/generate' },
	fields: [generationLocator, outputFileField, ...outputFields, optionsField([maxSizeField])],
	handle: downloadGeneration,
});
