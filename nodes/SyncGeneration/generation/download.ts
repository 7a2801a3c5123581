import type { INodeExecutionData } from 'n8n-workflow';
import { FailureError } from '../../shared/transport/errors';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import {
	maxSizeField,
	optionsField,
	outputFileField,
	simplifyField,
	wantsSimple,
} from '../../shared/fields/options';
import { GENERATION_ROUTES, generationLocator } from '../fields';
import {
	failureOfGeneration,
	generationIn,
	generationItem,
	isFinal,
} from '../../shared/items/generationItem';
import { downloadOutput, readOutputFile } from '../waiting/output';

/** Downloads the video of a generation into a field of the item, beside the facts about the generation. */
async function downloadGeneration(call: Call): Promise<INodeExecutionData> {
	const url = call.path('generationId', 'generation', GENERATION_ROUTES);
	const simplify = wantsSimple(call);
	const file = readOutputFile(call);
	const generation = generationIn(await call.ask({ url }));
	call.subject.status = generation.status;
	if (!isFinal(generation)) {
		throw new FailureError({
			message: `There is no video yet: the generation is ${generation.status}`,
			statusCode: 200,
			errorCode: null,
			hint: "Use Get with 'Wait Until Finished' first, or Wait for Webhook",
			requestId: null,
		});
	}
	if (generation.status !== 'COMPLETED') throw new FailureError(failureOfGeneration(generation));
	const json = generationItem(generation, simplify);
	return { json, binary: await downloadOutput(call, generation, file) };
}

/** Generation → Download. */
export const downloadOperation = defineOperation({
	name: 'Download',
	value: 'download',
	action: 'Download generation',
	description: 'Download the finished video',
	request: { method: 'GET', url: '/v2/generate' },
	fields: [generationLocator, outputFileField, simplifyField, optionsField([maxSizeField])],
	handle: downloadGeneration,
});
