import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { FailureError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { generationLocator, RESERVED_GENERATION_IDS } from '../fields';
import { requestCosts } from '../waiting/requestCosts';

async function getGenerationCosts(item: ItemContext): Promise<INodeExecutionData> {
	const id = item.readId('generationId', 'generation', RESERVED_GENERATION_IDS);
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
