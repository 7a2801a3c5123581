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

/** What differs between fields that pick a thing by list or by ID. */
export interface LocatorSettings {
	displayName: string;
	name: string;
	required?: boolean;
	description: string;
	/** The name of the function that fills the list. */
	searchListMethod: string;
	/** What an empty list field says. */
	placeholder: string;
	/** An ID as the API gives them to such things. */
	example?: string;
}

/** A field that picks a thing, by list or by ID. */
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

/** The query for one page of a list that gives its things page by page. */
export const pageQuery = (cursor?: string): IDataObject => ({
	limit: PAGE_SIZE,
	...(cursor && { cursor }),
});

/** The things in a list's answer, which is a page with a cursor or nothing but an array; undefined when it is neither. */
function parsePage<Thing>(body: unknown): Page<Thing> | undefined {
	const page = (Array.isArray(body) ? { items: body } : body) as Page<Thing> | null;
	const isObject = (thing: unknown) => typeof thing === 'object' && thing !== null;
	return Array.isArray(page?.items) && page.items.every(isObject) ? page : undefined;
}

/**
 * Sends one request for what a field can hold. A person waits in front of it: one quick second try, no more.
 *
 * @throws NodeOperationError when the execution is stopped; every other fault is an answer
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
 * Reads a list, or one page of it, for a field.
 *
 * @param choiceOf what the field shows of a thing, and the ID that it picks; undefined leaves the thing out
 * @returns the choices, and the cursor of the next page where the API gives one
 * @throws NodeOperationError with the reason when there is no list; n8n shows it in the list
 */
export async function searchList<Thing>(
	context: ILoadOptionsFunctions,
	url: string,
	qs: IDataObject,
	choiceOf: (thing: Thing) => INodeListSearchItems | undefined,
): Promise<INodeListSearchResult> {
	const response = await requestForField(context, url, qs);
	const page = response.ok ? parsePage<Thing>(response.body) : undefined;
	const results = page?.items.map(choiceOf).filter((choice) => choice !== undefined) ?? [];
	if (!response.ok || !page || results.some(({ value }) => typeof value !== 'string')) {
		// The list shows the message alone.
		const { message, hint } = response.ok
			? unexpectedBodyFailure('a list', response.body)
			: response.failure;
		throw new NodeOperationError(context.getNode(), hint ? `${message}. ${hint}` : message);
	}
	return { results, paginationToken: page.nextCursor ?? undefined };
}

/** Those of a list whose name holds what was typed; for lists that the API does not search. */
export function filterByName(
	{ results, paginationToken }: INodeListSearchResult,
	filter = '',
): INodeListSearchResult {
	const typed = filter.trim().toLowerCase();
	const found = results.filter(({ name }) => name.toLowerCase().includes(typed));
	return { results: found, paginationToken };
}
