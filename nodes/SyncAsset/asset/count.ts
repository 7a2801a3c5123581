import type { INodeExecutionData } from 'n8n-workflow';
import { failureOfAnswer, FailureError } from '../../shared/transport/errors';
import type { Call } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
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

/** Asset → Count. */
export const countOperation = defineOperation({
	name: 'Count',
	value: 'count',
	action: 'Count assets',
	description:
		'Say how many assets the account has, searched by name and filtered by type and project',
	request: { method: 'GET', url: '/v2/assets/count' },
	fields: [filtersField, optionsField()],
	handle: countAssets,
});
