import type { components } from '../../nodes/shared/api.ts';
import { ApiError, unknownAddress } from '../core/errors.mts';
import type { ApiRequest, Handlers } from '../core/handlers.mts';
import { PRICES } from './prices.mts';
import type { State } from '../state.mts';

type Schemas = components['schemas'];

/** What is counted for media whose length is not known, in seconds. */
const UNKNOWN_SECONDS = 10;

/** How fast a script is spoken. */
const CHARACTERS_PER_SECOND = 15;

const unavailable = () =>
	new ApiError(422, {
		message: 'A cost estimate is not available for this request',
		errorCode: 'cost_estimate_unavailable',
	});

const isPriced = (model: string): model is keyof typeof PRICES => Object.hasOwn(PRICES, model);

/**
 * What so many seconds cost.
 *
 * @throws ApiError when there is no price for the model
 */
function estimated(model: string, seconds: number, fps = 30): Schemas['Estimate'] {
	if (!isPriced(model)) throw unavailable();
	return {
		estimatedFrameCount: Math.ceil(seconds * fps),
		estimatedGenerationCost: Number((PRICES[model] * seconds).toFixed(4)),
	};
}

/** How long a part of the input is; undefined for what the output's length does not depend on. */
function secondsOf(
	input: Schemas['Input'],
	{ caller }: ApiRequest<'analyzeCost'>,
	{ assets }: State,
): number | undefined {
	if (input.type === 'image') return undefined;
	if (input.type === 'text') return input.provider.script.length / CHARACTERS_PER_SECOND;
	const asset = assets.get(input.assetId ?? '', caller.userId)?.asset;
	return asset?.durationSeconds ?? UNKNOWN_SECONDS;
}

/** An estimate from model and duration. @param url the address, by which it may be unknown */
const estimate =
	(url: string) =>
	(
		{ body }: ApiRequest<'estimateGeneration' | 'estimateGenerationAlias'>,
		{ settings }: State,
	): Schemas['Estimate'] => {
		if (settings.costEstimate === 404) throw unknownAddress('POST', url);
		if (settings.costEstimate === 422) throw unavailable();
		const { model, duration, fps } = body;
		return { ...estimated(model, duration, fps), estimatedCredits: null };
	};

/** What a generation would cost, by either of the two ways to ask; which of them the real API has is not sure. */
export const estimateHandlers: Handlers = {
	estimateGeneration: estimate('/v2/generations/estimate'),

	estimateGenerationAlias: estimate('/v2/generate/estimate-cost'),

	analyzeCost: (request, state) => {
		const { costAnalysis } = state.settings;
		if (costAnalysis === 404) throw unknownAddress('POST', '/v2/analyze/cost');
		if (costAnalysis === 422) throw unavailable();
		const { model, input } = request.body;
		// The output is as long as what is heard: by default, the video is made to fit.
		const [seconds = UNKNOWN_SECONDS] = [...input]
			.sort((part) => (part.type === 'video' ? 1 : -1))
			.flatMap((part) => secondsOf(part, request, state) ?? []);
		return [estimated(model, seconds)];
	},
};
