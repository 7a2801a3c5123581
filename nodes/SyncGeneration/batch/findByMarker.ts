import type { IDataObject } from 'n8n-workflow';
import { isBatch } from '../../shared/items/batchItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { readMarker } from '../../shared/transport/resumeUrl';

/**
 * Finds the batch that a request created, by the marker in its webhook URL. Only requests that resume an execution have
 * one.
 *
 * @returns undefined if there is none, or if the batches can't be listed
 */
export async function findByMarker(
	item: ItemContext,
	key: string,
): Promise<IDataObject | undefined> {
	const response = await item.send({ method: 'GET', body: undefined });
	if (!response.ok || !Array.isArray(response.body)) return undefined;
	const batches = response.body.filter(isBatch);
	return batches.find(({ webhookUrl }) => readMarker(webhookUrl) === key) as
		| (IDataObject & { id: string })
		| undefined;
}
