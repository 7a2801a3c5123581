import type { components } from '../../nodes/shared/api.ts';

/** A row of a batch, as in the contract. */
export type BatchRow = components['schemas']['BatchRow'];
