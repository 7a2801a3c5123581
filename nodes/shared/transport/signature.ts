import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header in which sync.so signs its webhooks: `t=<seconds since 1970>,v1=<hexadecimal>`. */
export const SIGNATURE_HEADER = 'sync-signature';

const SIGNATURE = /^t=(\d+),v1=([0-9a-f]{64})$/i;

/** How a signature is checked. */
export interface SignatureSettings {
	/** The whole secret, `whsec_` included; it is the key as it is, not decoded. */
	secret: string;
	/** How old a call may be, and how far ahead its clock, in seconds; 0: any age. */
	tolerance: number;
}

/**
 * What is wrong with the signature of a webhook; undefined if sync.so has signed it. What is signed is the time, a dot and
 * the body as it came. The documentation sets no tolerance.
 *
 * @param rawBody the exact bytes that came
 * @param header the value of {@link SIGNATURE_HEADER}
 * @param now in milliseconds since 1970
 */
export function findSignatureProblem(
	rawBody: Buffer,
	header: unknown,
	{ secret, tolerance }: SignatureSettings,
	now = Date.now(),
): string | undefined {
	const [, time, signature] = SIGNATURE.exec(String(header ?? '')) ?? [];
	if (signature === undefined) return 'The call has no Sync-Signature';
	const expected = createHmac('sha256', secret).update(`${time}.`).update(rawBody).digest();
	// Both are 32 bytes.
	if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) {
		return 'The Sync-Signature does not match the call and the Webhook Signing Secret';
	}
	const isOld = tolerance > 0 && Math.abs(now / 1000 - Number(time)) > tolerance;
	return isOld ? 'The call is too old' : undefined;
}
