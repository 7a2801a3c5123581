import type { components } from '../../nodes/shared/api.ts';

/** A speech, as in the contract. */
export type Speech = components['schemas']['TtsResult'];
