import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Generation } from '../../shared/items/generationItem';
import {
	endedWithoutVideo,
	isGeneration,
	parseGeneration,
} from '../../shared/items/generationItem';
import { hashJson } from '../../shared/transport/hashJson';
import type { ItemContext } from '../../shared/transport/itemContext';
import { readMarker } from '../../shared/transport/resumeUrl';
import { PerRun } from '../../shared/transport/run';
import type { ApiResponse } from '../../shared/transport/sender';
import { buildCallbackUrl } from '../request/callback';
import { digestRequest, digestSentRequest } from '../request/digestRequest';
import { encodeRequest } from '../request/encodeRequest';
import type { GenerationRequest } from '../request/generationRequest';
import { buildRequest } from '../request/generationRequest';
import type { RequestDraft } from '../request/requestDraft';
import { hasFiles, uploadFiles } from '../request/requestDraft';
import { createWithKey, sendAndRecord } from './createOnce';
import type { CreateSettings } from './createSettings';
import { findByMarker } from './findByMarker';
import type { IdempotencyRecord } from './idempotencyRecord';
import {
	getOrCreateRecord,
	isFromEarlierExecution,
	keyToSend,
	startOver,
} from './idempotencyRecord';
import type { PreparedGeneration } from './prepareGeneration';
import { checkDraftCost } from './prepareGeneration';
import { requestGeneration } from './requestGeneration';
import { SlotQueue } from './slotQueue';
import type { StoredRequest } from './storedRequest';
import { restoreRequest, toStoredRequest } from './storedRequest';

const slotQueues = new PerRun((run) => new SlotQueue(run.sender));

/** Call this when a generation of the run has ended: it may have freed a slot in the plan for the next item. */
export const releaseSlot = ({ run }: ItemContext): void => slotQueues.get(run).release();

/** The limit for waiting for a free slot in the plan. */
interface SlotWaitLimit {
	minutes: number;
}

/**
 * Creates the generation of an item, unless an earlier attempt created it.
 *
 * @throws FailureError if it was not created, or if the outcome is unknown
 */
export async function createGeneration(
	item: ItemContext,
	prepared: PreparedGeneration,
	{ minutes }: SlotWaitLimit,
): Promise<Generation> {
	if ('existing' in prepared) return prepared.existing;
	if ('draft' in prepared) {
		return await createFromDraft(item, prepared.draft, { ...prepared.settings, minutes });
	}
	const { record, callback } = prepared;
	return await createFromRecord(item, record, { callback }, minutes);
}

/** Uploads the files of a new request, and sends it. */
async function createFromDraft(
	item: ItemContext,
	draft: RequestDraft,
	{ minutes, guard, key, reuseExisting, reuseIdentical, withFiles }: CreateSettings & SlotWaitLimit,
): Promise<Generation> {
	// A file that is uploaded again is another asset, and so another request.
	const reusesFiles = reuseExisting || reuseIdentical;
	const uploaded = withFiles ? draft : await uploadFiles(item, draft, reusesFiles);
	if (guard && uploaded !== draft && hasFiles(draft)) await checkDraftCost(item, guard, uploaded);
	const request = buildRequest(uploaded);
	if (reuseIdentical) return await createOrShareIdentical(item, request, minutes);
	const digest = await digestRequest(draft, withFiles || reuseExisting);
	return await createFromRecord(item, getOrCreateRecord(item, digest, key), request, minutes);
}

/** The generations of a run, by the digest of their requests. */
const identicalGenerations = new PerRun(() => new Map<string, Promise<Generation>>());

/** How many failed generations of an identical request are replaced before the last one is returned. */
const MAX_FAILED_GENERATIONS = 10;

/** Creates one generation for all items of the run whose requests are identical. */
async function createOrShareIdentical(
	item: ItemContext,
	request: GenerationRequest,
	minutes: number,
): Promise<Generation> {
	const digest = await digestSentRequest(request);
	const byDigest = identicalGenerations.get(item.run);
	let generation = byDigest.get(digest);
	if (!generation)
		byDigest.set(digest, (generation = createOrReuseIdentical(item, digest, request, minutes)));
	return await generation;
}

/** Creates a generation, or returns the one that an identical request created before. A failed one is replaced. */
async function createOrReuseIdentical(
	item: ItemContext,
	digest: string,
	request: GenerationRequest,
	minutes: number,
): Promise<Generation> {
	const record = getOrCreateRecord(item, digest, `same-${digest}`);
	for (;;) {
		const sentAt = Date.now();
		const { id } = await createFromRecord(item, record, request, minutes);
		const { generation, ageMs } = await requestGeneration(item, id);
		// Compares durations, not dates: the clocks of n8n and sync.so may differ.
		const isFromEarlierRequest =
			ageMs !== undefined && ageMs > Date.now() - sentAt + CLOCK_TOLERANCE_MS;
		if (!endedWithoutVideo(generation) || !isFromEarlierRequest) return generation;
		if (record.failures >= MAX_FAILED_GENERATIONS) return generation;
		startOver(item, record);
	}
}

/** Tolerance for a generation's age. HTTP dates are only accurate to the second. */
const CLOCK_TOLERANCE_MS = 2000;

/**
 * Sends the request of a record as soon as the plan has a free slot, unless the record has a generation already. If an
 * earlier attempt may have created it, that request is sent again instead of the given one.
 */
async function createFromRecord(
	item: ItemContext,
	record: IdempotencyRecord,
	given: GenerationRequest | Pick<GenerationRequest, 'callback'>,
	minutes: number,
): Promise<Generation> {
	// An earlier run created it, or an AI agent with the same call.
	if (record.result) {
		const { generation } = await requestGeneration(item, String(record.result.id));
		if (!endedWithoutVideo(generation) || !isFromEarlierExecution(item, record)) return generation;
		startOver(item, record);
	}
	const key = keyToSend(record);
	const { callback } = given;
	const earlierRequest = record.isUncertain ? record.request : undefined;
	const request = earlierRequest
		? await restoreRequest(item, earlierRequest as unknown as StoredRequest)
		: (given as GenerationRequest);
	const webhookUrl = callback && buildCallbackUrl(callback, key);
	const body = webhookUrl === undefined ? request.body : { ...request.body, webhookUrl };
	record.request = toStoredRequest({ ...request, body });
	record.executionId = item.context.getExecutionId();
	const isChanged = earlierRequest && hashJson(earlierRequest) !== hashJson(record.request);
	let createdBody: unknown;
	const send = async () => {
		const create = async () =>
			await sendAndRecord(
				record,
				async (beforeAttempt) =>
					await postGeneration(item, key, { body, files: request.files }, beforeAttempt),
				{ isChanged },
			);
		const response = await slotQueues.get(item.run).enqueue(create, minutes);
		if (response.ok) createdBody = response.body;
		return response;
	};
	const hasMarker = callback?.resumes === true || readMarker(body.webhookUrl) !== undefined;
	const find = async () => (hasMarker ? (await findByMarker(item, key))?.id : undefined);
	const id = await createWithKey(item, record, send, find);
	return createdBody === undefined
		? (await requestGeneration(item, id)).generation
		: parseGeneration(createdBody);
}

async function postGeneration(
	item: ItemContext,
	key: string,
	request: Pick<GenerationRequest, 'body' | 'files'>,
	beforeAttempt: () => void,
): Promise<ApiResponse> {
	const headers = { ...item.baseRequest.headers, 'Idempotency-Key': key };
	const send = async ({ body, ...encoded }: Pick<IHttpRequestOptions, 'body' | 'headers'>) =>
		await item.send(
			{ body, headers: { ...headers, ...encoded.headers } },
			{
				idempotent: true,
				expects: { name: 'a generation', matches: isGeneration },
				beforeAttempt,
			},
		);
	if (request.files.length === 0) return await send({ body: request.body as never });
	// The whole request is held in memory: this limits how many there are at once.
	return await item.run.withFile(async () => await send(await encodeRequest(request, key)));
}
