import type { IDataObject } from 'n8n-workflow';
import { failureOfAnswer, FailureError } from './errors';
import type { Call } from './operation';

/** The API gives no more than this in one page. */
const LARGEST_PAGE = 100;

/**
 * Reads a list page by page, until its end or a limit, without a request more than that takes.
 *
 * @param limit how many at most; undefined: all
 * @param toItem makes an item of what the list has; called page by page, so that no page is kept
 * @throws FailureError when a page can't be had
 */
export async function readPages<Thing, Item>(
	call: Call,
	qs: IDataObject,
	limit: number | undefined,
	toItem: (thing: Thing) => Item,
): Promise<Item[]> {
	const found: Item[] = [];
	let cursor: string | undefined;
	do {
		const left = limit === undefined ? LARGEST_PAGE : limit - found.length;
		const page = await readPage<Thing>(call, {
			...qs,
			limit: Math.min(left, LARGEST_PAGE),
			...(cursor !== undefined && { cursor }),
		});
		for (const thing of page.items.slice(0, left)) found.push(toItem(thing));
		// A list that gives nothing more, or the same page again, has come to its end.
		const isEnd = page.items.length === 0 || page.nextCursor === cursor;
		cursor = isEnd ? undefined : (page.nextCursor ?? undefined);
	} while (cursor && (limit === undefined || found.length < limit));
	return found;
}

async function readPage<Thing>(
	call: Call,
	qs: IDataObject,
): Promise<{ items: Thing[]; nextCursor?: string | null }> {
	const body = (await call.ask({ qs })) as { items?: unknown } | null;
	if (!Array.isArray(body?.items)) throw new FailureError(failureOfAnswer('a list', body));
	return body as { items: Thing[] };
}
