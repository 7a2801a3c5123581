import { defineResource } from '../../shared/transport/operation';
import { createOperation } from './create';
import { getOperation } from './get';

/** The Dialogue Edit resource and its operations. */
export const dialogueEditDescription = defineResource(
	'dialogueEdit',
	[createOperation, getOperation],
	createOperation,
);
