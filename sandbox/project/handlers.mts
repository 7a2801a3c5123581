import { randomUUID } from 'node:crypto';

import { ApiError } from '../core/errors.mts';
import type { Handlers } from '../core/handlerTypes.mts';
import { paginate } from '../core/pagination.mts';
import { matchesSearch } from '../core/search.mts';
import { projectNotFound, requireOwnProject } from './checks.mts';
import type { ProjectState } from './state.mts';
import type { Project } from './types.mts';

/** The comparison for each sort order. */
const COMPARISONS = {
	updatedAt: (a: Project, b: Project) => (a.updatedAt < b.updatedAt ? 1 : -1),
	name: (a: Project, b: Project) => (a.name ?? '').localeCompare(b.name ?? ''),
};

const idConflict = () =>
	new ApiError(409, { message: 'A project with this id exists already', error: 'Conflict' });

/** Projects: create, list, get, update and delete. Only the owner of a project can change it. */
export const projectHandlers: Handlers<ProjectState> = {
	createProject: ({ body, caller }, { projects, clock }) => {
		const { id = randomUUID(), name, visibility = 'USER', mode = 'CREATOR' } = body;
		const existing = projects.getOwn(id, caller.userId);
		if (existing) return existing;
		if (projects.isUsed(id)) throw idConflict();
		const { description = null, defaultWorkflow = null } = body;
		const now = clock.now();
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
		projects.set(project, caller.userId);
		return project;
	},

	listProjects: ({ query, caller }, { projects }) => {
		const { searchQuery, sortBy = 'updatedAt' } = query;
		const found = projects
			.listVisible(caller.userId)
			.filter(({ name }) => matchesSearch(name, searchQuery));
		return paginate(found.sort(COMPARISONS[sortBy]), query);
	},

	getProject: ({ params, caller }, { projects }) => {
		const project = projects.get(params.id, caller.userId);
		if (!project) throw projectNotFound(404);
		return project;
	},

	updateProject: ({ params, body, caller }, state) => {
		const project = requireOwnProject(params.id, caller, state);
		const {
			name = project.name,
			description = project.description,
			visibility = project.visibility,
			mode = project.mode,
			defaultWorkflow = project.defaultWorkflow,
		} = body;
		const changes = { name, description, visibility, mode, defaultWorkflow };
		const updated = { ...project, ...changes, updatedAt: state.clock.now() };
		state.projects.set(updated, caller.userId);
		return updated;
	},

	deleteProject: ({ params, caller }, state) => {
		const { id } = requireOwnProject(params.id, caller, state);
		state.projects.delete(id);
		return { id };
	},
};
