/** An answer of the Sync API that is not a success. */
export class ApiError extends Error {
	/**
	 * @param status the HTTP status
	 * @param body what the API says, without the status
	 */
	constructor(
		readonly status: number,
		body: { message: string | string[]; [field: string]: unknown },
	) {
		super(String(body.message));
		this.body = { statusCode: status, ...body };
	}

	readonly body: object;
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

/** A request that does not fit the contract. */
export const badRequest = (faults: string[]) =>
	new ApiError(400, { message: faults, error: 'Bad Request' });

/** More requests in a minute than the key may send. */
export const rateLimited = () =>
	new ApiError(429, {
		message: 'Rate limit exceeded. Please try again later.',
		errorCode: 'rate_limit_exceeded',
		error: 'Too Many Requests',
	});

/** A fault of the server itself. */
export const internalError = (requestId: string) =>
	new ApiError(500, {
		message: 'Internal server error',
		errorCode: 'internal_error',
		requestId,
	});
