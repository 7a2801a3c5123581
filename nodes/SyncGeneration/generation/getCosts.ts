import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/options';
import { FailureError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { GENERATION_ROUTES, generationLocator } from '../fields';
import { requestCosts } from '../waiting/costs';

async function getGenerationCosts(item: ItemContext): Promise<INodeExecutionData> {
	const id = item.id('generationId', 'generation', GENERATION_ROUTES);
	const result = await requestCosts(item, id);
	if ('failure' in result) throw new FailureError(result.failure);
	return { json: result.costs };
}

/** Generation → Get Costs. */
export const getCostsOperation = defineOperation({
	name: 'Get Costs',
	value: 'getCosts',
	action: 'Get costs of generation',
	description: 'Get what a generation has cost, in US dollars',
	request: { method: 'GET', url: '/v2/generate' },
	fields: [generationLocator, optionsField()],
	handle: getGenerationCosts,
});
