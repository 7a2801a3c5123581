import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header with the signature of a webhook call: `t=<seconds since 1970>,v1=<hexadecimal>`. */
export const SIGNATURE_HEADER = 'sync-signature';

const SIGNATURE = /^t=(\d+),v1=([0-9a-f]{64})$/i;

/** How to verify a signature. */
export interface SignatureSettings {
	/** The secret including `whsec_`. The text itself is the key: it is not decoded. */
	secret: string;
	/** Maximum difference between the call's time and ours, in seconds; 0 for no limit. */
	tolerance: number;
}

/**
 * Verifies the signature of a webhook call: an HMAC of the time, a dot and the raw body. The documentation sets
 * no tolerance for the time.
 *
 * @param rawBody the exact bytes received
 * @param header the value of {@link SIGNATURE_HEADER}
 * @param now in ms since 1970
 * @returns what is wrong; undefined if sync.so signed the call
 */
export function findSignatureProblem(
	rawBody: Buffer,
	header: unknown,
	{ secret, tolerance }: SignatureSettings,
	now = Date.now(),
): string | undefined {
	const [, time, signature] = SIGNATURE.exec(String(header ?? '')) ?? [];
	if (signature === undefined) return 'The webhook has no Sync-Signature header';
	const expected = createHmac('sha256', secret).update(`${time}.`).update(rawBody).digest();
	// timingSafeEqual throws if the lengths differ, but both are 32 bytes.
	if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) {
		return "The Sync-Signature header doesn't match the body and the 'Webhook Signing Secret'";
	}
	const isOutsideTolerance = tolerance > 0 && Math.abs(now / 1000 - Number(time)) > tolerance;
	return isOutsideTolerance ? 'The webhook is too old' : undefined;
}
