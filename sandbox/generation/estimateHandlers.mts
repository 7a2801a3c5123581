import type { components } from '../../nodes/shared/api.ts';
import type { AssetStore } from '../asset/store.mts';
import { ApiError, routeNotFound } from '../core/errors.mts';
import type { ApiRequest, Handlers } from '../core/handlerTypes.mts';
import type { Settings } from '../core/settings.mts';
import { PRICES } from './prices.mts';
import type { Input } from './types.mts';

/** The part of the sandbox's state that estimates use. */
interface EstimateState {
	settings: Settings;
	assets: AssetStore;
}

type Estimate = components['schemas']['Estimate'];

/** The assumed duration of media whose duration is unknown. */
const DEFAULT_SECONDS = 10;

const SPOKEN_CHARACTERS_PER_SECOND = 15;

const estimateUnavailable = () =>
	new ApiError(422, {
		message: 'A cost estimate is not available for this request',
		errorCode: 'cost_estimate_unavailable',
	});

const hasPrice = (model: string): model is keyof typeof PRICES => Object.hasOwn(PRICES, model);

/** Estimates the cost of an output. @throws ApiError if the price of the model is unknown */
function estimateCost(model: string, seconds: number, fps = 30): Estimate {
	if (!hasPrice(model)) throw estimateUnavailable();
	return {
		estimatedFrameCount: Math.ceil(seconds * fps),
		estimatedGenerationCost: Number((PRICES[model] * seconds).toFixed(4)),
	};
}

/** Gets the duration of an input in seconds. */
function getInputDuration(
	input: Input,
	{ caller }: ApiRequest<'analyzeCost'>,
	{ assets }: EstimateState,
): number {
	if (input.type === 'text') return input.provider.script.length / SPOKEN_CHARACTERS_PER_SECOND;
	const asset = assets.get(input.assetId ?? '', caller.userId)?.asset;
	return asset?.durationSeconds ?? DEFAULT_SECONDS;
}

/** Creates a handler that estimates from model and duration. @param url for the error if the route is disabled */
const createEstimateHandler =
	(url: string) =>
	(
		{ body }: ApiRequest<'estimateGeneration' | 'estimateGenerationAlias'>,
		{ settings }: EstimateState,
	): Estimate => {
		if (settings.costEstimate === 404) throw routeNotFound('POST', url);
		if (settings.costEstimate === 422) throw estimateUnavailable();
		const { model, duration, fps } = body;
		return { ...estimateCost(model, duration, fps), estimatedCredits: null };
	};

/** Cost estimates. It is uncertain which of these operations the real API has. */
export const estimateHandlers: Handlers<EstimateState> = {
	estimateGeneration: createEstimateHandler('/v2/generations/estimate'),

	estimateGenerationAlias: createEstimateHandler('/v2/generate/estimate-cost'),

	analyzeCost: (request, state) => {
		const { costAnalysis } = state.settings;
		if (costAnalysis === 404) throw routeNotFound('POST', '/v2/analyze/cost');
		if (costAnalysis === 422) throw estimateUnavailable();
		const { model, input } = request.body;
		// By default, the output is as long as the audio.
		const durationSource =
			input.findLast(({ type }) => type === 'audio' || type === 'text') ??
			input.find(({ type }) => type === 'video');
		const seconds = durationSource
			? getInputDuration(durationSource, request, state)
			: DEFAULT_SECONDS;
		return [estimateCost(model, seconds)];
	},
};
