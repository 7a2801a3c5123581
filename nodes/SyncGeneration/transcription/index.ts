import { defineResource } from '../../shared/transport/operation';
import { createOperation } from './create';
import { getOperation } from './get';

/** The Transcription resource and its operations. */
export const transcriptionDescription = defineResource(
	'transcription',
	[createOperation, getOperation],
	createOperation,
);
