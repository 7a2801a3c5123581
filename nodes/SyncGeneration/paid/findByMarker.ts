import type { Generation } from '../../shared/items/generationItem';
import { isGeneration } from '../../shared/items/generationItem';
import type { Call } from '../../shared/transport/itemContext';
import { markerIn } from '../../shared/transport/resumeUrl';

/** The largest page that the API gives. */
const PAGE_SIZE = 100;
/** How many generations are looked through, the newest first. */
const MOST_PAGES = 10;

/**
 * Finds the generation that a request has created which resumes an execution, by the key in its webhook URL.
 *
 * @returns undefined if there is none, or if the list can't be read
 */
export async function findByMarker(call: Call, key: string): Promise<Generation | undefined> {
	let cursor: string | undefined;
	for (let page = 0; page < MOST_PAGES; page++) {
		const qs = { limit: PAGE_SIZE, ...(cursor && { cursor }) };
		const request = { method: 'GET', url: '/v2/generations', qs, body: undefined } as const;
		const answer = await call.send(request);
		if (!answer.ok || !Array.isArray(answer.body)) return undefined;
		const generations = answer.body.filter(isGeneration);
		const found = generations.find(({ webhookUrl }) => markerIn(webhookUrl) === key);
		if (found) return found;
		cursor = generations.at(-1)?.id;
		if (generations.length < PAGE_SIZE) return undefined;
	}
	return undefined;
}
