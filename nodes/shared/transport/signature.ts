import type { IWebhookFunctions } from 'n8n-workflow';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** The headers of a webhook call. */
type Headers = ReturnType<IWebhookFunctions['getHeaderData']>;

/**
 * The header with the signature of a webhook call: `t=<seconds since 1970>,v1=<hexadecimal>`. The reference page of
 * the payload calls it `X-Signature-Primary`.
 */
const HEADERS = ['sync-signature', 'x-signature-primary'];

const SIGNATURE = /^t=(\d+),\s*v1=([0-9a-f]{64})$/i;
/** That reference page doesn't mention a time, so the other header may have the signature of the body alone. */
const SIGNATURE_WITHOUT_TIME = /^(?:sha256=)?([0-9a-f]{64})$/i;

/** The signature of a webhook call. */
export interface Signature {
	/** An HMAC of the time, a dot and the raw body. */
	mac: Buffer;
	/** In seconds since 1970, as sent. Without it, the HMAC is that of the raw body. */
	time?: string;
}

/**
 * Reads the signature of a webhook call, and checks its age.
 *
 * @param tolerance maximum difference between the call's time and ours, in seconds; 0 for no limit
 * @param now in ms since 1970
 * @returns what is wrong if there is no valid signature
 */
export function readSignature(
	headers: Headers,
	tolerance: number,
	now = Date.now(),
): Signature | { problem: string } {
	const [standard, other] = HEADERS.map((name) => String(headers[name] ?? ''));
	const [, time, mac] = SIGNATURE.exec(standard || other) ?? [];
	if (mac !== undefined) {
		const isOutsideTolerance = tolerance > 0 && Math.abs(now / 1000 - Number(time)) > tolerance;
		if (isOutsideTolerance) return { problem: 'The webhook is too old' };
		return { time, mac: Buffer.from(mac, 'hex') };
	}
	const [, bareMac] = (standard ? undefined : SIGNATURE_WITHOUT_TIME.exec(other)) ?? [];
	if (bareMac === undefined) return { problem: 'The webhook has no Sync-Signature header' };
	if (tolerance > 0) {
		return { problem: "The signature has no time, so 'Signature Tolerance (Seconds)' must be 0" };
	}
	return { mac: Buffer.from(bareMac, 'hex') };
}

/**
 * Whether a secret signed the raw body, in constant time.
 *
 * @param rawBody the exact bytes received
 * @param secret including `whsec_`. The text itself is the key: it is not decoded.
 */
export function isSignedWith(secret: string, rawBody: Buffer, { time, mac }: Signature): boolean {
	const hmac = createHmac('sha256', secret);
	if (time !== undefined) hmac.update(`${time}.`);
	// timingSafeEqual throws if the lengths differ, but both are 32 bytes.
	return timingSafeEqual(hmac.update(rawBody).digest(), mac);
}
