import { EventEmitter } from 'node:events';

import { OWNER_ID } from '../core/users.mts';
import { LIBRARY_PROJECT, type Project } from './fixtures.mts';

interface StoredProject {
	project: Project;
	ownerId: string;
}

/** The projects of the organization. */
export class ProjectStore {
	/** By ID. A deleted project is undefined, because its ID can't be used again. */
	private readonly projects = new Map<string, StoredProject | undefined>();

	private readonly events = new EventEmitter();

	constructor() {
		this.reset();
	}

	/** Calls a listener with the ID of each project that is deleted. */
	onDelete(listener: (id: string) => void): void {
		this.events.on('delete', listener);
	}

	/** Adds a project, or replaces the one with the same ID. */
	set(project: Project, ownerId: string): void {
		this.projects.set(project.id, { project, ownerId });
	}

	/** Whether any user has or had a project with this ID. */
	isUsed(id: string): boolean {
		return this.projects.has(id.toLowerCase());
	}

	/** Gets a project that the user owns. */
	getOwn(id: string, userId: string): Project | undefined {
		const stored = this.projects.get(id.toLowerCase());
		return stored?.ownerId === userId ? stored.project : undefined;
	}

	/** Gets a project that the user can see. */
	get(id: string, userId: string): Project | undefined {
		const stored = this.projects.get(id.toLowerCase());
		return stored && isVisible(stored, userId) ? stored.project : undefined;
	}

	/** Gets every project that the user can see. */
	visibleTo(userId: string): Project[] {
		return [...this.projects.values()]
			.filter((stored) => stored !== undefined)
			.filter((stored) => isVisible(stored, userId))
			.map(({ project }) => project);
	}

	delete(id: string): void {
		this.projects.set(id, undefined);
		this.events.emit('delete', id);
	}

	/** Removes every project except the one in the library, which gets its original state. */
	reset(): void {
		this.projects.clear();
		this.set(LIBRARY_PROJECT, OWNER_ID);
	}
}

const isVisible = ({ project, ownerId }: StoredProject, userId: string): boolean =>
	ownerId === userId || project.visibility === 'ORGANIZATION';
