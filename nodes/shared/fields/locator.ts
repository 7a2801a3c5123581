import type {
	IDataObject,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodeProperties,
	INodePropertyModeTypeOptions,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { Failure } from '../transport/errors';
import { unexpectedBodyFailure } from '../transport/errors';
import type { Page } from '../transport/pages';
import type { ApiResponse } from '../transport/sender';
import { DEFAULT_SEND_SETTINGS, Sender } from '../transport/sender';
import { parseConnection } from '../transport/sendSettings';

const PAGE_SIZE = 50;

const SLOW_LOAD_NOTICE = {
	message: "If the list loads slowly, select 'By ID' and enter the ID",
	timeout: 10_000,
};

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
	/** The entry above the list that creates something new, with the name that was searched for. */
	allowNewResource?: INodePropertyModeTypeOptions['allowNewResource'];
}

/** Creates a resource locator: a field that selects something from a list or by ID. */
export const createLocator = ({
	searchListMethod,
	placeholder,
	allowNewResource,
	example = '550e8400-e29b-41d4-a716-446655440000',
	...field
}: LocatorSettings): INodeProperties => ({
	...field,
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	builderHint: {
		propertyHint:
			"For the ID from an earlier node, use mode 'id' and an expression that reads it from the item",
	},
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder,
			typeOptions: {
				searchListMethod,
				searchable: true,
				slowLoadNotice: SLOW_LOAD_NOTICE,
				allowNewResource,
			},
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
 * Sends a request of a field in the editor. Retries only once, because a person is waiting.
 *
 * @throws FailureError if the proxy in 'Request Options' is invalid; whatever else goes wrong is returned as a failed
 * response
 */
export async function requestForField(
	context: ILoadOptionsFunctions,
	request: Partial<IHttpRequestOptions> & { url: string },
): Promise<ApiResponse> {
	const requestOptions = (context.getCurrentNodeParameter('requestOptions') ?? {}) as IDataObject;
	const connection = parseConnection(requestOptions);
	const settings = { ...DEFAULT_SEND_SETTINGS, maxRetries: 1, timeout: 20, connection };
	return await new Sender(settings).send(context, { method: 'GET', ...request });
}

/**
 * Creates the error that n8n shows for a list. It has to be a NodeApiError, even without a response: n8n's server sends
 * the description of no other error. The hint can't go into the message, because the editor removes the hyphens there.
 */
export function createListError(
	context: ILoadOptionsFunctions,
	{ message, hint, statusCode }: Failure,
): NodeApiError {
	const httpCode = statusCode >= 400 ? String(statusCode) : undefined;
	const details = { message, description: hint ?? undefined, httpCode };
	return new NodeApiError(context.getNode(), { message }, details);
}

/** Joins the parts of a label that are known, e.g. `lipsync-2 · COMPLETED · 2026-01-15 09:30`. */
export const joinLabel = (...parts: unknown[]): string => parts.filter(Boolean).join(' · ');

/** The date and time for a label, e.g. `2026-01-15 09:30`; empty if unknown. */
export const toDateLabel = (timestamp: unknown): string =>
	typeof timestamp === 'string' ? timestamp.slice(0, 16).replace('T', ' ') : '';

/** The length for a label, e.g. `1:05` or `1:00:05`; empty if unknown. */
export function toLengthLabel(seconds: unknown): string {
	if (typeof seconds !== 'number') return '';
	const total = Math.max(1, Math.floor(seconds));
	const [hours, minutes] = [Math.floor(total / 3600), Math.floor(total / 60) % 60];
	const parts = hours > 0 ? [hours, String(minutes).padStart(2, '0')] : [minutes];
	return [...parts, String(total % 60).padStart(2, '0')].join(':');
}

/**
 * The link that n8n shows next to a choice; undefined if it isn't HTTPS. n8n saves it in the workflow, so a URL with a
 * user or a query is left out: it may contain a password or signature.
 */
export const toLink = (url: unknown): string | undefined =>
	typeof url === 'string' && /^https:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i.test(url) ? url : undefined;

/**
 * Lists the choices of a field, or one page of them.
 *
 * @param choiceOf returns the name, ID and link of an entry; undefined to leave it out
 * @param compare sorts the entries. Default: the order of the API
 * @returns the choices, and the cursor of the next page if there is one
 * @throws NodeApiError if the list can't be read; n8n shows its message and description in the list
 */
export async function searchList<Entry>(
	context: ILoadOptionsFunctions,
	url: string,
	qs: IDataObject,
	choiceOf: (entry: Entry) => INodeListSearchItems | undefined,
	compare: (a: Entry, b: Entry) => number = () => 0,
): Promise<INodeListSearchResult> {
	const response = await requestForField(context, { url, qs });
	const page = response.ok ? parsePage<Entry>(response.body) : undefined;
	const entries = [...(page?.items ?? [])].sort(compare);
	const results = entries.map(choiceOf).filter((choice) => choice !== undefined);
	if (!response.ok || !page || results.some(({ value }) => typeof value !== 'string')) {
		throw createListError(
			context,
			response.ok ? unexpectedBodyFailure('a list', response.body) : response.failure,
		);
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
