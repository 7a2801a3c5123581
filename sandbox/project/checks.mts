import { ApiError } from '../core/errors.mts';
import type { Caller } from '../core/users.mts';
import type { ProjectState } from './state.mts';
import type { Project } from './types.mts';

/**
 * The project does not exist, or belongs to another member.
 *
 * @param status 404 for an ID in the path, 422 for one in the body
 */
export const projectNotFound = (status: 404 | 422) =>
	new ApiError(status, {
		message: 'Project not found',
		errorCode: 'project_not_found',
		suggestion: 'Check the project id and that it belongs to your organization.',
		field: 'projectId',
	});

/**
 * Gets a project that the caller owns.
 *
 * @param status the status of the error
 * @throws ApiError if there is none
 */
export function requireOwnProject(
	id: string,
	{ userId }: Caller,
	{ projects }: Pick<ProjectState, 'projects'>,
	status: 404 | 422 = 404,
): Project {
	const project = projects.getOwn(id, userId);
	if (!project) throw projectNotFound(status);
	return project;
}
