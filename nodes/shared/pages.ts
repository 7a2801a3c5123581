import type { IDataObject } from 'n8n-workflow';
import { failureOfAnswer, FailureError } from './errors';
import { hasId } from './item';
import type { Call } from './operation';

/** The API gives no more than this in one page. */
const LARGEST_PAGE = 100;

/** One page of a list. */
export interface Page<Thing> {
	items: Thing[];
	nextCursor?: string | null;
}

/** Whether a body from the API is a page of a list of things with IDs. */
export function isPage<Thing extends { id: string }>(body: unknown): body is Page<Thing> {
	const { items } = (body ?? {}) as { items?: unknown };
	return Array.isArray(items) && items.every(hasId);
}

/**
 * Reads a list page by page, until its end or a limit, without a request more than that takes.
 *
 * @param limit how many at most; undefined: all
 * @param toItem makes an item of what the list has; called page by page, so that no page is kept
 * @throws FailureError when a page can't be had
 */
export async function readPages<Thing extends { id: string }, Item>(
	call: Call,
	qs: IDataObject,
	limit: number | undefined,
	toItem: (thing: Thing) => Item,
): Promise<Item[]> {
	const found: Item[] = [];
	const read = new Set<string>();
	let cursor: string | undefined;
	do {
		const left = limit === undefined ? LARGEST_PAGE : limit - found.length;
		const page = await readPage<Thing>(call, {
			...qs,
			limit: Math.min(left, LARGEST_PAGE),
			...(cursor !== undefined && { cursor }),
		});
		for (const thing of page.items.slice(0, left)) found.push(toItem(thing));
		cursor = page.nextCursor ?? undefined;
		// A list that gives nothing more, or leads back to a page that was read, has come to its end.
		if (!cursor || page.items.length === 0 || read.has(cursor)) break;
		read.add(cursor);
	} while (limit === undefined || found.length < limit);
	return found;
}

async function readPage<Thing extends { id: string }>(
	call: Call,
	qs: IDataObject,
): Promise<Page<Thing>> {
	const body = await call.ask({ qs });
	if (!isPage<Thing>(body)) throw new FailureError(failureOfAnswer('a list', body));
	return body;
}
