import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Generation } from '../../shared/items/generationItem';
import { hasFailed, isGeneration, parseGeneration } from '../../shared/items/generationItem';
import type { ItemContext } from '../../shared/transport/itemContext';
import { readMarker } from '../../shared/transport/resumeUrl';
import { PerRun } from '../../shared/transport/run';
import type { ApiResponse } from '../../shared/transport/sender';
import { buildCallbackUrl } from '../request/callback';
import { digestRequest } from '../request/digestRequest';
import { encodeRequest } from '../request/encodeRequest';
import type { GenerationRequest } from '../request/generationRequest';
import { buildRequest } from '../request/generationRequest';
import type { RequestDraft } from '../request/requestDraft';
import { hasFiles, uploadFiles } from '../request/requestDraft';
import { createOnce, sendAndRecord } from './createOnce';
import type { CreateSettings } from './createSettings';
import { findByMarker } from './findByMarker';
import { freeze, thaw } from './frozenRequest';
import type { IdempotencyRecord } from './idempotencyRecord';
import { getOrCreateRecord, keyToSend, startOver } from './idempotencyRecord';
import type { PreparedGeneration } from './prepareGeneration';
import { checkDraftCost } from './prepareGeneration';
import { requestGeneration } from './requestGeneration';
import { SlotQueue } from './slotQueue';

const queues = new PerRun((run) => new SlotQueue(run.sender));

/** Notes that a generation of this run has ended: the plan may have room for the next one. */
export const releaseSlot = ({ run }: ItemContext): void => queues.get(run).release();

/** How long a free slot of the plan is waited for. */
interface Waiting {
	/** At most. */
	minutes: number;
}

/**
 * Creates the generation of an item, unless an earlier try has created it.
 *
 * @throws FailureError if it is not created, or if that is not known
 */
export async function createGeneration(
	item: ItemContext,
	prepared: PreparedGeneration,
	{ minutes }: Waiting,
): Promise<Generation> {
	if ('existing' in prepared) return prepared.existing;
	if ('draft' in prepared) {
		return await createNew(item, prepared.draft, { ...prepared.settings, minutes });
	}
	const { record, frozen, callback } = prepared;
	return await createFromRecord(item, record, { ...(await thaw(item, frozen)), callback }, minutes);
}

async function createNew(
	item: ItemContext,
	draft: RequestDraft,
	{ minutes, guard, key, reuseExisting, reuseIdentical, withFiles }: CreateSettings & Waiting,
): Promise<Generation> {
	const uploaded = withFiles ? draft : await uploadFiles(item, draft, reuseExisting);
	if (guard && uploaded !== draft && hasFiles(draft)) await checkDraftCost(item, guard, uploaded);
	const request = buildRequest(uploaded);
	const digest = await digestRequest(draft, withFiles || reuseExisting);
	if (reuseIdentical) return await shareIdentical(item, digest, request, minutes);
	return await createFromRecord(item, getOrCreateRecord(item, digest, key), request, minutes);
}

/** The generations of a run that identical items share, by the digest of their requests. */
const identical = new PerRun(() => new Map<string, Promise<Generation>>());

/** Identical failed generations that are passed over before it is given up. */
const MAX_FAILED = 10;

async function shareIdentical(
	item: ItemContext,
	digest: string,
	request: GenerationRequest,
	minutes: number,
): Promise<Generation> {
	const known = identical.get(item.run);
	let generation = known.get(digest);
	if (!generation)
		known.set(digest, (generation = createIdentical(item, digest, request, minutes)));
	return await generation;
}

/** Creates a generation, or gets the one that the same request has created before, unless that has failed. */
async function createIdentical(
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
		// Older than this request: it was created by an earlier one.
		const isOlder = ageMs !== undefined && ageMs > Date.now() - sentAt + CLOCK_STEP_MS;
		if (!hasFailed(generation) || !isOlder) return generation;
		if (record.failures >= MAX_FAILED) return generation;
		startOver(item, record);
	}
}

/** Dates in HTTP headers have whole seconds. */
const CLOCK_STEP_MS = 2000;

/** Sends the request of a record once, as soon as the plan has a slot for it. */
async function createFromRecord(
	item: ItemContext,
	record: IdempotencyRecord,
	request: GenerationRequest,
	minutes: number,
): Promise<Generation> {
	// An agent has asked for the same before, in an execution that is now being retried.
	if (record.result) return (await requestGeneration(item, String(record.result.id))).generation;
	const key = keyToSend(record);
	const { callback } = request;
	const webhookUrl = callback && buildCallbackUrl(callback, key);
	const body = webhookUrl === undefined ? request.body : { ...request.body, webhookUrl };
	record.request = freeze({ ...request, body });
	record.executionId = item.context.getExecutionId();
	let created: unknown;
	const send = async () => {
		const create = async () =>
			await sendAndRecord(record, async (beforeAttempt) => {
				return await sendRequest(item, key, { body, files: request.files }, beforeAttempt);
			});
		const response = await queues.get(item.run).enqueue(create, minutes);
		if (response.ok) created = response.body;
		return response;
	};
	const resumes = callback?.resumes === true || readMarker(body.webhookUrl) !== undefined;
	const find = async () => (resumes ? (await findByMarker(item, key))?.id : undefined);
	const id = await createOnce(item, record, send, find);
	return created === undefined
		? (await requestGeneration(item, id)).generation
		: parseGeneration(created);
}

async function sendRequest(
	item: ItemContext,
	key: string,
	request: Pick<GenerationRequest, 'body' | 'files'>,
	beforeAttempt: () => void,
): Promise<ApiResponse> {
	const headers = { ...item.baseRequest.headers, 'Idempotency-Key': key };
	const send = async ({ body, ...more }: Pick<IHttpRequestOptions, 'body' | 'headers'>) =>
		await item.send(
			{ body, headers: { ...headers, ...more.headers } },
			{
				idempotent: true,
				expects: { name: 'a generation', matches: isGeneration },
				beforeAttempt,
			},
		);
	if (request.files.length === 0) return await send({ body: request.body as never });
	// Few at the same time: each is held in memory.
	return await item.run.withFile(async () => await send(await encodeRequest(request, key)));
}
