import type { Clock } from '../core/clock.mts';
import type { ProjectStore } from './store.mts';

/** The part of the sandbox's state that projects use. */
export interface ProjectState {
	projects: ProjectStore;
	clock: Clock;
}
