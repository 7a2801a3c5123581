import type { Generation } from '../../shared/items/generationItem';
import { isGeneration } from '../../shared/items/generationItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { readMarker } from '../../shared/transport/resumeUrl';

/** The largest page that the API gives. */
const PAGE_SIZE = 100;
/** How many generations are looked through, the newest first. */
const MAX_PAGES = 10;

/**
 * Finds the generation that a request has created which resumes an execution, by the key in its webhook URL.
 *
 * @returns undefined if there is none, or if the list can't be read
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
