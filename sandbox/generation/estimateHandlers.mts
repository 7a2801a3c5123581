import type { components } from '../../nodes/shared/api.ts';
import type { AssetStore } from '../asset/store.mts';
import { ApiError, routeNotFound } from '../core/errors.mts';
import type { ApiRequest, Handlers } from '../core/handlerTypes.mts';
import type { Settings } from '../core/settings.mts';
import { PRICES } from './prices.mts';
import type { Input } from './types.mts';

/** What estimates need from the state of the sandbox. */
interface EstimateContext {
	settings: Settings;
	assets: AssetStore;
}

type Estimate = components['schemas']['Estimate'];

/** The duration to assume for media whose duration is unknown. */
const DEFAULT_SECONDS = 10;

/** The speed of speech. */
const CHARACTERS_PER_SECOND = 15;

const estimateUnavailable = () =>
	new ApiError(422, {
		message: 'A cost estimate is not available for this request',
		errorCode: 'cost_estimate_unavailable',
	});

const hasPrice = (model: string): model is keyof typeof PRICES => Object.hasOwn(PRICES, model);

/** Estimates the cost of an output. @throws ApiError if the model has no price */
function estimateCost(model: string, seconds: number, fps = 30): Estimate {
	if (!hasPrice(model)) throw estimateUnavailable();
	return {
		estimatedFrameCount: Math.ceil(seconds * fps),
		estimatedGenerationCost: Number((PRICES[model] * seconds).toFixed(4)),
	};
}

/** The duration of an input in seconds. */
function inputDuration(
	input: Input,
	{ caller }: ApiRequest<'analyzeCost'>,
	{ assets }: EstimateContext,
): number {
	if (input.type === 'text') return input.provider.script.length / CHARACTERS_PER_SECOND;
	const asset = assets.get(input.assetId ?? '', caller.userId)?.asset;
	return asset?.durationSeconds ?? DEFAULT_SECONDS;
}

/** Handles a request for an estimate from model and duration. @param url for the error if the route is switched off */
const estimate =
	(url: string) =>
	(
		{ body }: ApiRequest<'estimateGeneration' | 'estimateGenerationAlias'>,
		{ settings }: EstimateContext,
	): Estimate => {
		if (settings.costEstimate === 404) throw routeNotFound('POST', url);
		if (settings.costEstimate === 422) throw estimateUnavailable();
		const { model, duration, fps } = body;
		return { ...estimateCost(model, duration, fps), estimatedCredits: null };
	};

/** Cost estimates, by either operation. Which of them the real API has is uncertain. */
export const estimateHandlers: Handlers<EstimateContext> = {
	estimateGeneration: estimate('/v2/generations/estimate'),

	estimateGenerationAlias: estimate('/v2/generate/estimate-cost'),

	analyzeCost: (request, context) => {
		const { costAnalysis } = context.settings;
		if (costAnalysis === 404) throw routeNotFound('POST', '/v2/analyze/cost');
		if (costAnalysis === 422) throw estimateUnavailable();
		const { model, input } = request.body;
		// By default, the output is as long as the audio.
		const decisive =
			input.findLast(({ type }) => type === 'audio' || type === 'text') ??
			input.find(({ type }) => type === 'video');
		const seconds = decisive ? inputDuration(decisive, request, context) : DEFAULT_SECONDS;
		return [estimateCost(model, seconds)];
	},
};
