import type { Project } from './types.mts';

/** The ID of the initial project. */
export const PROJECT_ID = '0a1b2c3d-0000-4000-8000-000000000001';

/** The initial project. It belongs to the owner. */
export const PROJECT: Project = {
	id: PROJECT_ID,
	createdAt: '2026-10-05T08:00:00.000Z',
	updatedAt: '2026-10-06T09:30:05.000Z',
	visibility: 'USER',
	mode: 'CREATOR',
	name: 'Webinars',
	description: null,
	defaultWorkflow: 'lipsync',
};
