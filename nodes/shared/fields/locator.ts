import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodeProperties,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { unexpectedBodyFailure } from '../transport/errors';
import type { Page } from '../transport/pages';
import type { ApiResponse } from '../transport/sender';
import { DEFAULT_SEND_SETTINGS, Sender } from '../transport/sender';
import { parseConnection } from '../transport/sendSettings';

const PAGE_SIZE = 50;

/** The settings of a resource locator field. */
export interface LocatorSettings {
	displayName: string;
	name: string;
	required?: boolean;
	description: string;
	/** The name of the function that fills the list. */
	searchListMethod: string;
	/** Shown while nothing is selected in the list. */
	placeholder: string;
	/** An example ID. Default: a UUID. */
	example?: string;
}

/** Creates a resource locator: a field that selects something from a list or by ID. */
export const createLocator = ({
	searchListMethod,
	placeholder,
	example = '550e8400-e29b-41d4-a716-446655440000',
	...field
}: LocatorSettings): INodeProperties => ({
	...field,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder,
			typeOptions: { searchListMethod, searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: `e.g. ${example}`,
		},
	],
});

/** The query for one page of a paginated list. */
export const pageQuery = (cursor?: string): IDataObject => ({
	limit: PAGE_SIZE,
	...(cursor && { cursor }),
});

/** The page in a response body: an object with a cursor, or a bare array; undefined for anything else. */
function parsePage<Entry>(body: unknown): Page<Entry> | undefined {
	const page = (Array.isArray(body) ? { items: body } : body) as Page<Entry> | null;
	const isObject = (entry: unknown) => typeof entry === 'object' && entry !== null;
	return Array.isArray(page?.items) && page.items.every(isObject) ? page : undefined;
}

/**
 * Sends a request for the choices of a field. Retries only once, because a person is waiting.
 *
 * @throws FailureError if the proxy in 'Request Options' is invalid; whatever else goes wrong is returned as a failed
 * response
 */
export async function requestForField(
	context: ILoadOptionsFunctions,
	url: string,
	qs: IDataObject = {},
): Promise<ApiResponse> {
	const requestOptions = (context.getCurrentNodeParameter('requestOptions') ?? {}) as IDataObject;
	const connection = parseConnection(requestOptions);
	const settings = { ...DEFAULT_SEND_SETTINGS, maxRetries: 1, timeout: 20, connection };
	return await new Sender(settings).send(context, { method: 'GET', url, qs });
}

/**
 * Lists the choices of a field, or one page of them.
 *
 * @param choiceOf returns the name and ID of an entry; undefined to leave it out
 * @returns the choices, and the cursor of the next page if there is one
 * @throws NodeOperationError if the list can't be read; n8n shows its message in the list
 */
export async function searchList<Entry>(
	context: ILoadOptionsFunctions,
	url: string,
	qs: IDataObject,
	choiceOf: (entry: Entry) => INodeListSearchItems | undefined,
): Promise<INodeListSearchResult> {
	const response = await requestForField(context, url, qs);
	const page = response.ok ? parsePage<Entry>(response.body) : undefined;
	const results = page?.items.map(choiceOf).filter((choice) => choice !== undefined) ?? [];
	if (!response.ok || !page || results.some(({ value }) => typeof value !== 'string')) {
		// The list shows only the message, so the hint goes into it.
		const { message, hint } = response.ok
			? unexpectedBodyFailure('a list', response.body)
			: response.failure;
		throw new NodeOperationError(context.getNode(), hint ? `${message}. ${hint}` : message);
	}
	return { results, paginationToken: page.nextCursor ?? undefined };
}

/** Keeps the choices whose name contains the filter. For lists that the API can't search. */
export function filterByName(
	{ results, paginationToken }: INodeListSearchResult,
	filter = '',
): INodeListSearchResult {
	const searchText = filter.trim().toLowerCase();
	const found = results.filter(({ name }) => name.toLowerCase().includes(searchText));
	return { results: found, paginationToken };
}
