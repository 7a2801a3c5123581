import type { Generation } from '../../shared/items/generationItem';
import { isGeneration } from '../../shared/items/generationItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { readMarker } from '../../shared/transport/resumeUrl';

/** The API's maximum page size. */
const PAGE_SIZE = 100;
/** The search covers the newest 1,000 generations. */
const MAX_PAGES = 10;

/**
 * Finds the generation that a request created, by the marker in its webhook URL. Only requests that resume an execution
 * have one.
 *
 * @returns undefined if there is none among the newest ones, or if they can't be listed
 */
export async function findByMarker(
	item: ItemContext,
	key: string,
): Promise<Generation | undefined> {
	let cursor: string | undefined;
	for (let page = 0; page < MAX_PAGES; page++) {
		const qs = { limit: PAGE_SIZE, ...(cursor && { cursor }) };
		const request = { method: 'GET', url: '/v2/generations', qs, body: undefined } as const;
		const response = await item.send(request);
		if (!response.ok || !Array.isArray(response.body)) return undefined;
		const generations = response.body.filter(isGeneration);
		const found = generations.find(({ webhookUrl }) => readMarker(webhookUrl) === key);
		if (found) return found;
		cursor = generations.at(-1)?.id;
		if (generations.length < PAGE_SIZE) return undefined;
	}
	return undefined;
}
