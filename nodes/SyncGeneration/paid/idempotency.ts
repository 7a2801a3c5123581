import { randomUUID } from 'node:crypto';
import type { IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { Failure } from '../../shared/transport/errors';
import { FailureError, failureOfInput } from '../../shared/transport/errors';
import type { Call } from '../../shared/transport/operation';
import type { Answer, FailedAnswer } from '../../shared/transport/send';
import { TRANSIENT_STATUSES } from '../../shared/transport/send';
import type { GenerationRequest } from '../request/request';

const KEY = /^[A-Za-z0-9._~-]{1,128}$/;
const LONGEST_WAIT_MS = 60_000;

/**
 * The generation of one item, over all tries that n8n makes of it (Retry On Fail). What is noted here is not done again:
 * a second try that differed, because an expression gave another value or a file was uploaded anew, would be another job.
 */
export interface Job {
	/** What sync.so tells a second try by. */
	readonly key: string;
	/** What is asked for. */
	request?: GenerationRequest;
	/** Whether it may have been made, although no try was answered. */
	unsure: boolean;
	/** The generation that was made. */
	generationId?: string;
}

/** The jobs of one run of a node by item; those of one call of an AI agent. */
interface Jobs {
	byItem: Map<number, Job>;
	/** Which item a key belongs to. */
	items: Map<string, number>;
}

const runs = new WeakMap<object, Jobs>();

/**
 * What stays the same when n8n tries a node again, and nothing else has: its execute data. A tool that an agent calls by
 * itself has the agent's, for all its calls; but n8n hands each try of one call the same arguments.
 */
function identityOf(context: IExecuteSingleFunctions): object {
	const executeData = context.getExecuteData();
	const isOwn = executeData.node.name === context.getNode().name;
	return isOwn ? executeData : context.getInputData(0, NodeConnectionTypes.AiTool).json;
}

/**
 * The job of the item of a call; the same one when n8n tries the item again.
 *
 * @throws FailureError when the key that was typed in can't be used
 */
export function jobOf(call: Call): Job {
	const identity = identityOf(call.context);
	let jobs = runs.get(identity);
	if (!jobs) runs.set(identity, (jobs = { byItem: new Map(), items: new Map() }));
	const item = call.context.getItemIndex();
	const known = jobs.byItem.get(item);
	if (known) return known;
	const { idempotencyKey } = call.collection('additionalFields');
	const key = idempotencyKey === undefined ? randomUUID() : checkKey(idempotencyKey);
	const other = jobs.items.get(key);
	if (other !== undefined) throw new FailureError(failureOfSharedKey(other));
	const job: Job = { key, unsure: false };
	jobs.byItem.set(item, job);
	jobs.items.set(key, item);
	return job;
}

function checkKey(value: unknown): string {
	const key = String(value).trim();
	if (['string', 'number'].includes(typeof value) && KEY.test(key)) return key;
	throw new FailureError(
		failureOfInput(
			'The Idempotency Key is none that sync.so takes',
			'Use 1 to 128 letters, digits and the signs . _ ~ -, such as the ID of a record',
		),
	);
}

const failureOfSharedKey = (item: number): Failure =>
	failureOfInput(
		`Item ${item} has the same Idempotency Key`,
		'Give every item a key of its own with an expression, e.g. {{ $json.id }}, or leave the key out',
	);

/**
 * Has a generation made by a request with the job's key, and sends it until it is known what became of it: the key
 * lets sync.so make no second one.
 *
 * @param create sends the request, by the policy of the run
 */
export async function createOnce(
	{ run: { sender } }: Call,
	job: Job,
	create: () => Promise<Answer>,
): Promise<Answer> {
	for (let tries = 0; ; tries++) {
		const answer = await create();
		if (answer.ok) return answer;
		job.unsure ||= answer.unsure === true;
		if (!mayPass(answer, job) || tries >= sender.settings.maxRetries) return answer;
		const wait = answer.retryAfterMs ?? 1000 * 2 ** tries;
		await sender.pause(Math.min(wait, LONGEST_WAIT_MS));
	}
}

/** Whether what the policy of the run takes for final may pass for a request that has a key. */
function mayPass({ failure: { statusCode } }: FailedAnswer, job: Job): boolean {
	// The first try, which we had no answer to, is still at work.
	if (statusCode === 409) return job.unsure;
	return statusCode >= 500 && !TRANSIENT_STATUSES.includes(statusCode);
}

/** The generation that an answer names which says nothing else for sure. */
export function namedGeneration({ body }: FailedAnswer): string | undefined {
	const { errorCode, generationId } = body ?? {};
	const isNamed = errorCode === 'IDEMPOTENCY_OUTCOME_UNKNOWN' && typeof generationId === 'string';
	return (isNamed && generationId) || undefined;
}

/** What an answer means for which no generation is known. */
export function failureOfCreate({ failure }: FailedAnswer, job: Job): Failure {
	if (job.unsure) {
		return {
			...failure,
			hint: `${failure.hint ? `${failure.hint}. ` : ''}Whether the generation was made is not known: run it again with the Idempotency Key ${job.key} to get it, without a second one`,
		};
	}
	if (failure.statusCode === 409) {
		return {
			...failure,
			hint: 'The Idempotency Key was used for a generation with other inputs or options: use another key for a new generation',
		};
	}
	return failure;
}

/** The key, set by hand: one of the additional fields. */
export const idempotencyKeyField: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1042-intro',
	description:
		'The same key never makes, and costs, a second generation. Without one, that holds when n8n tries the node again within an execution; with one, such as the ID of a record, it holds across executions too. Up to 128 letters, digits and the signs . _ ~ and -.',
};
