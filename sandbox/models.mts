import type { components } from '../nodes/shared/api.ts';
import type { Handlers } from './state.mts';

const MODELS: components['schemas']['ModelInfo'][] = [];

/** Models: the list, which also serves as the test of a key. */
export const modelHandlers: Handlers = {
	listModels: () => MODELS,
};
