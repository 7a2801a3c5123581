import { ApiError, BadRequest } from '../core/errors.mts';
import { checkGeneration } from './checks.mts';
import { storeFiles } from './files.mts';
import { isFinal, type Generation, type GenerationRequest, type Job } from './store.mts';
import { costsOf, outputAddress, shown } from './views.mts';
import { WithHeaders, type ApiRequest, type Caller, type Handlers } from '../core/handlers.mts';
import { idempotencyKey, outcomeUnknown } from '../core/idempotency.mts';
import { described } from '../core/forms.mts';
import { isFor, type Outcome } from './outcomes.mts';
import type { State } from '../state.mts';
import { WEBHOOK_SECRET } from '../core/webhooks.mts';

/** What came of a request to create a generation. */
export interface Creation {
	answer: Generation;
	/** Whether the first one to ask is told that this is not known. */
	unsure: Outcome['unsure'];
}

const notFound = () =>
	new ApiError(404, { message: 'Generation not found', errorCode: 'generation_not_found' });

const stillProcessing = () =>
	new ApiError(409, {
		message: 'Generation is still processing',
		errorCode: 'generation_not_deletable_while_processing',
	});

/** Of no output that is there yet, and of none that will ever be: how the real API says this is not known. */
const noOutput = (status: 409 | 422) =>
	new ApiError(status, { message: 'Generation has no output', errorCode: 'generation_conflict' });

const tooManyAtOnce = (activeGenerations: number, concurrencyLimit: number, seconds: number) =>
	new ApiError(429, {
		message: 'Concurrency limit reached. Wait for a generation to finish.',
		errorCode: 'concurrency_limit_reached',
		activeGenerations,
		concurrencyLimit,
		retryAfterSeconds: seconds,
		upgradeUrl: 'https://sync.so/pricing',
	});

function find(id: string, { generations }: State): Job {
	const job = generations.get(id);
	if (!job) throw notFound();
	return job;
}

/** Makes a generation, whatever the limits of the plan. */
export function startGeneration(
	request: GenerationRequest,
	{ userId }: Caller,
	origin: string,
	state: State,
): Job {
	const { pendingMs, processingMs } = state.settings;
	const outcome = state.outcomes.take((one) => isFor(one, request));
	const plan = { pendingMs, processingMs, ...outcome };
	return state.generations.begin(request, { createdAt: state.now(), userId, origin, plan });
}

/** Makes the generation that a request asks for, if nothing speaks against it. */
async function create(
	{ body, files, caller, origin }: ApiRequest<'createGeneration'>,
	state: State,
): Promise<Job> {
	checkGeneration(body, files, caller, state);
	const input = [...(await storeFiles(files, caller, origin, state)), ...body.input];
	const { concurrency, concurrencyRetryAfter } = state.settings;
	// Those of batches do not count.
	const active = state.generations.totals.active - state.batches.active;
	if (active >= (concurrency ?? Infinity)) {
		throw tooManyAtOnce(active, concurrency as number, concurrencyRetryAfter);
	}
	return startGeneration({ ...body, input }, caller, origin, state);
}

function list(
	{ query, origin }: Pick<ApiRequest<'listGenerations'>, 'query' | 'origin'>,
	state: State,
): Generation[] {
	const { status, ids, projectId, limit, cursor } = query;
	const found = state.generations
		.all()
		.filter(
			({ generation }) =>
				(status === undefined || status.includes(generation.status)) &&
				(ids === undefined || ids.includes(generation.id)) &&
				(projectId === undefined || projectId === generation.projectId),
		);
	if (cursor !== undefined && limit === undefined) throw new BadRequest(['cursor requires limit']);
	return pageOf(found, limit, cursor).map((job) => shown(job, origin, state));
}

/** With a limit the newest first; without one all of them, in an order that the API does not promise. */
function pageOf(jobs: Job[], limit?: number, cursor?: string): Job[] {
	if (limit === undefined) return jobs;
	const newest = jobs.reverse();
	const last = newest.findIndex(({ generation: { id } }) => id === cursor);
	if (cursor !== undefined && last < 0) throw new BadRequest(['cursor is not valid']);
	return newest.slice(last + 1, last + 1 + limit);
}

/** Generations: create, get, list, count, download and delete; what they cost; the secret of their webhooks. */
export const generationHandlers: Handlers = {
	createGeneration: async (request, state) => {
		const { body, files, headers, origin } = request;
		const key = idempotencyKey(headers);
		const content = [body, files.map(described)];
		const { result, isFirst } = await state.idempotentRequests.once(key, content, async () => {
			const job = await create(request, state);
			return { answer: shown(job, origin, state), unsure: job.plan.unsure };
		});
		const { answer, unsure } = result;
		if (key !== undefined && isFirst && unsure !== undefined) {
			throw outcomeUnknown(unsure === 'withId' ? answer.id : undefined);
		}
		return answer;
	},

	getGeneration: async ({ params, query, origin }, state) => {
		const { wait = false, timeout = 5, include } = query;
		if (wait && include) throw new BadRequest(['include can not be used with wait']);
		const job = find(params.id, state);
		if (!wait) return shown(job, origin, state, include === 'progress');
		await state.generations.untilFinal(job, timeout * 1000);
		return new WithHeaders(shown(job, origin, state), {
			'retry-after': '2',
			'x-sync-wait-mode': 'long_poll',
			'x-sync-wait-timeout-seconds': String(timeout),
		});
	},

	getGenerationAlias: ({ params, origin }, state) => shown(find(params.id, state), origin, state),

	listGenerations: list,

	listGenerationsAlias: list,

	countGenerations: ({ query, caller }, { generations }) => {
		const { status, type = 'api', source = ['api'] } = query;
		const { generationSource = 'api', currentUserOnly = false } = query;
		// All that are here came by the API.
		const isOther = type !== 'api' || generationSource !== 'api' || !source.includes('api');
		const counted = generations
			.all()
			.filter(
				({ generation, userId }) =>
					(status === undefined || status.includes(generation.status)) &&
					(!currentUserOnly || userId === caller.userId),
			);
		return { count: isOther ? 0 : counted.length };
	},

	deleteGeneration: ({ params, origin }, state) => {
		const job = find(params.id, state);
		if (!isFinal(job)) throw stillProcessing();
		state.generations.delete(job.generation.id);
		return shown(job, origin, state);
	},

	getGenerationDownloadUrl: ({ params, origin }, state) => {
		const job = find(params.id, state);
		const address = outputAddress(job, origin, state);
		if (address === null) throw noOutput(isFinal(job) ? 422 : 409);
		return address;
	},

	getGenerationCosts: ({ params }, state) => costsOf(find(params.id, state)),

	getWebhookSecret: ({ query }) => ({
		secret: query.masked ? `${WEBHOOK_SECRET.slice(0, 8)}****` : WEBHOOK_SECRET,
	}),
};
