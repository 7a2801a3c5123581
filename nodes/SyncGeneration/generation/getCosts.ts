import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/options';
import { FailureError } from '../../shared/transport/errors';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { GENERATION_ROUTES } from '../fields';
import { requestCosts } from '../waiting/costs';

/** Gets the costs of a generation. */
async function getGenerationCosts(call: Call): Promise<INodeExecutionData> {
	const id = call.id('generationId', 'generation', GENERATION_ROUTES);
	const result = await requestCosts(call, id);
	if ('failure' in result) throw new FailureError(result.failure);
	return { json: result.costs };
}

/** The entry in the Operation list. */
export const getCostsOption: INodePropertyOptions = {
	name: 'Get Costs',
	value: 'getCosts',
	action: 'Get costs of generation',
	description: 'Get what a generation has cost, in US dollars',
	routing: routing('GET', '/v2/generate', getGenerationCosts),
};

const properties: INodeProperties[] = [optionsField()];

/** The fields of Get Costs. */
export const getCostsDescription = updateDisplayOptions(
	{ show: { resource: ['generation'], operation: ['getCosts'] } },
	properties,
);
