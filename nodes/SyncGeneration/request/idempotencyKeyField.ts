import type { INodeProperties } from 'n8n-workflow';

/** Additional field: the user's own idempotency key. */
export const idempotencyKeyField: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1042-intro',
	description:
		'The same key never creates a second generation. By default, this holds within one execution and its Retry. A sub-workflow run again by its parent is a new execution.',
};
