import type { components } from '../../nodes/shared/api.ts';

/** An asset, as in the contract. */
export type Asset = components['schemas']['Asset'];
