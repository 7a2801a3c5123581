import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { createLocator, filterByName, searchList } from '../../shared/fields/locator';
import type { Batch } from './batchItem';

/** The field that selects a batch from a list or by ID. */
export const batchLocator = createLocator({
	displayName: 'Batch',
	name: 'batchId',
	required: true,
	description: "The batch. 'By ID' takes the ID from Create, e.g. batch_abc123.",
	searchListMethod: 'searchBatches',
	placeholder: 'Select a batch…',
	example: 'batch_abc123',
});

/** The label in the list, e.g. `2026-01-15 09:30 · COMPLETED · 20 rows`: batches have no names. */
const toLabel = ({ created_at: createdAt, status, metrics }: Batch): string =>
	[
		String(createdAt ?? '')
			.slice(0, 16)
			.replace('T', ' '),
		status,
		metrics?.total_generations !== undefined && `${metrics.total_generations} rows`,
	]
		.filter(Boolean)
		.join(' · ');

/**
 * Fills the list of the batch field, newest first. The API returns all batches at once.
 *
 * @throws NodeOperationError if they can't be listed; n8n shows its message in the list
 */
export async function searchBatches(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const list = await searchList(this, '/v2/batch', {}, (batch: Batch) => ({
		name: toLabel(batch),
		value: batch.id,
	}));
	return filterByName(list, filter);
}
