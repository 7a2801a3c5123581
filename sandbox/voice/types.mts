import type { components } from '../../nodes/shared/api.ts';

/** A voice, as in the contract. */
export type Voice = components['schemas']['Voice'];
