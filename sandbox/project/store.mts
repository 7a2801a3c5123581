import { EventEmitter } from 'node:events';

import { canSee, OWNER_ID } from '../core/users.mts';
import { PROJECT } from './fixtures.mts';
import type { Project } from './types.mts';

interface StoredProject {
	project: Project;
	ownerId: string;
}

/** The projects of the organization. */
export class ProjectStore {
	/** By ID. Undefined for a deleted project, because its ID can't be reused. */
	private readonly projects = new Map<string, StoredProject | undefined>();

	private readonly events = new EventEmitter();

	constructor() {
		this.reset();
	}

	/** Calls a listener with the ID of each deleted project. */
	onDelete(listener: (id: string) => void): void {
		this.events.on('delete', listener);
	}

	/** Adds a project, or replaces the one with the same ID. */
	set(project: Project, ownerId: string): void {
		this.projects.set(project.id, { project, ownerId });
	}

	/** Whether this ID is or was used by a project of any user. */
	isUsed(id: string): boolean {
		return this.projects.has(id.toLowerCase());
	}

	/** Gets a project that the user owns; undefined if there is none. */
	getOwn(id: string, userId: string): Project | undefined {
		const stored = this.projects.get(id.toLowerCase());
		return stored?.ownerId === userId ? stored.project : undefined;
	}

	/** Gets a project that the user can see; undefined if there is none. */
	get(id: string, userId: string): Project | undefined {
		const stored = this.projects.get(id.toLowerCase());
		return stored && isVisible(stored, userId) ? stored.project : undefined;
	}

	/** Gets all projects that the user can see. */
	listVisible(userId: string): Project[] {
		return [...this.projects.values()]
			.filter((stored) => stored !== undefined)
			.filter((stored) => isVisible(stored, userId))
			.map(({ project }) => project);
	}

	delete(id: string): void {
		this.projects.set(id, undefined);
		this.events.emit('delete', id);
	}

	/** Restores the initial project and removes all others. */
	reset(): void {
		this.projects.clear();
		this.set(PROJECT, OWNER_ID);
	}
}

const isVisible = ({ project, ownerId }: StoredProject, userId: string): boolean =>
	canSee(userId, ownerId, project.visibility);
