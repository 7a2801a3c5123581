import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { rateLimitExceeded } from './errors.mts';
import type { OperationId } from './openapi.mts';
import type { Settings } from './settings.mts';

/** The part of the sandbox's state that rate limits use. */
export interface RateLimitState {
	settings: Settings;
	/** Changes whenever the periods of all rate limits restart. */
	rateLimitPeriod: number;
}

const MINUTE_MS = 60_000;

/** The period of each rate limit, in milliseconds. */
const PERIODS = {
	requestsPerMinute: MINUTE_MS,
	uploadsPerMinute: MINUTE_MS,
	generationsPerMinute: MINUTE_MS,
	speechesPerMinute: MINUTE_MS,
	speechJobsPerMinute: MINUTE_MS,
	clonesPerHour: 60 * MINUTE_MS,
};

type RateLimit = keyof typeof PERIODS;

/** The operations with their own rate limit. The others share `requestsPerMinute`. */
const RATE_LIMITS: Partial<Record<OperationId, RateLimit>> = {
	createAssetUpload: 'uploadsPerMinute',
	createGeneration: 'generationsPerMinute',
	createTts: 'speechesPerMinute',
	createTtsJob: 'speechJobsPerMinute',
	cloneVoice: 'clonesPerHour',
};

/**
 * Creates the rate limiter of an app.
 *
 * @returns a function that counts a request and throws an ApiError if its API key exceeds the limit
 */
export async function createRateLimiter(
	app: FastifyInstance,
	state: RateLimitState,
): Promise<(request: FastifyRequest, operation: OperationId) => Promise<void>> {
	await app.register(rateLimit, { global: false });
	const limiters = Object.fromEntries(
		Object.entries(PERIODS).map(([name, timeWindow]) => [
			name,
			app.createRateLimit({
				timeWindow,
				max: () => state.settings[name as RateLimit] ?? 0,
				keyGenerator: ({ caller }: FastifyRequest) =>
					`${name} ${caller?.apiKey} ${state.rateLimitPeriod}`,
			}),
		]),
	);
	return async (request, operation) => {
		const { settings } = state;
		const limit = RATE_LIMITS[operation] ?? 'requestsPerMinute';
		if (settings[limit] === null) return;
		const result = await limiters[limit](request);
		if (!result.isAllowed && result.isExceeded) {
			throw rateLimitExceeded(settings.sendRetryAfter ? result.ttlInSeconds : undefined);
		}
	};
}
