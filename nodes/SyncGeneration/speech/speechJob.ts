import type { IDataObject } from 'n8n-workflow';
import { FailureError, unexpectedBodyError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { PerRun } from '../../shared/transport/run';
import type { ApiResponse, FailedResponse } from '../../shared/transport/sender';
import { sendAndRecord } from '../paid/createOnce';
import type { IdempotencyRecord } from '../paid/idempotencyRecord';
import { clearRequest, keyToSend } from '../paid/idempotencyRecord';
import { recordCreated } from '../paid/recordCreated';
import { waitForJob } from '../waiting/waitForJob';
import type { Speech, SpeechJob } from './speechItem';
import { isJob, isSpeech, jobFailure } from './speechItem';

const JOBS_PATH = '/v2/tts/jobs';
/** The error codes that come with 503 although the account supports jobs. */
const OTHER_503_CODES = [
	'IDEMPOTENCY_OUTCOME_UNKNOWN',
	'elevenlabs_service_unavailable',
	'usage_dependency_unavailable',
];

/** The response to the first job request of a run. If the account doesn't support jobs, the other items skip theirs. */
const firstResponses = new PerRun<{ response?: Promise<ApiResponse> }>(() => ({}));

/**
 * Whether the API says that the account doesn't support jobs; not all accounts do yet. The documented status is 503.
 * The other ones are common for unavailable routes. After a 503 from a gateway, a job may exist nevertheless: its body
 * doesn't repeat the status, as all errors of the API do.
 */
const areJobsUnsupported = ({ failure, body }: FailedResponse): boolean =>
	failure.statusCode === 503
		? body?.statusCode === 503 && !OTHER_503_CODES.includes(failure.errorCode ?? '')
		: [403, 404, 405].includes(failure.statusCode);

/** How to wait for a job. */
interface JobOptions {
	/** Maximum wait. */
	minutes: number;
	/** Whether an account without support for jobs is an error. */
	isJobRequired: boolean;
}

/**
 * Creates a speech with a job, and waits until it ends. The idempotency key of the record prevents a second job.
 *
 * @returns undefined if the account doesn't support jobs, and the job isn't required
 * @throws FailureError if the job can't be created, fails, or doesn't end in time
 */
export async function createWithJob(
	item: ItemContext,
	record: IdempotencyRecord,
	body: IDataObject,
	{ minutes, isJobRequired }: JobOptions,
): Promise<Speech | undefined> {
	const isUnsupported = (response: ApiResponse) =>
		!isJobRequired && !response.ok && areJobsUnsupported(response);
	const first = firstResponses.get(item.run);
	if (!isJobRequired && first.response && isUnsupported(await first.response)) return undefined;
	let mayHaveJob = record.isUncertain === true;
	record.request = body;
	const headers = { ...item.baseRequest.headers, 'Idempotency-Key': keyToSend(record) };
	// A direct request is only safe if no earlier attempt may have created a job: both could be charged.
	const canFallBack = (response: ApiResponse) => isUnsupported(response) && !mayHaveJob;
	const mayRetry = (failed: FailedResponse) => {
		if (canFallBack(failed)) return false;
		mayHaveJob ||= failed.uncertain === true;
		return true;
	};
	const expects = { name: 'a speech job', matches: isJob };
	const sent = sendAndRecord(record, async (beforeAttempt) => {
		const options = { idempotent: true, mayRetry, expects, beforeAttempt };
		return await item.send({ url: JOBS_PATH, body, headers }, options);
	});
	first.response ??= sent;
	const response = await sent;
	if (response.ok) {
		const job = response.body as SpeechJob;
		Object.assign(record, { result: job, request: undefined, isUncertain: undefined });
		recordCreated(item, 'speech job', { jobId: job.id });
		return await waitForSpeech(item, record, minutes, response.retryAfterMs);
	}
	if (canFallBack(response)) {
		record.request = record.isUncertain = undefined;
		return undefined;
	}
	if (!record.isUncertain) clearRequest(record);
	throw new FailureError(response.failure);
}

/** Waits for a job that an earlier attempt created. @throws FailureError like {@link createWithJob} */
export async function resumeJob(
	item: ItemContext,
	record: IdempotencyRecord,
	minutes: number,
): Promise<Speech> {
	return await waitForSpeech(item, record, minutes, 0);
}

/** Polls until the job of a record has ended. */
async function waitForSpeech(
	item: ItemContext,
	record: IdempotencyRecord,
	minutes: number,
	firstPauseMs?: number,
): Promise<Speech> {
	const job = await waitForJob(item, record.result as unknown as SpeechJob, {
		path: JOBS_PATH,
		thing: 'speech',
		expects: { name: 'a speech job', matches: isJob },
		minutes,
		firstPauseMs,
		hasEnded: ({ status }) => status === 'SUCCESS' || status === 'FAILED',
		onState: (state) => {
			item.errorFields.jobId = state.id;
			record.result = state as SpeechJob & IDataObject;
		},
		timeoutHint:
			"Use Retry to keep waiting for it, raise 'Time Limit (Minutes)' under 'Options', or make the script shorter.",
	});
	if (job.status === 'FAILED') throw new FailureError(jobFailure(job));
	if (isSpeech(job)) return job;
	throw unexpectedBodyError('a speech', job);
}
