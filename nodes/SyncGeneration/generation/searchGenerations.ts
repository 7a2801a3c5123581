import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import {
	filterByName,
	joinLabel,
	pageQuery,
	searchList,
	toDateLabel,
	toLengthLabel,
} from '../../shared/fields/locator';
import type { Generation } from '../../shared/items/generationItem';

/** The label in the list, e.g. `lipsync-2 · COMPLETED · 0:12 · 2026-01-15 09:30`: a generation may have no name. */
const toLabel = ({
	model,
	status,
	createdAt,
	outputDuration,
	outputFileName,
}: Generation): string =>
	joinLabel(outputFileName, model, status, toLengthLabel(outputDuration), toDateLabel(createdAt));

/**
 * Fills the list of the generation field, newest first. The API can't search generations, so the filter only applies to
 * the current page.
 *
 * @throws NodeApiError if the generations can't be listed; n8n shows it in the list
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
