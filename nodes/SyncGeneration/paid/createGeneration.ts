import type { IHttpRequestOptions } from 'n8n-workflow';
import type { Generation } from '../../shared/items/generationItem';
import { generationIn, hasFailed, isGeneration } from '../../shared/items/generationItem';
import type { Call } from '../../shared/transport/itemContext';
import { markerIn } from '../../shared/transport/resumeUrl';
import { PerRun } from '../../shared/transport/run';
import type { Answer } from '../../shared/transport/sender';
import { callbackUrl } from '../request/callback';
import { formOf } from '../request/multipart';
import type { GenerationRequest, RequestDraft } from '../request/request';
import { buildRequest, digestOf, hasFiles, uploadFiles } from '../request/request';
import { createOnce, sendOnRecord } from './createOnce';
import type { CreateSettings } from './createSettings';
import { findByMarker } from './findByMarker';
import { freeze, thaw } from './frozenRequest';
import { requestState } from './generationState';
import type { IdempotencyRecord } from './idempotencyRecord';
import { keyToSend, recordFor, startOver } from './idempotencyRecord';
import type { PreparedGeneration } from './prepareGeneration';
import { checkDraftCost } from './prepareGeneration';
import { SlotQueue } from './slotQueue';

const queues = new PerRun((run) => new SlotQueue(run.sender));

/** Notes that a generation of this run has ended: the plan may have room for the next one. */
export const releaseSlot = ({ run }: Call): void => queues.of(run).release();

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
	call: Call,
	prepared: PreparedGeneration,
	{ minutes }: Waiting,
): Promise<Generation> {
	if ('existing' in prepared) return prepared.existing;
	if ('draft' in prepared) {
		return await createNew(call, prepared.draft, { ...prepared.settings, minutes });
	}
	const { record, frozen, callback } = prepared;
	return await sendOnce(call, record, { ...(await thaw(call, frozen)), callback }, minutes);
}

async function createNew(
	call: Call,
	draft: RequestDraft,
	{ minutes, guard, key, reuseExisting, reuseIdentical, withFiles }: CreateSettings & Waiting,
): Promise<Generation> {
	const uploaded = withFiles ? draft : await uploadFiles(call, draft, reuseExisting);
	if (guard && uploaded !== draft && hasFiles(draft)) await checkDraftCost(call, guard, uploaded);
	const request = buildRequest(uploaded);
	const digest = await digestOf(draft, withFiles || reuseExisting);
	if (reuseIdentical) return await shareIdentical(call, digest, request, minutes);
	return await sendOnce(call, recordFor(call, digest, key), request, minutes);
}

/** The generations of a run that identical items share, by the digest of their requests. */
const identical = new PerRun(() => new Map<string, Promise<Generation>>());

/** Identical failed generations that are passed over before it is given up. */
const MOST_FAILED = 10;

async function shareIdentical(
	call: Call,
	digest: string,
	request: GenerationRequest,
	minutes: number,
): Promise<Generation> {
	const known = identical.of(call.run);
	let generation = known.get(digest);
	if (!generation)
		known.set(digest, (generation = createIdentical(call, digest, request, minutes)));
	return await generation;
}

/** Creates a generation, or gets the one that the same request has created before, unless that has failed. */
async function createIdentical(
	call: Call,
	digest: string,
	request: GenerationRequest,
	minutes: number,
): Promise<Generation> {
	const record = recordFor(call, digest, `same-${digest}`);
	for (;;) {
		const sentAt = Date.now();
		const { id } = await sendOnce(call, record, request, minutes);
		const { generation, ageMs } = await requestState(call, id);
		// Older than this request: it was created by an earlier one.
		const isOlder = ageMs !== undefined && ageMs > Date.now() - sentAt + CLOCK_STEP_MS;
		if (!hasFailed(generation) || !isOlder) return generation;
		if (record.failures >= MOST_FAILED) return generation;
		startOver(call, record);
	}
}

/** Dates in HTTP headers have whole seconds. */
const CLOCK_STEP_MS = 2000;

/** Sends the request of a record once, as soon as the plan has a slot for it. */
async function sendOnce(
	call: Call,
	record: IdempotencyRecord,
	request: GenerationRequest,
	minutes: number,
): Promise<Generation> {
	// An agent has asked for the same before, in an execution that is now being retried.
	if (record.result) return (await requestState(call, String(record.result.id))).generation;
	const key = keyToSend(record);
	const { callback } = request;
	const webhookUrl = callback && callbackUrl(callback, key);
	const body = webhookUrl === undefined ? request.body : { ...request.body, webhookUrl };
	record.request = freeze({ ...request, body });
	record.executionId = call.context.getExecutionId();
	let created: unknown;
	const send = async () => {
		const create = async () =>
			await sendOnRecord(record, async (beforeAttempt) => {
				return await sendRequest(call, key, { body, files: request.files }, beforeAttempt);
			});
		const answer = await queues.of(call.run).enqueue(create, minutes);
		if (answer.ok) created = answer.body;
		return answer;
	};
	const resumes = callback?.resumes === true || markerIn(body.webhookUrl) !== undefined;
	const find = async () => (resumes ? (await findByMarker(call, key))?.id : undefined);
	const id = await createOnce(call, record, send, find);
	return created === undefined ? (await requestState(call, id)).generation : generationIn(created);
}

async function sendRequest(
	call: Call,
	key: string,
	request: Pick<GenerationRequest, 'body' | 'files'>,
	beforeAttempt: () => void,
): Promise<Answer> {
	const headers = { ...call.request.headers, 'Idempotency-Key': key };
	const send = async ({ body, ...more }: Pick<IHttpRequestOptions, 'body' | 'headers'>) =>
		await call.send(
			{ body, headers: { ...headers, ...more.headers } },
			{
				idempotent: true,
				expects: { name: 'a generation', matches: isGeneration },
				beforeAttempt,
			},
		);
	if (request.files.length === 0) return await send({ body: request.body as never });
	// Few at the same time: each is held in memory.
	return await call.run.withFile(async () => await send(await formOf(request, key)));
}
