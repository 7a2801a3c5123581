import type {
	IDataObject,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { failureOfAnswer, FailureError } from '../../shared/transport/errors';
import { itemOf } from '../../shared/items/item';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { GENERATION_ROUTES } from '../fields';

/** Every documented field of the costs, in the order of the output. Amounts are text, as the API sends them. */
const COST_FIELDS = [
	'generationId',
	'generationStatus',
	'currency',
	'availability',
	'totalCostUsd',
	'knownSubtotalUsd',
	'retryAfterSeconds',
	'components',
];

/** What a generation has cost. @throws FailureError when it can't be had */
export async function costsOf(call: Call, id: string): Promise<IDataObject> {
	const url = `/v2/generate/${encodeURIComponent(id)}/costs`;
	const body = await call.ask({ method: 'GET', url, qs: {} });
	if (typeof (body as { availability?: unknown } | null)?.availability !== 'string') {
		throw new FailureError(failureOfAnswer('the costs of a generation', body));
	}
	return itemOf(body as object, COST_FIELDS);
}

/** Gets the costs of a generation. */
async function getCosts(call: Call): Promise<INodeExecutionData> {
	return { json: await costsOf(call, call.id('generationId', 'generation', GENERATION_ROUTES)) };
}

/** The entry in the Operation list. */
export const getCostsOption: INodePropertyOptions = {
	name: 'Get Costs',
	value: 'getCosts',
	action: 'Get costs of generation',
	description: 'Get what a generation has cost, in US dollars',
	routing: routing('GET', '/v2/generate', getCosts),
};

const properties: INodeProperties[] = [optionsField()];

/** The fields of Get Costs. */
export const getCostsDescription = updateDisplayOptions(
	{ show: { resource: ['generation'], operation: ['getCosts'] } },
	properties,
);
