import type { Generation } from '../../shared/items/generationItem';
import { endedWithoutVideo } from '../../shared/items/generationItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { readMarker } from '../../shared/transport/resumeUrl';
import type { Callback } from '../request/callback';
import { readCallback } from '../request/callback';
import { checkSizes } from '../request/encodeRequest';
import { buildRequest } from '../request/generationRequest';
import type { RequestDraft } from '../request/requestDraft';
import { getMaxDuration, hasFiles, prepareRequest } from '../request/requestDraft';
import type { CostGuard } from './costGuard';
import { checkCost } from './costGuard';
import type { CreateSettings } from './createSettings';
import { readCreateSettings } from './createSettings';
import type { IdempotencyRecord } from './idempotencyRecord';
import { findRecord, isFromEarlierExecution, startOver } from './idempotencyRecord';
import { recordExisting } from './recordCreated';
import { requestGeneration } from './requestGeneration';
import type { StoredRequest } from './storedRequest';

/** What has to be done for an item, determined before anything is uploaded or paid for. */
export type PreparedGeneration =
	/** Nothing: an earlier attempt created it. */
	| { existing: Generation }
	/** Send the same request again, because an earlier attempt may have created it. */
	| { record: IdempotencyRecord; callback?: Callback }
	/** Create it. */
	| { draft: RequestDraft; settings: CreateSettings };

/**
 * Finds out what has to be done for an item, and validates its fields. Nothing is uploaded or paid for.
 *
 * @throws FailureError if a field is invalid, or if the generation would cost too much
 */
export async function prepareGeneration(item: ItemContext): Promise<PreparedGeneration> {
	const record = findRecord(item);
	if (record?.result) {
		const { generation } = await requestGeneration(item, String(record.result.id));
		recordExisting(item, { generationId: generation.id });
		if (!endedWithoutVideo(generation) || !isFromEarlierExecution(item, record)) {
			return { existing: generation };
		}
		startOver(item, record);
	}
	if (record?.isUncertain) {
		const storedRequest = record.request as unknown as StoredRequest;
		// A Retry is a new execution. A generation that doesn't exist yet has to resume this one, not the failed one.
		const resumes = readMarker(storedRequest.body.webhookUrl) !== undefined;
		return { record, callback: resumes ? await readCallback(item, {}) : undefined };
	}
	const settings = readCreateSettings(item);
	const { guard, withFiles } = settings;
	const callback = await readCallback(item, item.addedFields('additionalFields'));
	const wantsDuration = guard !== undefined && guard.duration === undefined;
	const draft = { ...(await prepareRequest(item, wantsDuration)), callback };
	if (withFiles) checkSizes(buildRequest(draft).files);
	// Files that have to be uploaded are checked after the upload, when their length is known.
	if (guard && (withFiles || !hasFiles(draft))) await checkDraftCost(item, guard, draft);
	return { draft, settings };
}

/** Checks the estimated cost of a draft against the limit. @throws FailureError if it costs more or is unknown */
export const checkDraftCost = async (
	item: ItemContext,
	guard: CostGuard,
	draft: RequestDraft,
): Promise<void> => await checkCost(item, guard, buildRequest(draft), getMaxDuration(draft));
