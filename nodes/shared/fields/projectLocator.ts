import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { components } from '../api';
import { createLocator, joinLabel, pageQuery, searchList, toDateLabel } from './locator';

const commonSettings = {
	displayName: 'Project',
	name: 'projectId',
	searchListMethod: 'searchProjects',
	placeholder: 'Select a project…',
};

/** The field of operations on one project. */
export const projectLocator = createLocator({
	...commonSettings,
	required: true,
	description:
		"The project that groups assets and generations in sync.so. 'By ID' takes a project ID, e.g. 550e8400-e29b-41d4-a716-446655440000.",
});

/** Creates an optional project field. @param description what the project is for */
export const createProjectField = (description: string) =>
	createLocator({ ...commonSettings, description });

/**
 * Fills the list of a project field, last changed first. With a filter, lists only projects with a matching name.
 *
 * @throws NodeApiError if the projects can't be listed; n8n shows it in the list
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
		({ id, name, createdAt }: components['schemas']['Project']) => ({
			name: name || joinLabel('Unnamed project', toDateLabel(createdAt)),
			value: id,
		}),
	);
}
