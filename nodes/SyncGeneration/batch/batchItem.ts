import type { IDataObject } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { toItem } from '../../shared/items/item';
import { unexpectedBodyError } from '../../shared/transport/errors';
import { hasId } from '../../shared/transport/pages';

/** A batch as the API sends it. */
export type Batch = components['schemas']['Batch'];

/** Every documented field of a batch, in the order of the output. */
export const BATCH_FIELDS = [
	'id',
	'created_at',
	'status',
	'metrics',
	'outputUrl',
	'webhookUrl',
] as const;

/** Whether a body from the API is a batch: an object with an ID. */
export const isBatch = (body: unknown): body is Batch => hasId(body);

/** The batch in an answer. @throws FailureError when it holds none */
export function parseBatch(body: unknown): Batch {
	if (isBatch(body)) return body;
	throw unexpectedBodyError('a batch', body);
}

/**
 * The output of a batch, or of the rows that a dry run has found good: every documented field, `null` where the API left
 * it out or sent an empty URL; unknown fields as they are.
 */
export const toBatchItem = (batch: Partial<Batch>): IDataObject =>
	toItem({ ...batch, outputUrl: batch.outputUrl || null }, BATCH_FIELDS);
