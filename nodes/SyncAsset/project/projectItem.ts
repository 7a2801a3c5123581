import type { IDataObject } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { toItem } from '../../shared/items/toItem';
import { unexpectedBodyError } from '../../shared/transport/errors';
import { hasId } from '../../shared/transport/pages';

/** A project as the API returns it. */
export type Project = components['schemas']['Project'];

/** Every documented field of a project, in output order. */
export const PROJECT_FIELDS = [
	'id',
	'createdAt',
	'updatedAt',
	'name',
	'description',
	'visibility',
	'mode',
	'defaultWorkflow',
] as const;

/** The output for a project: every documented field, `null` if the API left it out. Unknown fields are kept. */
export const toProjectItem = (project: Project): IDataObject => toItem(project, PROJECT_FIELDS);

/** The project in a response body. @throws FailureError if there is none */
export function parseProject(body: unknown): Project {
	if (hasId(body)) return body as Project;
	throw unexpectedBodyError('a project', body);
}
