import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { components } from '../api';
import { unexpectedBodyFailure } from '../transport/errors';
import {
	createListError,
	createLocator,
	joinLabel,
	pageQuery,
	requestForField,
	searchList,
	toDateLabel,
} from './locator';

/** The name of a project that is created without a name in the search box. */
const NEW_PROJECT = 'New project';

const commonSettings = {
	displayName: 'Project',
	name: 'projectId',
	searchListMethod: 'searchProjects',
	placeholder: 'Select a project…',
	allowNewResource: {
		label: 'Create a project with the name above',
		method: 'createProject',
		defaultName: NEW_PROJECT,
	},
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

/**
 * Creates a project from the list of a project field.
 *
 * @param payload what n8n's editor sends: the text in the search box
 * @returns the project's ID
 * @throws NodeApiError if the project can't be created
 */
export async function createProject(
	this: ILoadOptionsFunctions,
	payload: IDataObject | string | undefined,
): Promise<string> {
	const { name } = (payload ?? {}) as IDataObject;
	const text = typeof name === 'string' ? name.trim() : '';
	const body = { name: text || NEW_PROJECT };
	const response = await requestForField(this, { method: 'POST', url: '/v2/projects', body });
	const project = response.ok ? (response.body as components['schemas']['Project'] | null) : null;
	if (response.ok && typeof project?.id === 'string') return project.id;
	throw createListError(
		this,
		response.ok ? unexpectedBodyFailure('a project', response.body) : response.failure,
	);
}
