import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import type { Settings } from '../core/settings.mts';

/** The path of the file storage. Its URLs need a signature instead of an API key. */
export const STORAGE_PATH = '/storage';

/** The only request that a presigned URL is valid for. */
export interface SignedRequest {
	method: 'GET' | 'PUT';
	/** The key of the file. */
	key: string;
	/** The content type of an upload. Default: empty. */
	contentType?: string;
}

/** The result of verifying the signature of a request. */
export type SignatureStatus = 'valid' | 'unsigned' | 'expired' | 'mismatch';

/** The compact date of AWS signatures, such as `20260115T093000Z`. */
const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/**
 * Gets the URL of a file, without a signature.
 *
 * @param origin the URL at which the client reaches the sandbox, such as `http://127.0.0.1:8787`
 */
export const getFileUrl = (key: string, origin: string): string =>
	`${origin}${STORAGE_PATH}/${key}`;

/** Gets the key of the file at a URL; undefined if the URL is not in the storage. */
export function getFileKey(url: string, origin: string): string | undefined {
	const start = getFileUrl('', origin);
	return url.startsWith(start) ? url.slice(start.length) : undefined;
}

/** Signs and verifies presigned URLs. They look like those of S3, but have a simpler signature. */
export class UrlSigner {
	private readonly secret = randomBytes(32);

	/**
	 * Creates a presigned URL.
	 *
	 * @param expiresIn how long it is valid, in seconds
	 */
	sign(request: SignedRequest, origin: string, expiresIn: number): string {
		const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
		const expires = String(expiresIn);
		const query = new URLSearchParams({
			'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
			'X-Amz-Date': date,
			'X-Amz-Expires': expires,
			'X-Amz-SignedHeaders': request.method === 'PUT' ? 'content-type;host' : 'host',
			'X-Amz-Signature': this.computeSignature(request, date, expires).toString('hex'),
		});
		return `${getFileUrl(request.key, origin)}?${query.toString()}`;
	}

	/**
	 * Verifies the signature of a request.
	 *
	 * @param query of the URL
	 */
	verify(request: SignedRequest, query: Record<string, string | undefined>): SignatureStatus {
		const { 'X-Amz-Date': date = '', 'X-Amz-Expires': expires = '' } = query;
		const { 'X-Amz-Signature': signature } = query;
		if (signature === undefined || !DATE.test(date)) return 'unsigned';
		const start = Date.parse(date.replace(DATE, '$1-$2-$3T$4:$5:$6Z'));
		if (Date.now() >= start + Number(expires) * 1000) return 'expired';
		const actual = Buffer.from(signature, 'hex');
		const expected = this.computeSignature(request, date, expires);
		const isValid = actual.length === expected.length && timingSafeEqual(actual, expected);
		return isValid ? 'valid' : 'mismatch';
	}

	private computeSignature(request: SignedRequest, date: string, expires: string): Buffer {
		const { method, key, contentType = '' } = request;
		const text = [method, key, contentType, date, expires].join('\n');
		return createHmac('sha256', this.secret).update(text).digest();
	}
}

/** Creates a presigned URL to download a file. It expires after `downloadExpiresIn`. */
export const signDownloadUrl = (
	key: string,
	origin: string,
	{ urls, settings }: { urls: UrlSigner; settings: Settings },
): string => urls.sign({ method: 'GET', key }, origin, settings.downloadExpiresIn);
