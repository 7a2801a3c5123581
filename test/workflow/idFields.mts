import { OPERATIONS } from './allOperations.mts';
import type { NodeSettings } from './syncNode.mts';
import { ID_FROM_ITEM } from './workflows.mts';

const isLocator = (value: unknown) =>
	typeof value === 'object' && value !== null && '__rl' in value;

/** Every field that contains an ID, with its operation. */
export const ID_FIELDS = OPERATIONS.filter(
	// It needs at least 20 items, and has the same fields as Generation → Create.
	({ resource, operation }) => !(resource === 'batch' && operation === 'create'),
).flatMap(({ resource, operation, settings, items }) =>
	Object.entries(settings)
		.filter(([name, value]) => isLocator(value) || /^(transcription|dialogueEdit)Id$/.test(name))
		.map(([field]) => ({ resource, operation, field, settings, takesOne: items.length === 1 })),
);

/** The key in an error item for the ID in a field. */
export const getErrorField = (field: string) => (field === 'projectAssetId' ? 'assetId' : field);

/** Makes an ID field read the ID from the item's field `assetId`. */
export const withIdFromItem = (settings: NodeSettings, field: string): NodeSettings => ({
	...settings,
	[field]: isLocator(settings[field]) ? ID_FROM_ITEM : ID_FROM_ITEM.value,
});
