import type { components } from '../../nodes/shared/api.ts';
import type { Handlers } from '../core/handlerTypes.mts';

/** Without deprecated models, like the real API. Some lack optional fields. */
const MODELS: Array<components['schemas']['ModelInfo']> = [
	{
		id: 'sync-3',
		name: 'sync-3',
		type: 'lipsync',
		version: '3',
		description: 'Lip sync of video and still images, up to 4K',
		deprecatedAt: null,
	},
	{
		id: 'lipsync-2',
		name: 'lipsync-2',
		type: 'lipsync',
		version: '2',
		description: 'Lip sync that keeps the style of the speaker',
	},
	{ id: 'lipsync-2-pro', name: 'lipsync-2-pro', type: 'lipsync', version: '2', description: null },
	{ id: 'lipsync-1.9.0-beta', name: 'lipsync-1.9.0-beta', type: 'lipsync', version: '1.9.0-beta' },
	{
		id: 'react-1',
		name: 'react-1',
		type: 'react',
		version: '1',
		description: 'Emotions and head movements, for inputs of up to 15 seconds',
	},
];

/** Models: list. n8n also uses the list to test credentials. */
export const modelHandlers: Handlers<unknown> = {
	listModels: () => MODELS,
};
