import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { filterByName, pageQuery, searchList } from '../../shared/fields/locator';
import type { Generation } from '../../shared/items/generationItem';

/** The label in the list, e.g. `lipsync-2 · COMPLETED · 2026-01-15 09:30`: a generation may have no name. */
function toLabel({ model, status, createdAt, outputFileName }: Generation): string {
	const date = String(createdAt ?? '')
		.slice(0, 16)
		.replace('T', ' ');
	return [outputFileName, model, status, date].filter(Boolean).join(' · ');
}

/**
 * Fills the list of the generation field, newest first. The API can't search generations, so the filter only applies to
 * the current page.
 *
 * @throws NodeOperationError if the generations can't be listed; n8n shows its message in the list
 */
export async function searchGenerations(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const query = pageQuery(paginationToken);
	const { results } = await searchList(
		this,
		'/v2/generations',
		query,
		(generation: Generation) => ({ name: toLabel(generation), value: generation.id }),
	);
	// The last ID of a page is the cursor of the next one. A page that isn't full is the last one.
	const next = results.length === query.limit ? String(results.at(-1)?.value) : undefined;
	return filterByName({ results, paginationToken: next }, filter);
}
