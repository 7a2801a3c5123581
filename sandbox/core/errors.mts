import { STATUS_CODES } from 'node:http';

/** An answer of the Sync API that is not a success. */
export class ApiError extends Error {
	readonly body: object;

	/**
	 * @param status the HTTP status
	 * @param body what the API says, without the status
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

/** A request that no client should send. */
export class BadRequest extends ApiError {
	/** @param faults what is wrong with it, one by one */
	constructor(faults: string[]) {
		super(400, { message: faults, error: 'Bad Request' });
	}
}

/** The key is missing: one of the two shapes of a 401 that were seen from the real API. */
export const keyMissing = () =>
	new ApiError(401, {
		message: 'Either Cookie or x-api-key header must be provided',
		error: 'Unauthorized',
	});

/** The key is wrong: the other shape. */
export const keyInvalid = () => new ApiError(401, { message: 'Unauthorized' });

/** What the API's framework says of an address that it does not know. */
export const unknownAddress = (method: string, url: string) =>
	new ApiError(404, { message: `Cannot ${method} ${url}`, error: 'Not Found' });

/** What the API's framework says with a status and nothing to add. */
export const plainError = (status: number, message = STATUS_CODES[status] ?? 'Error') =>
	new ApiError(status, { message, error: STATUS_CODES[status] });

/**
 * More requests in a minute than the key may send.
 *
 * @param retryAfter seconds until it may send again; undefined: it is not said
 */
export const rateLimited = (retryAfter?: number) =>
	new ApiError(
		429,
		{
			message: 'Rate limit exceeded. Please try again later.',
			errorCode: 'rate_limit_exceeded',
			error: 'Too Many Requests',
		},
		retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
	);

/** A fault of the server itself. */
export const internalError = (requestId: string) =>
	new ApiError(500, {
		message: 'Internal server error',
		errorCode: 'internal_error',
		requestId,
	});
