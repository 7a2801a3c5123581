import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeProperties,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { failureOfAnswer } from './errors';
import { DEFAULT_SEND_SETTINGS } from './options';
import { isPage } from './pages';
import { Sender } from './send';

const PAGE_SIZE = 50;

/** What differs between fields that pick a thing by list or by ID. */
export interface LocatorParts {
	displayName: string;
	name: string;
	required?: boolean;
	description: string;
	/** The name of the function that fills the list. */
	searchListMethod: string;
	/** What an empty list field says. */
	placeholder: string;
}

/** A field that picks a thing, by list or by ID. */
export const locator = ({
	searchListMethod,
	placeholder,
	...field
}: LocatorParts): INodeProperties => ({
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
			placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
		},
	],
});

/** Which page of which list. */
export interface ListQuery {
	url: string;
	sortBy: string;
	filter?: string;
	paginationToken?: string;
}

/**
 * Reads one page for the list of a field.
 *
 * @param nameOf what the list shows of a thing
 * @throws NodeOperationError with the reason when there is none; n8n shows it in the list
 */
export async function searchList<Thing extends { id: string }>(
	context: ILoadOptionsFunctions,
	{ url, sortBy, filter, paginationToken }: ListQuery,
	nameOf: (thing: Thing) => string,
): Promise<INodeListSearchResult> {
	const qs: IDataObject = { limit: PAGE_SIZE, sortBy };
	if (filter) qs.searchQuery = filter;
	if (paginationToken) qs.cursor = paginationToken;
	// A person waits in front of the list: one quick second try, no more.
	const settings = { ...DEFAULT_SEND_SETTINGS, maxRetries: 1, timeout: 20 };
	const sender = new Sender(context.getNode(), settings);
	const answer = await sender.send(context, { method: 'GET', url, qs });
	if (!answer.ok || !isPage<Thing>(answer.body)) {
		// The list shows the message alone.
		const { message, hint } = answer.ok ? failureOfAnswer('a list', answer.body) : answer.failure;
		throw new NodeOperationError(context.getNode(), hint ? `${message}. ${hint}` : message);
	}
	const { items, nextCursor } = answer.body;
	return {
		results: items.map((thing) => ({ name: nameOf(thing), value: thing.id })),
		paginationToken: nextCursor ?? undefined,
	};
}
