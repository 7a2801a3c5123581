import { LIBRARY_PROJECT, OWNER_ID, type Project } from '../asset/library.mts';

/** A project, and whose it is. */
interface Holding {
	project: Project;
	ownerId: string;
}

/** The projects of the organization. */
export class ProjectStore {
	/** Deleted ones stay as undefined: their IDs can't be used again. */
	private readonly holdings = new Map<string, Holding | undefined>();

	constructor() {
		this.reset();
	}

	/** Leaves the project of the library and nothing else. */
	reset(): void {
		this.holdings.clear();
		this.set(LIBRARY_PROJECT, OWNER_ID);
	}

	/** Adds a project, or puts it in the place of the one with its ID. */
	set(project: Project, ownerId: string): void {
		this.holdings.set(project.id, { project, ownerId });
	}

	/** Whether there is or was a project with this ID, whomever it belongs to. */
	has(id: string): boolean {
		return this.holdings.has(id.toLowerCase());
	}

	/** The project, if it is there and is the user's own. */
	own(id: string, userId: string): Project | undefined {
		const holding = this.holdings.get(id.toLowerCase());
		return holding?.ownerId === userId ? holding.project : undefined;
	}

	/** The project, if it is there and the user may see it. */
	get(id: string, userId: string): Project | undefined {
		const holding = this.holdings.get(id.toLowerCase());
		return holding && isVisible(holding, userId) ? holding.project : undefined;
	}

	/** All that a user may see. */
	visibleTo(userId: string): Project[] {
		return [...this.holdings.values()]
			.filter((holding) => holding !== undefined)
			.filter((holding) => isVisible(holding, userId))
			.map(({ project }) => project);
	}

	delete(id: string): void {
		this.holdings.set(id, undefined);
	}
}

const isVisible = ({ project, ownerId }: Holding, userId: string): boolean =>
	ownerId === userId || project.visibility === 'ORGANIZATION';
