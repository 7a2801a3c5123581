import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { filterByName, pageQuery, searchList } from '../../shared/fields/locator';
import type { Generation } from '../../shared/items/generationItem';

/** What the list shows of a generation, which has no name of its own: `lipsync-2 · COMPLETED · 2026-01-15 09:30`. */
function toLabel({ model, status, createdAt, outputFileName }: Generation): string {
	const date = String(createdAt ?? '')
		.slice(0, 16)
		.replace('T', ' ');
	return [outputFileName, model, status, date].filter(Boolean).join(' · ');
}

/**
 * Fills the list of the generation field: the newest first. The API does not search them, so what was typed is looked
 * for in the page that the list is at.
 *
 * @throws NodeOperationError with the reason when the generations can't be listed; n8n shows it in the list
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
	// The cursor of the next page is the last ID of this one; a page that is not full is the last.
	const next = results.length === query.limit ? String(results.at(-1)?.value) : undefined;
	return filterByName({ results, paginationToken: next }, filter);
}
