import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../../shared/transport/errors';
import type { Call } from '../../shared/transport/operation';
import { bodyOf } from '../../shared/transport/operation';
import { PerRun } from '../../shared/transport/run';
import type { Answer, FailedAnswer } from '../../shared/transport/send';
import type { Job } from '../paid/idempotency';
import { jobOf } from '../paid/idempotency';
import type { Speech, SpeechJob } from './speechItem';
import { failureOfJob, jobIn, speechIn } from './speechItem';

const JOBS = '/v2/tts/jobs';
/** Between two looks at a job, when the API does not say: its documentation has `Retry-After: 3`. */
const USUAL_PAUSE_MS = 3000;
const LONGEST_PAUSE_MS = 60_000;
/** Answers after which asking again makes no sense: wrong key, not allowed, no such job. */
const HOPELESS = [401, 403, 404];
/** Faults that the API calls by 503 too, though it has jobs. */
const OTHER_UNAVAILABLE = [
	'IDEMPOTENCY_OUTCOME_UNKNOWN',
	'elevenlabs_service_unavailable',
	'usage_dependency_unavailable',
];

/** What came of the first try of a run: the others need none when the account has no jobs. */
const firstTries = new PerRun<{ answer?: Promise<Answer> }>(() => ({}));

/**
 * Whether the API says that the account has no jobs, which are not there for all yet: by 503, as documented, and by what
 * else an API says of a way that is closed. A 503 that is not the API's own may have made a job.
 */
const saysNoJobs = ({ failure, fromApi }: FailedAnswer): boolean =>
	failure.statusCode === 503
		? fromApi && !OTHER_UNAVAILABLE.includes(failure.errorCode ?? '')
		: [403, 404, 405].includes(failure.statusCode);

/**
 * Has a speech made by a job, and waits for its end. Safe to send again: the key lets the API make it once.
 *
 * @param minutes how long to wait at most
 * @param isWanted whether there is no other way; otherwise an account without jobs is no failure
 * @returns undefined when the account has no jobs
 * @throws FailureError when the job fails or does not end in time
 */
export async function speakByJob(
	call: Call,
	body: IDataObject,
	minutes: number,
	isWanted: boolean,
): Promise<Speech | undefined> {
	const saysNone = (answer: Answer) => !isWanted && !answer.ok && saysNoJobs(answer);
	const item = jobOf(call);
	const first = firstTries.of(call.context);
	if (!item.unsure && first.answer && saysNone(await first.answer)) return undefined;
	const headers = { ...call.request.headers, 'Idempotency-Key': keyOf(item) };
	const mayTryAgain = (failed: FailedAnswer) => {
		const isOver = saysNone(failed) && !item.unsure;
		item.unsure ||= !isOver && failed.unsure === true;
		return !isOver;
	};
	const sent = call.send({ url: JOBS, body, headers }, mayTryAgain);
	first.answer ??= sent;
	const answer = await sent;
	// After a try that may have begun a job, another way could cost twice.
	if (saysNone(answer) && !item.unsure) return undefined;
	const job = jobIn(bodyOf(answer));
	item.unsure = true;
	call.subject.jobId = job.id;
	return await untilSpoken(call, job, minutes, answer.retryAfterMs);
}

/** How many jobs of an item have failed, over all tries that n8n makes of it: the next one is another job. */
const failures = new WeakMap<Job, number>();

const keyOf = (item: Job): string => `${item.key}-${failures.get(item) ?? 0}`;

/** Passing faults do not end the waiting; the job is paid for. A status that is not known goes on. */
async function untilSpoken(
	call: Call,
	known: SpeechJob,
	minutes: number,
	firstPause = USUAL_PAUSE_MS,
): Promise<Speech> {
	const deadline = Date.now() + minutes * 60_000;
	const url = `${JOBS}/${encodeURIComponent(known.id)}`;
	let job = known;
	let pause = Math.min(firstPause, LONGEST_PAUSE_MS);
	while (job.status !== 'SUCCESS') {
		if (job.status === 'FAILED') {
			const item = jobOf(call);
			failures.set(item, (failures.get(item) ?? 0) + 1);
			item.unsure = false;
			throw new FailureError(failureOfJob(job));
		}
		const left = deadline - Date.now();
		if (left <= 0) throw new FailureError(notInTime(job, minutes));
		await call.run.sender.pause(Math.min(pause, left));
		const answer = await call.send({ method: 'GET', url, body: undefined });
		pause = Math.min(answer.retryAfterMs ?? USUAL_PAUSE_MS, LONGEST_PAUSE_MS);
		if (answer.ok) job = jobIn(answer.body);
		else if (HOPELESS.includes(answer.failure.statusCode)) throw new FailureError(answer.failure);
	}
	return speechIn(job);
}

const notInTime = ({ status }: SpeechJob, minutes: number) => ({
	message: `The speech is not finished after ${minutes} minutes, but ${status}`,
	statusCode: 200,
	errorCode: null,
	hint: 'Raise Time Limit under Options, or make the script shorter',
	requestId: null,
});
