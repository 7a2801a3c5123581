import type { IDataObject } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { toItem } from '../../shared/items/toItem';
import { unexpectedBodyError } from '../../shared/transport/errors';
import { hasId } from '../../shared/transport/pages';

/** A batch as the API returns it. */
export type Batch = components['schemas']['Batch'];

/** Every documented field of a batch, in output order. */
export const BATCH_FIELDS = [
	'id',
	'created_at',
	'status',
	'metrics',
	'outputUrl',
	'webhookUrl',
] as const;

/** Whether a response body is a batch: an object with an ID. */
export const isBatch = (body: unknown): body is Batch => hasId(body);

/** The batch in a response body. @throws FailureError if there is none */
export function parseBatch(body: unknown): Batch {
	if (isBatch(body)) return body;
	throw unexpectedBodyError('a batch', body);
}

/**
 * The output for a batch or a dry run: every documented field, `null` if the API left it out or sent an empty URL.
 * Unknown fields are kept.
 */
export const toBatchItem = (batch: Partial<Batch>): IDataObject =>
	toItem({ ...batch, outputUrl: batch.outputUrl || null }, BATCH_FIELDS);
