import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import type { Settings } from '../core/settings.mts';

/** The path of the file storage. It needs no API key, only a signature. */
export const STORAGE_PATH = '/storage';

/** What a presigned URL allows. */
export interface Grant {
	method: 'GET' | 'PUT';
	/** The key of the file. */
	key: string;
	/** The content type of an upload. Default: empty. */
	contentType?: string;
}

/** The result of checking the signature of a request. */
export type Verdict = 'valid' | 'unsigned' | 'expired' | 'mismatch';

/** The compact date of AWS signatures, such as `20260115T093000Z`. */
const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/**
 * The URL of a file, without a signature.
 *
 * @param origin where the client reaches the sandbox, such as `http://127.0.0.1:8787`
 */
export const fileUrl = (key: string, origin: string): string => `${origin}${STORAGE_PATH}/${key}`;

/** The key of the file that a URL leads to; undefined if the URL is not in the storage. */
export function keyFromUrl(url: string, origin: string): string | undefined {
	const start = fileUrl('', origin);
	return url.startsWith(start) ? url.slice(start.length) : undefined;
}

/** Signs and verifies presigned URLs. They look like those of S3, but the signature is simpler. */
export class UrlSigner {
	private readonly secret = randomBytes(32);

	/**
	 * Gets a presigned URL.
	 *
	 * @param seconds how long it is valid, from now
	 */
	sign(grant: Grant, origin: string, seconds: number): string {
		const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
		const expires = String(seconds);
		const query = new URLSearchParams({
			'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
			'X-Amz-Date': date,
			'X-Amz-Expires': expires,
			'X-Amz-SignedHeaders': grant.method === 'PUT' ? 'content-type;host' : 'host',
			'X-Amz-Signature': this.signature(grant, date, expires).toString('hex'),
		});
		return `${fileUrl(grant.key, origin)}?${query.toString()}`;
	}

	/**
	 * Checks whether a request has a valid signature.
	 *
	 * @param grant what the request does
	 */
	verify(grant: Grant, query: Record<string, string | undefined>): Verdict {
		const { 'X-Amz-Date': date = '', 'X-Amz-Expires': expires = '' } = query;
		const { 'X-Amz-Signature': signature } = query;
		if (signature === undefined || !DATE.test(date)) return 'unsigned';
		const start = Date.parse(date.replace(DATE, '$1-$2-$3T$4:$5:$6Z'));
		if (Date.now() >= start + Number(expires) * 1000) return 'expired';
		const actual = Buffer.from(signature, 'hex');
		const expected = this.signature(grant, date, expires);
		const isValid = actual.length === expected.length && timingSafeEqual(actual, expected);
		return isValid ? 'valid' : 'mismatch';
	}

	private signature(grant: Grant, date: string, expires: string): Buffer {
		const { method, key, contentType = '' } = grant;
		const text = [method, key, contentType, date, expires].join('\n');
		return createHmac('sha256', this.secret).update(text).digest();
	}
}

/** Gets a presigned URL to download a file, valid for as long as the settings say. */
export const downloadUrl = (
	key: string,
	origin: string,
	{ urls, settings }: { urls: UrlSigner; settings: Settings },
): string => urls.sign({ method: 'GET', key }, origin, settings.downloadExpiresIn);
