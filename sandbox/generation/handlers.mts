import { ApiError, BadRequest } from '../core/errors.mts';
import { WithHeaders, type ApiRequest, type Handlers } from '../core/handlerTypes.mts';
import { WEBHOOK_SECRET } from '../core/webhooks.mts';
import type { GenerationContext } from './state.mts';
import { createGeneration } from './createGeneration.mts';
import { hasEnded, type StoredGeneration } from './store.mts';
import type { Generation } from './types.mts';
import { costsView, generationView, outputUrl } from './serializers.mts';

const generationNotFound = () =>
	new ApiError(404, { message: 'Generation not found', errorCode: 'generation_not_found' });

const stillProcessing = () =>
	new ApiError(409, {
		message: 'Generation is still processing',
		errorCode: 'generation_not_deletable_while_processing',
	});

/** How the real API reports this is unknown. @param status 409 if there may be an output later, 422 if not */
const noOutput = (status: 409 | 422) =>
	new ApiError(status, { message: 'Generation has no output', errorCode: 'generation_conflict' });

function requireGeneration(id: string, { generations }: GenerationContext): StoredGeneration {
	const stored = generations.get(id);
	if (!stored) throw generationNotFound();
	return stored;
}

function listGenerations(
	{ query, origin }: Pick<ApiRequest<'listGenerations'>, 'query' | 'origin'>,
	context: GenerationContext,
): Generation[] {
	const { status, ids, projectId, limit, cursor } = query;
	const found = context.generations
		.all()
		.filter(
			({ generation }) =>
				(status === undefined || status.includes(generation.status)) &&
				(ids === undefined || ids.includes(generation.id)) &&
				(projectId === undefined || projectId === generation.projectId),
		);
	if (cursor !== undefined && limit === undefined) throw new BadRequest(['cursor requires limit']);
	return takePage(found, limit, cursor).map((stored) => generationView(stored, origin, context));
}

/** Newest first if there is a limit. Otherwise all of them, in an order that the API does not guarantee. */
function takePage(all: StoredGeneration[], limit?: number, cursor?: string): StoredGeneration[] {
	if (limit === undefined) return all;
	const newestFirst = all.reverse();
	const last = newestFirst.findIndex(({ generation: { id } }) => id === cursor);
	if (cursor !== undefined && last < 0) throw new BadRequest(['cursor is not valid']);
	return newestFirst.slice(last + 1, last + 1 + limit);
}

/** Generations: create, get, list, count, download and delete; their costs; the secret of their webhooks. */
export const generationHandlers: Handlers<GenerationContext> = {
	createGeneration,

	getGeneration: async ({ params, query, origin }, context) => {
		const { wait = false, timeout = 5, include } = query;
		if (wait && include) throw new BadRequest(["include can't be used with wait"]);
		const stored = requireGeneration(params.id, context);
		if (!wait) return generationView(stored, origin, context, include === 'progress');
		await context.generations.waitForEnd(stored, timeout * 1000);
		return new WithHeaders(generationView(stored, origin, context), {
			'retry-after': '2',
			'x-sync-wait-mode': 'long_poll',
			'x-sync-wait-timeout-seconds': String(timeout),
		});
	},

	getGenerationAlias: ({ params, origin }, context) =>
		generationView(requireGeneration(params.id, context), origin, context),

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

	deleteGeneration: ({ params, origin }, context) => {
		const stored = requireGeneration(params.id, context);
		if (!hasEnded(stored)) throw stillProcessing();
		context.generations.delete(stored.generation.id);
		return generationView(stored, origin, context);
	},

	getGenerationDownloadUrl: ({ params, origin }, context) => {
		const stored = requireGeneration(params.id, context);
		const url = outputUrl(stored, origin, context);
		if (url === null) throw noOutput(hasEnded(stored) ? 422 : 409);
		return url;
	},

	getGenerationCosts: ({ params }, context) => costsView(requireGeneration(params.id, context)),

	getWebhookSecret: ({ query }) => ({
		secret: query.masked ? `${WEBHOOK_SECRET.slice(0, 8)}****` : WEBHOOK_SECRET,
	}),
};
