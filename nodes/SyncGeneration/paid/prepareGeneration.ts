import type { Generation } from '../../shared/items/generationItem';
import { hasFailed } from '../../shared/items/generationItem';
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
import { recordExisting } from './created';
import type { CreateSettings } from './createSettings';
import { readCreateSettings } from './createSettings';
import type { FrozenRequest } from './frozenRequest';
import type { IdempotencyRecord } from './idempotencyRecord';
import { findRecord, isFromEarlierExecution, startOver } from './idempotencyRecord';
import { requestGeneration } from './requestGeneration';

/** What is known about an item before anything is uploaded or paid for. */
export type PreparedGeneration =
	/** It was created by an earlier try. */
	| { existing: Generation }
	/** It may have been created by an earlier try: sending exactly the same again decides. */
	| { record: IdempotencyRecord; frozen: FrozenRequest; callback?: Callback }
	/** It was not created before. */
	| { draft: RequestDraft; settings: CreateSettings };

/**
 * Finds out what there is to do for an item, and whether all that is asked for is valid. Nothing is uploaded or paid for.
 *
 * @throws FailureError if something is invalid, or costs too much
 */
export async function prepareGeneration(item: ItemContext): Promise<PreparedGeneration> {
	const record = findRecord(item);
	if (record?.result) {
		const { generation } = await requestGeneration(item, String(record.result.id));
		recordExisting(item, { generationId: generation.id });
		if (!hasFailed(generation) || !isFromEarlierExecution(item, record)) {
			return { existing: generation };
		}
		startOver(item, record);
	}
	if (record?.isUncertain) {
		const frozen = record.request as unknown as FrozenRequest;
		// Retry is another execution: if there is no generation yet, it is to resume this one.
		const resumes = readMarker(frozen.body.webhookUrl) !== undefined;
		return { record, frozen, callback: resumes ? await readCallback(item, {}) : undefined };
	}
	const settings = readCreateSettings(item);
	const { guard, withFiles } = settings;
	const draft = await prepareRequest(item, guard !== undefined && guard.duration === undefined);
	if (withFiles) checkSizes(buildRequest(draft).files);
	// The cost of files that have to be uploaded first is checked afterwards.
	if (guard && (withFiles || !hasFiles(draft))) await checkDraftCost(item, guard, draft);
	return { draft, settings };
}

/** Makes sure that a generation costs no more than is allowed. @throws FailureError if it does */
export const checkDraftCost = async (
	item: ItemContext,
	guard: CostGuard,
	draft: RequestDraft,
): Promise<void> => await checkCost(item, guard, buildRequest(draft), getMaxDuration(draft));
