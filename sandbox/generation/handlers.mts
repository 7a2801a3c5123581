import { ApiError, BadRequestError } from '../core/errors.mts';
import { ResponseWithHeaders, type ApiRequest, type Handlers } from '../core/handlerTypes.mts';
import { WEBHOOK_SECRET } from '../core/webhooks.mts';
import { requireGeneration } from './checks.mts';
import { createGeneration } from './createGeneration.mts';
import { serializeCosts, serializeGeneration, signOutputUrl } from './serializers.mts';
import type { GenerationState } from './state.mts';
import { hasEnded, type StoredGeneration } from './store.mts';
import type { Generation } from './types.mts';

const stillProcessing = () =>
	new ApiError(409, {
		message: 'Generation is still processing',
		errorCode: 'generation_not_deletable_while_processing',
	});

/** The error of the real API is unknown. @param status 409 if there may be an output later, 422 if not */
const noOutput = (status: 409 | 422) =>
	new ApiError(status, { message: 'Generation has no output', errorCode: 'generation_conflict' });

function listGenerations(
	{ query, origin }: Pick<ApiRequest<'listGenerations'>, 'query' | 'origin'>,
	state: GenerationState,
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
	if (cursor !== undefined && limit === undefined) {
		throw new BadRequestError(['cursor requires limit']);
	}
	return takePage(found, limit, cursor).map((stored) => serializeGeneration(stored, origin, state));
}

/** With a limit, the newest generations come first. Without one, the API returns all of them in any order. */
function takePage(all: StoredGeneration[], limit?: number, cursor?: string): StoredGeneration[] {
	if (limit === undefined) return all;
	const newestFirst = all.reverse();
	const last = newestFirst.findIndex(({ generation: { id } }) => id === cursor);
	if (cursor !== undefined && last < 0) throw new BadRequestError(['cursor is not valid']);
	return newestFirst.slice(last + 1, last + 1 + limit);
}

/** Generations: create, get, list, count, download, delete and get costs. Also the webhook signing secret. */
export const generationHandlers: Handlers<GenerationState> = {
	createGeneration,

	getGeneration: async ({ params, query, origin }, state) => {
		const { wait = false, timeout = 5, include } = query;
		if (wait && include) throw new BadRequestError(["include can't be used with wait"]);
		const stored = requireGeneration(params.id, state);
		if (!wait) return serializeGeneration(stored, origin, state, include === 'progress');
		await state.generations.waitForEnd(stored, timeout * 1000);
		return new ResponseWithHeaders(serializeGeneration(stored, origin, state), {
			'retry-after': '2',
			'x-sync-wait-mode': 'long_poll',
			'x-sync-wait-timeout-seconds': String(timeout),
		});
	},

	getGenerationAlias: ({ params, origin }, state) =>
		serializeGeneration(requireGeneration(params.id, state), origin, state),

	listGenerations,

	listGenerationsAlias: listGenerations,

	countGenerations: ({ query, caller }, { generations }) => {
		const { status, type = 'api', source = ['api'] } = query;
		const { generationSource = 'api', currentUserOnly = false } = query;
		// Every generation in the sandbox was created through the API.
		const isOther = type !== 'api' || generationSource !== 'api' || !source.includes('api');
		if (isOther) return { count: 0 };
		const counted = generations
			.all()
			.filter(
				({ generation, userId }) =>
					(status === undefined || status.includes(generation.status)) &&
					(!currentUserOnly || userId === caller.userId),
			);
		return { count: counted.length };
	},

	deleteGeneration: ({ params, origin }, state) => {
		const stored = requireGeneration(params.id, state);
		if (!hasEnded(stored)) throw stillProcessing();
		state.generations.delete(stored.generation.id);
		return serializeGeneration(stored, origin, state);
	},

	getGenerationDownloadUrl: ({ params, origin }, state) => {
		const stored = requireGeneration(params.id, state);
		const url = signOutputUrl(stored, origin, state);
		if (url === null) throw noOutput(hasEnded(stored) ? 422 : 409);
		return url;
	},

	getGenerationCosts: ({ params }, state) => serializeCosts(requireGeneration(params.id, state)),

	getWebhookSecret: ({ query }) => ({
		secret: query.masked ? `${WEBHOOK_SECRET.slice(0, 8)}****` : WEBHOOK_SECRET,
	}),
};
