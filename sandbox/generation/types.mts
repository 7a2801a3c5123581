import type { components } from '../../nodes/shared/api.ts';

type Schemas = components['schemas'];

/** A generation, as in the contract. */
export type Generation = Schemas['Generation'];

/** A request to create a generation. */
export type GenerationRequest = Schemas['CreateGenerationRequest'];

/** One input of a generation. */
export type Input = Schemas['Input'];

/** A segment of a generation. */
export type Segment = Schemas['Segment'];
