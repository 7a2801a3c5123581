import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { components } from '../api';
import { createLocator, pageQuery, searchList } from './locator';

const field = {
	displayName: 'Project',
	name: 'projectId',
	searchListMethod: 'searchProjects',
	placeholder: 'Select a project…',
};

/** The field that picks the project an operation is about. */
export const projectLocator = createLocator({
	...field,
	required: true,
	description:
		'The project, a folder of assets and generations in sync.so. By ID takes the project ID, e.g. 550e8400-e29b-41d4-a716-446655440000.',
});

/** The same as one of several optional fields. @param description what it does there */
export const optionalProject = (description: string) => createLocator({ ...field, description });

/**
 * Fills the list of the project field: the ones changed last first, or those whose name matches what was typed.
 *
 * @throws NodeOperationError with the reason when the projects can't be listed; n8n shows it in the list
 */
export async function searchProjects(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const query = { ...pageQuery(paginationToken), sortBy: 'updatedAt' };
	return await searchList(
		this,
		'/v2/projects',
		filter ? { ...query, searchQuery: filter } : query,
		({ id, name }: components['schemas']['Project']) => ({ name: name ?? id, value: id }),
	);
}
