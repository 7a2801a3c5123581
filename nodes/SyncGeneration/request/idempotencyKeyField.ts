import type { INodeProperties } from 'n8n-workflow';

/** Additional field: the user's own idempotency key. */
export const idempotencyKeyField: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1042-intro',
	description:
		'The same key never creates a second generation. Without one, that holds for this execution and its Retry only: a sub-workflow that its parent runs again is a new execution.',
};
