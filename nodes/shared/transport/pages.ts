import type { IDataObject } from 'n8n-workflow';
import { FailureError, resultFailure, unexpectedBodyError } from './errors';
import { isEncodable } from './ids';
import type { ItemContext } from './itemContext';

/** The API's maximum page size. */
const MAX_PAGE_SIZE = 100;

/** One page of a list. */
export interface Page<Entry> {
	items: Entry[];
	nextCursor?: string | null;
}

/** Finds the page in the response to a query with `limit` and possibly `cursor`; undefined if there is none. */
export type PageFinder = (body: unknown, query: IDataObject) => Page<object> | undefined;

/** How to read a list. */
export interface ListSettings {
	/** Requests a page. Default: sends the operation's request. */
	requestPage?: (query: IDataObject) => Promise<unknown>;
	/** Default: accepts a body that passes {@link isPage}. */
	findPage?: PageFinder;
	/** The API's maximum page size. Default: 100. */
	pageSize?: number;
}

/** Whether a response body is an object with an ID that can be sent back in a URL. */
export function hasId(body: unknown): body is { id: string } {
	const { id } = (body ?? {}) as { id?: unknown };
	return typeof body === 'object' && typeof id === 'string' && id !== '' && isEncodable(id);
}

/** Whether a response body is an object with an ID and a status: something that sync.so creates in the background. */
export const hasIdAndStatus = (body: unknown): body is { id: string; status: string } =>
	hasId(body) && typeof (body as { status?: unknown }).status === 'string';

/** Whether a response body is a page of objects with IDs. */
export function isPage<Entry extends { id: string }>(body: unknown): body is Page<Entry> {
	const { items } = (body ?? {}) as { items?: unknown };
	return Array.isArray(items) && items.every(hasId);
}

/**
 * Finds the page in a bare array, which is how the API lists generations. The last ID is the next cursor, and a page
 * that isn't full is the last one. It isn't documented whether a page repeats the cursor's entry, so that is left out.
 */
export const findPageInArray: PageFinder = (body, { limit, cursor }) => {
	if (!Array.isArray(body) || !body.every(hasId)) return undefined;
	return {
		items: body.filter(({ id }) => id !== cursor),
		nextCursor: body.length < Number(limit) ? null : body.at(-1)?.id,
	};
};

/** n8n fails with a RangeError if a node returns slightly more items than this for one input item. */
const MAX_ITEMS = 100_000;
/** A list with this many empty pages in a row is considered endless. */
const MAX_EMPTY_PAGES = 50;

/**
 * Reads a list page by page, until its end or a limit. Requests only the pages it needs.
 *
 * @param limit the maximum number of items; undefined for all
 * @param toItem converts an entry to an item; called page by page, so that no page stays in memory
 * @throws FailureError if a page can't be read, the list doesn't end, or it is too long for n8n
 */
export async function readPages<Entry extends object, Item>(
	item: ItemContext,
	qs: IDataObject,
	limit: number | undefined,
	toItem: (entry: Entry) => Item,
	{
		requestPage = async (query) => await item.request({ qs: query }),
		findPage = (body) => (isPage(body) ? body : undefined),
		pageSize = MAX_PAGE_SIZE,
	}: ListSettings = {},
): Promise<Item[]> {
	const results: Item[] = [];
	const seenCursors = new Set<string>();
	let cursor: string | undefined;
	let emptyPages = 0;
	do {
		const remaining = (limit ?? Infinity) - results.length;
		const query = {
			...qs,
			limit: Math.min(remaining, pageSize),
			...(cursor !== undefined && { cursor }),
		};
		const body = await requestPage(query);
		const page = findPage(body, query) as Page<Entry> | undefined;
		if (!page) throw unexpectedBodyError('a list', body);
		for (const entry of page.items.slice(0, remaining)) results.push(toItem(entry));
		if (results.length > MAX_ITEMS) throw listTooLongError();
		emptyPages = page.items.length === 0 ? emptyPages + 1 : 0;
		cursor = page.nextCursor ?? undefined;
		// A repeated cursor would loop forever: treat it as the end.
		if (!cursor || seenCursors.has(cursor)) break;
		if (emptyPages === MAX_EMPTY_PAGES) throw endlessListError();
		seenCursors.add(cursor);
	} while (limit === undefined || results.length < limit);
	return results;
}

const listTooLongError = () =>
	new FailureError(
		resultFailure(
			`The list has more than ${MAX_ITEMS.toLocaleString('en')} entries, which n8n can't take from one node at once`,
			"Read it in parts, with 'Filters' or 'Limit'",
		),
	);

const endlessListError = () =>
	new FailureError(
		resultFailure(
			`The list does not end: its last ${MAX_EMPTY_PAGES} pages are empty, but each points to another one`,
			"Use 'Limit' to read its beginning, and contact sync.so support",
		),
	);

/**
 * Reads a list that the API returns as one array, without pages.
 *
 * @param isEntry whether an entry has the expected type
 * @throws FailureError if the request failed, or returned anything else
 */
export async function readArray<Entry>(
	item: ItemContext,
	isEntry: (entry: unknown) => entry is Entry,
	qs: IDataObject = {},
): Promise<Entry[]> {
	const body = await item.request({ qs });
	if (Array.isArray(body) && body.every(isEntry)) return body;
	throw unexpectedBodyError('a list', body);
}
