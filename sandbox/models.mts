import type { components } from '../nodes/shared/api.ts';
import type { Handlers } from './handlers.mts';

const MODELS: Array<components['schemas']['ModelInfo']> = [
	{ id: 'sync-3', name: 'sync-3', type: 'lipsync', version: '3' },
	{ id: 'lipsync-2', name: 'lipsync-2', type: 'lipsync', version: '2' },
	{ id: 'lipsync-2-pro', name: 'lipsync-2-pro', type: 'lipsync', version: '2' },
	{ id: 'lipsync-1.9.0-beta', name: 'lipsync-1.9.0-beta', type: 'lipsync', version: '1.9.0-beta' },
	{ id: 'react-1', name: 'react-1', type: 'react', version: '1' },
];

/** Models: the list, which also serves as the test of a key. */
export const modelHandlers: Handlers = {
	listModels: () => MODELS,
};
