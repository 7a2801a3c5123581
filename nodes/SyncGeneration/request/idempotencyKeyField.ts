import type { INodeProperties } from 'n8n-workflow';

/** Additional field: the user's own idempotency key. */
export const idempotencyKeyField: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1042-intro',
	description:
		'For the same key, sync.so returns the existing generation, even a failed one. By default, the node uses a key of its own for each execution and its Retry. A sub-workflow that its parent runs again is a new execution.',
};
