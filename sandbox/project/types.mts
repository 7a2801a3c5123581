import type { components } from '../../nodes/shared/api.ts';

/** A project, as in the contract. */
export type Project = components['schemas']['Project'];
