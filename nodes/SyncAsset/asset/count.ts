import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { failureOfAnswer, FailureError } from '../../shared/transport/errors';
import type { Call } from '../../shared/transport/operation';
import { routing } from '../../shared/transport/operation';
import { optionsField } from '../../shared/fields/options';
import { filtersField, filtersOf } from './filters';

/** Counts assets; the API answers with a bare number. */
async function countAssets(call: Call): Promise<INodeExecutionData> {
	const body = await call.ask({ qs: filtersOf(call) });
	const count = typeof body === 'string' && body.trim() !== '' ? Number(body) : body;
	if (typeof count !== 'number' || !Number.isInteger(count)) {
		throw new FailureError(failureOfAnswer('a number', body));
	}
	return { json: { count } };
}

/** The entry in the Operation list. */
export const countOption: INodePropertyOptions = {
	name: 'Count',
	value: 'count',
	action: 'Count assets',
	description:
		'Say how many assets the account has, searched by name and filtered by type and project',
	routing: routing('GET', '/v2/assets/count', countAssets),
};

const properties: INodeProperties[] = [filtersField, optionsField()];

/** The fields of Count. */
export const countDescription = updateDisplayOptions(
	{ show: { resource: ['asset'], operation: ['count'] } },
	properties,
);
