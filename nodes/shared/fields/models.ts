import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { components } from '../api';
import { requestForField } from './locator';

/** A model as the API returns it. */
export type ModelInfo = components['schemas']['ModelInfo'];

/** The fallback if the API's list is not available. The first is the model that sync.so recommends. */
export const KNOWN_MODELS: components['schemas']['Model'][] = [
	'sync-3',
	'lipsync-2',
	'lipsync-2-pro',
	'lipsync-1.9.0-beta',
	'react-1',
];

/** The value of a model field that leaves the choice to the node. */
export const AUTOMATIC_MODEL = 'auto';

const AUTOMATIC: INodePropertyOptions = {
	name: 'Automatic',
	value: AUTOMATIC_MODEL,
	description: 'Use lipsync-2 for videos and sync-3 for images',
};

/** Whether an entry of a list from the API is a model. */
export const isModel = (body: unknown): body is ModelInfo =>
	typeof (body as ModelInfo | null)?.id === 'string';

/** Fills the list of a model field: Automatic, then the account's models, or {@link KNOWN_MODELS} as a fallback. */
export async function getModels(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const response = await requestForField(this, { url: '/v2/models' });
	const models = response.ok && Array.isArray(response.body) ? response.body.filter(isModel) : [];
	if (models.length === 0) {
		const reason = response.ok ? 'sync.so returned no list of models' : response.failure.message;
		const knownModels = KNOWN_MODELS.map((model) => ({
			name: model,
			value: model,
			description: `Known to this node; its availability could not be checked: ${reason}`,
		}));
		return [AUTOMATIC, ...knownModels];
	}
	const accountModels = models.map(({ id, name, description }) => ({
		name: name && name !== id ? `${name} (${id})` : id,
		value: id,
		description: description ?? undefined,
	}));
	return [AUTOMATIC, ...accountModels];
}
