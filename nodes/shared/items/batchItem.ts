import type { IDataObject } from 'n8n-workflow';
import type { components } from '../api';
import type { Failure } from '../transport/errors';
import { resultFailure, unexpectedBodyError } from '../transport/errors';
import { hasId } from '../transport/pages';
import { readMarker } from '../transport/resumeUrl';
import { renameFields, toItem } from './toItem';

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

const FINAL_STATUSES = ['COMPLETED', 'FAILED'];

/** Whether a response body is a batch: an object with an ID. */
export const isBatch = (body: unknown): body is Batch => hasId(body);

/** The batch in a response body. @throws FailureError if there is none */
export function parseBatch(body: unknown): Batch {
	if (isBatch(body)) return body;
	throw unexpectedBodyError('a batch', body);
}

/** Whether a batch has ended, with or without videos. One with an unknown status has not. */
export const hasBatchEnded = ({ status }: Batch): boolean => FINAL_STATUSES.includes(status);

/** The names of fields in the other case. An older sample of the webhook has metrics and the time in camel case. */
const OTHER_NAMES = {
	createdAt: 'created_at',
	output_url: 'outputUrl',
	webhook_url: 'webhookUrl',
};
const OTHER_METRIC_NAMES = {
	totalGenerations: 'total_generations',
	successCount: 'success_count',
	failedCount: 'failed_count',
	pendingCount: 'pending_count',
};

/**
 * The output for a batch or a dry run: every documented field, `null` if the API left it out or sent an empty URL.
 * Unknown fields are kept. A webhook URL that resumes an execution is removed, because anyone who has it can call it.
 */
export function toBatchItem(batch: Partial<Batch>): IDataObject {
	const fields = renameFields(batch, OTHER_NAMES);
	const { metrics } = batch;
	const isObject = typeof metrics === 'object' && metrics !== null;
	const item = {
		...fields,
		...(isObject && { metrics: renameFields(metrics, OTHER_METRIC_NAMES) }),
		outputUrl: fields.outputUrl || null,
		webhookUrl: readMarker(fields.webhookUrl) === undefined ? fields.webhookUrl : null,
	};
	return toItem(item, BATCH_FIELDS);
}

/** The failure for a batch that failed. */
export const batchFailure = ({ metrics }: Batch): Failure =>
	resultFailure(
		`The batch failed: ${metrics?.success_count ?? 0} of ${metrics?.total_generations ?? 'its'} videos were created`,
		"Check the rows with Batch → Create and its 'Dry Run', then create the batch again. If it keeps failing, contact sync.so support with its ID.",
	);
