import type { INodeExecutionData } from 'n8n-workflow';
import { optionsField } from '../../shared/fields/commonFields';
import { unexpectedBodyError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { defineOperation } from '../../shared/transport/operation';
import { filtersField, readFilters } from './filters';

/** Counts assets. The API returns a bare number, as JSON or as text. */
async function countAssets(item: ItemContext): Promise<INodeExecutionData> {
	const body = await item.request({ qs: readFilters(item) });
	const count = typeof body === 'string' && body.trim() !== '' ? Number(body) : body;
	if (typeof count !== 'number' || !Number.isInteger(count)) {
		throw unexpectedBodyError('a number', body);
	}
	return { json: { count } };
}

/** Asset → Count. */
export const countOperation = defineOperation({
	name: 'Count',
	value: 'count',
	action: 'Count assets',
	description: 'Count the assets in your account, optionally filtered by name, type and project',
	request: { method: 'GET', url: '/v2/assets/count' },
	fields: [filtersField, optionsField()],
	handle: countAssets,
});
