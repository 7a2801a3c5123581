import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { ApiError } from './errors.mts';

const invalidKey = () =>
	new ApiError(400, {
		message: 'Idempotency-Key must be 1 to 128 characters: letters, digits, ".", "_", "~" and "-"',
		errorCode: 'INVALID_IDEMPOTENCY_KEY',
		error: 'Bad Request',
	});

/** The error code of the real API for this is unknown. */
const keyConflict = () =>
	new ApiError(409, {
		message: 'This Idempotency-Key was used with another request body',
		error: 'Conflict',
	});

/**
 * The server can't tell whether the request succeeded.
 *
 * @param generationId the ID of the generation, if it is known
 */
export const outcomeUnknown = (generationId?: string) =>
	new ApiError(503, {
		message: 'The outcome of this request is unknown',
		errorCode: 'IDEMPOTENCY_OUTCOME_UNKNOWN',
		...(generationId !== undefined && { generationId }),
	});

/**
 * Gets the Idempotency-Key of a request; undefined if there is none.
 *
 * @throws ApiError if the key is invalid
 */
export function getIdempotencyKey(headers: IncomingHttpHeaders): string | undefined {
	// Node joins repeated headers with a comma, which is not valid in a key.
	const key = headers['idempotency-key'] as string | undefined;
	if (key !== undefined && !/^[A-Za-z0-9._~-]{1,128}$/.test(key)) throw invalidKey();
	return key;
}

/** The results of requests with an Idempotency-Key. Keys are shared by all members of the organization. */
export class IdempotentRequests<Result> {
	private readonly requests = new Map<string, { digest: string; result: Promise<Result> }>();

	/**
	 * Handles a request once per key, even if it arrives twice at the same time. The key of a failed request can be
	 * reused.
	 *
	 * @param key if undefined, the request is always handled
	 * @param content must be the same in every request with this key
	 * @throws ApiError if the key was used with different content
	 */
	async handleOnce(
		key: string | undefined,
		content: unknown,
		handle: () => Promise<Result>,
	): Promise<{ result: Result; isFirst: boolean }> {
		if (key === undefined) return { result: await handle(), isFirst: true };
		const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
		const first = this.requests.get(key);
		if (first) {
			if (first.digest !== digest) throw keyConflict();
			return { result: await first.result, isFirst: false };
		}
		const request = { digest, result: handle() };
		this.requests.set(key, request);
		try {
			return { result: await request.result, isFirst: true };
		} catch (error) {
			// A reset may have let another request use the key.
			if (this.requests.get(key) === request) this.requests.delete(key);
			throw error;
		}
	}

	/** Forgets all keys. */
	reset(): void {
		this.requests.clear();
	}
}
