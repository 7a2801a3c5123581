import { randomUUID } from 'node:crypto';

import { findAsset } from '../asset/handlers.mts';
import { ApiError } from '../core/errors.mts';
import type { Caller, Handlers } from '../core/handlers.mts';
import type { Project } from '../asset/library.mts';
import { page } from '../core/paging.mts';
import type { State } from '../state.mts';

/** What each sort order does: the latest first, or by name. */
const SORTED = {
	updatedAt: (a: Project, b: Project) => (a.updatedAt < b.updatedAt ? 1 : -1),
	name: (a: Project, b: Project) => (a.name ?? '').localeCompare(b.name ?? ''),
};

/** The project is not there, is deleted, or is another member's. @param status 422 where a body speaks of it */
export const projectNotFound = (status: 404 | 422) =>
	new ApiError(status, {
		message: 'Project not found',
		errorCode: 'project_not_found',
		suggestion: 'Check the project id and that it belongs to your organization.',
		field: 'projectId',
	});

const idTaken = () =>
	new ApiError(409, { message: 'A project with this id exists already', error: 'Conflict' });

function ownProject(id: string, { userId }: Caller, { projects }: State): Project {
	const project = projects.own(id, userId);
	if (!project) throw projectNotFound(404);
	return project;
}

/** Projects, and the assets in them. Only one's own can be changed. */
export const projectHandlers: Handlers = {
	createProject: ({ body, caller }, state) => {
		const { id = randomUUID(), name, visibility = 'USER', mode = 'CREATOR' } = body;
		const known = state.projects.own(id, caller.userId);
		if (known) return known;
		if (state.projects.has(id)) throw idTaken();
		const { description = null, defaultWorkflow = null } = body;
		const now = state.now();
		const project: Project = {
			id: id.toLowerCase(),
			createdAt: now,
			updatedAt: now,
			visibility,
			mode,
			name,
			description,
			defaultWorkflow,
		};
		state.projects.set(project, caller.userId);
		return project;
	},

	listProjects: ({ query, caller }, { projects }) => {
		const { searchQuery = '', sortBy = 'updatedAt' } = query;
		const searched = searchQuery.toLowerCase();
		const found = projects
			.visibleTo(caller.userId)
			.filter(({ name }) => (name ?? '').toLowerCase().includes(searched));
		return page(found.sort(SORTED[sortBy]), query);
	},

	getProject: ({ params, caller }, { projects }) => {
		const project = projects.get(params.id, caller.userId);
		if (!project) throw projectNotFound(404);
		return project;
	},

	updateProject: ({ params, body, caller }, state) => {
		const project = ownProject(params.id, caller, state);
		const {
			name = project.name,
			description = project.description,
			visibility = project.visibility,
			mode = project.mode,
			defaultWorkflow = project.defaultWorkflow,
		} = body;
		const changes = { name, description, visibility, mode, defaultWorkflow };
		const changed = { ...project, ...changes, updatedAt: state.now() };
		state.projects.set(changed, caller.userId);
		return changed;
	},

	deleteProject: ({ params, caller }, state) => {
		const { id } = ownProject(params.id, caller, state);
		state.projects.delete(id);
		state.assets.leave(id);
		return { id };
	},

	attachProjectAsset: ({ params, body, caller }, state) => {
		const { id } = ownProject(params.id, caller, state);
		const holding = findAsset(body.assetId, caller, state);
		holding.asset = { ...holding.asset, projectId: id };
	},

	detachProjectAsset: ({ params, caller }, state) => {
		const { id } = ownProject(params.id, caller, state);
		const holding = findAsset(params.assetId, caller, state);
		if (holding.asset.projectId !== id) return;
		holding.asset = { ...holding.asset, projectId: null };
	},
};
