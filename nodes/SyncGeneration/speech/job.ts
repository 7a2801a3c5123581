import type { IDataObject } from 'n8n-workflow';
import { FailureError, resultFailure, unexpectedBodyError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { PerRun } from '../../shared/transport/run';
import type { ApiResponse, FailedResponse } from '../../shared/transport/sender';
import { recordCreated } from '../paid/created';
import { sendAndRecord } from '../paid/createOnce';
import type { IdempotencyRecord } from '../paid/idempotencyRecord';
import { clearRequest, keyToSend } from '../paid/idempotencyRecord';
import { pollUntilEnded } from '../waiting/pollUntilEnded';
import type { Speech, SpeechJob } from './speechItem';
import { isJob, isSpeech, jobFailure } from './speechItem';

const JOBS = '/v2/tts/jobs';
/** Between two polls of a job, unless the API says: its documentation has `Retry-After: 3`. */
const DEFAULT_PAUSE_MS = 3000;
const MAX_PAUSE_MS = 60_000;
/** Faults that the API reports with 503 too, although it supports jobs. */
const OTHER_UNAVAILABLE = [
	'IDEMPOTENCY_OUTCOME_UNKNOWN',
	'elevenlabs_service_unavailable',
	'usage_dependency_unavailable',
];

/** The answer to the first job of a run: if the account has no jobs, the other items need not try. */
const firstResponses = new PerRun<{ answer?: Promise<ApiResponse> }>(() => ({}));

/**
 * Whether the API says that the account has no jobs, which not all have yet: by 503, as documented, or by what else an
 * API says of a route that is closed. A 503 that is not the API's own may have created a job.
 */
const isJobsUnavailable = ({ failure, fromApi }: FailedResponse): boolean =>
	failure.statusCode === 503
		? fromApi && !OTHER_UNAVAILABLE.includes(failure.errorCode ?? '')
		: [403, 404, 405].includes(failure.statusCode);

/** How a job is waited for, and whether it is needed. */
interface JobOptions {
	/** How long to wait at most. */
	minutes: number;
	/** Whether there is no other way; otherwise an account without jobs is not an error. */
	isOnlyWay: boolean;
}

/**
 * Creates a speech by a job, and waits for its end. The key of the record lets the API create it only once.
 *
 * @returns undefined if the account has no jobs
 * @throws FailureError if the job fails or does not end in time
 */
export async function createByJob(
	item: ItemContext,
	record: IdempotencyRecord,
	body: IDataObject,
	{ minutes, isOnlyWay }: JobOptions,
): Promise<Speech | undefined> {
	const saysNone = (response: ApiResponse) =>
		!isOnlyWay && !response.ok && isJobsUnavailable(response);
	const first = firstResponses.get(item.run);
	if (!isOnlyWay && first.answer && saysNone(await first.answer)) return undefined;
	let wasUncertain = record.isUncertain === true;
	record.request = body;
	const headers = { ...item.baseRequest.headers, 'Idempotency-Key': keyToSend(record) };
	// That there are no jobs is final, unless an attempt before it may have created one: another way could cost twice.
	const isFinal = (response: ApiResponse) => saysNone(response) && !wasUncertain;
	const mayRetry = (failed: FailedResponse) => {
		if (isFinal(failed)) return false;
		wasUncertain ||= failed.uncertain === true;
		return true;
	};
	const expects = { name: 'a speech job', matches: isJob };
	const sent = sendAndRecord(record, async (beforeAttempt) => {
		const options = { idempotent: true, mayRetry, expects, beforeAttempt };
		return await item.send({ url: JOBS, body, headers }, options);
	});
	first.answer ??= sent;
	const response = await sent;
	if (response.ok) {
		const job = response.body as SpeechJob;
		Object.assign(record, { result: job, request: undefined, isUncertain: undefined });
		recordCreated(item, 'speech job', { jobId: job.id });
		return await waitForJob(item, record, minutes, response.retryAfterMs);
	}
	if (isFinal(response)) {
		record.request = record.isUncertain = undefined;
		return undefined;
	}
	if (!record.isUncertain) clearRequest(record);
	throw new FailureError(response.failure);
}

/** Waits for the end of a job that an earlier try has created. Parameters and faults as in {@link createByJob}. */
export async function resumeJob(
	item: ItemContext,
	record: IdempotencyRecord,
	minutes: number,
): Promise<Speech> {
	return await waitForJob(item, record, minutes, 0);
}

/** A status that is not known counts as running. */
async function waitForJob(
	item: ItemContext,
	record: IdempotencyRecord,
	minutes: number,
	firstPause = DEFAULT_PAUSE_MS,
): Promise<Speech> {
	const created = record.result as unknown as SpeechJob;
	const url = `${JOBS}/${encodeURIComponent(created.id)}`;
	const expects = { name: 'a speech job', matches: isJob };
	const job = await pollUntilEnded(item, created, {
		minutes,
		firstPauseMs: Math.min(firstPause, MAX_PAUSE_MS),
		hasEnded: ({ status }) => status === 'SUCCESS' || status === 'FAILED',
		poll: async () => await item.send({ method: 'GET', url, body: undefined }, { expects }),
		pauseMs: ({ retryAfterMs = DEFAULT_PAUSE_MS }) => Math.min(retryAfterMs, MAX_PAUSE_MS),
		onState: (state) => {
			item.errorFields.jobId = state.id;
			record.result = state as SpeechJob & IDataObject;
		},
		timeoutFailure: (state) => timeoutFailure(state, minutes),
	});
	if (job.status === 'FAILED') throw new FailureError(jobFailure(job));
	if (isSpeech(job)) return job;
	throw unexpectedBodyError('a speech', job);
}

const timeoutFailure = ({ id, status }: SpeechJob, minutes: number) =>
	resultFailure(
		`The speech did not finish within ${minutes} minutes (status: ${status})`,
		`Use Retry to keep waiting for it, raise 'Time Limit' under 'Options', or make the script shorter. Job ID: ${id}`,
	);
