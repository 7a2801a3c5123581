import { STATUS_CODES } from 'node:http';

/** An error response of the API. */
export class ApiError extends Error {
	/** The response body. */
	readonly body: object;

	/**
	 * @param status HTTP status
	 * @param body the response body, without the status
	 */
	constructor(
		readonly status: number,
		body: { message: string | string[]; [field: string]: unknown },
		readonly headers: Record<string, string> = {},
	) {
		super([body.message].flat().join('; '));
		this.body = { statusCode: status, ...body };
	}
}

/** A request that violates the contract. Also logged as a violation. */
export class BadRequestError extends ApiError {
	/** @param messages one for each problem */
	constructor(messages: string[]) {
		super(400, { message: messages, error: 'Bad Request' });
	}
}

/** The request has no API key. The real API has a different body for an invalid key. */
export const missingApiKey = () =>
	new ApiError(401, {
		message: 'Either Cookie or x-api-key header must be provided',
		error: 'Unauthorized',
	});

/** The API key is invalid. */
export const invalidApiKey = () => new ApiError(401, { message: 'Unauthorized' });

/** The route does not exist. The body is that of the real API's framework. */
export const routeNotFound = (method: string, url: string) =>
	new ApiError(404, { message: `Cannot ${method} ${url}`, error: 'Not Found' });

/** An error without a code, as the real API's framework sends it. @param message default: the name of the status */
export const httpError = (status: number, message = STATUS_CODES[status] ?? 'Error') =>
	new ApiError(status, { message, error: STATUS_CODES[status] });

/** Too many requests within a rate limit period. @param retryAfter in seconds; undefined sends no Retry-After */
export const rateLimitExceeded = (retryAfter?: number) =>
	new ApiError(
		429,
		{
			message: 'Rate limit exceeded. Please try again later.',
			errorCode: 'rate_limit_exceeded',
			error: 'Too Many Requests',
		},
		retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
	);

/** An unexpected error in the server. */
export const internalError = (requestId: string) =>
	new ApiError(500, {
		message: 'Internal server error',
		errorCode: 'internal_error',
		requestId,
	});
