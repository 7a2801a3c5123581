import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import {
	createLocator,
	filterByName,
	joinLabel,
	searchList,
	toDateLabel,
} from '../../shared/fields/locator';
import type { Batch } from '../../shared/items/batchItem';

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
	joinLabel(
		toDateLabel(createdAt),
		status,
		metrics?.total_generations !== undefined && `${metrics.total_generations} rows`,
	);

/**
 * Fills the list of the batch field, newest first. The API returns all batches at once.
 *
 * @throws NodeApiError if they can't be listed; n8n shows it in the list
 */
export async function searchBatches(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const list = await searchList(
		this,
		'/v2/batch',
		{},
		(batch: Batch) => ({ name: toLabel(batch), value: batch.id }),
		(a, b) => String(b.created_at).localeCompare(String(a.created_at)),
	);
	return filterByName(list, filter);
}
