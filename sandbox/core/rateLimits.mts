import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { rateLimitExceeded } from './errors.mts';
import type { OperationId } from './openapi.mts';
import type { Settings } from './settings.mts';

/** What rate limiting needs from the state of the sandbox. */
export interface RateLimitContext {
	settings: Settings;
	/** Changes when the periods of all rate limits start again. */
	rateLimitPeriod: number;
}

const MINUTE = 60_000;

/** The settings that are rate limits, and the period of each, in milliseconds. */
const PERIODS = {
	requestsPerMinute: MINUTE,
	uploadsPerMinute: MINUTE,
	generationsPerMinute: MINUTE,
	speechesPerMinute: MINUTE,
	speechJobsPerMinute: MINUTE,
	clonesPerHour: 60 * MINUTE,
};

type RateLimit = keyof typeof PERIODS;

/** The operations with a rate limit of their own. */
const RATE_LIMITS: Partial<Record<OperationId, RateLimit>> = {
	createAssetUpload: 'uploadsPerMinute',
	createGeneration: 'generationsPerMinute',
	createTts: 'speechesPerMinute',
	createTtsJob: 'speechJobsPerMinute',
	cloneVoice: 'clonesPerHour',
};

/**
 * Creates the rate limits of an app.
 *
 * @returns a function that counts a request for its API key. It throws an ApiError if there were too many.
 */
export async function createRateLimiter(
	app: FastifyInstance,
	context: RateLimitContext,
): Promise<(request: FastifyRequest, operation: OperationId) => Promise<void>> {
	await app.register(rateLimit, { global: false });
	const limiters = Object.fromEntries(
		Object.entries(PERIODS).map(([name, timeWindow]) => [
			name,
			app.createRateLimit({
				timeWindow,
				max: () => context.settings[name as RateLimit] ?? 0,
				keyGenerator: ({ caller }: FastifyRequest) =>
					`${name} ${caller?.key} ${context.rateLimitPeriod}`,
			}),
		]),
	);
	return async (request, operation) => {
		const { settings } = context;
		const limit = RATE_LIMITS[operation] ?? 'requestsPerMinute';
		if (settings[limit] === null) return;
		const result = await limiters[limit](request);
		if (!result.isAllowed && result.isExceeded) {
			throw rateLimitExceeded(settings.sendRetryAfter ? result.ttlInSeconds : undefined);
		}
	};
}
