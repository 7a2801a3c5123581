import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { ApiError } from './errors.mts';

const invalidKey = () =>
	new ApiError(400, {
		message: 'Idempotency-Key must be 1 to 128 characters: letters, digits, ".", "_", "~" and "-"',
		errorCode: 'INVALID_IDEMPOTENCY_KEY',
		error: 'Bad Request',
	});

/** The code of the real answer is not known. */
const keyTaken = () =>
	new ApiError(409, {
		message: 'This Idempotency-Key was used with another request body',
		error: 'Conflict',
	});

/**
 * It can't be told whether a generation was made.
 *
 * @param generationId the one that was made, where that is known after all
 */
export const outcomeUnknown = (generationId?: string) =>
	new ApiError(503, {
		message: 'The outcome of this request is unknown',
		errorCode: 'IDEMPOTENCY_OUTCOME_UNKNOWN',
		...(generationId !== undefined && { generationId }),
	});

/** The key that came with a request; undefined when none did. @throws ApiError for one that is not as it has to be */
export function idempotencyKey(headers: IncomingHttpHeaders): string | undefined {
	// Node puts several headers of one name together with commas, which no key has.
	const key = headers['idempotency-key'] as string | undefined;
	if (key !== undefined && !/^[A-Za-z0-9._~-]{1,128}$/.test(key)) throw invalidKey();
	return key;
}

/** The requests that came with an Idempotency-Key, of all members of the organization. */
export class IdempotentRequests<Result> {
	private readonly known = new Map<string, { digest: string; result: Promise<Result> }>();

	/**
	 * Carries a request out once for its key, also when it comes twice at the same time. One that is refused leaves its key
	 * free.
	 *
	 * @param key undefined: it is carried out each time
	 * @param content what has to be the same in a request with the same key
	 * @throws ApiError for a key that came with other content
	 */
	async once(
		key: string | undefined,
		content: unknown,
		carryOut: () => Promise<Result>,
	): Promise<{ result: Result; isFirst: boolean }> {
		if (key === undefined) return { result: await carryOut(), isFirst: true };
		const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
		const first = this.known.get(key);
		if (first) {
			if (first.digest !== digest) throw keyTaken();
			return { result: await first.result, isFirst: false };
		}
		const result = carryOut();
		const request = { digest, result };
		this.known.set(key, request);
		try {
			return { result: await result, isFirst: true };
		} catch (error) {
			// What came after a reset stays.
			if (this.known.get(key) === request) this.known.delete(key);
			throw error;
		}
	}

	reset(): void {
		this.known.clear();
	}
}
