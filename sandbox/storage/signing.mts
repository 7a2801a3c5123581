import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import { accessDenied, expired, wrongSignature } from './errors.mts';

/** What a signature allows. */
export interface Signed {
	method: 'GET' | 'PUT';
	key: string;
	/** Of the file that is sent; empty for a GET. */
	contentType?: string;
}

/** `20260115T093000Z`. */
const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Makes and checks presigned addresses. They look like those of S3; the way of signing is simpler. */
export class Signer {
	private readonly secret = randomBytes(32);

	/** The query of a presigned address. @param seconds how long it is good for, from now */
	sign(signed: Signed, seconds: number): string {
		const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
		const expires = String(seconds);
		return new URLSearchParams({
			'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
			'X-Amz-Date': date,
			'X-Amz-Expires': expires,
			'X-Amz-SignedHeaders': signed.method === 'PUT' ? 'content-type;host' : 'host',
			'X-Amz-Signature': this.signature(signed, date, expires).toString('hex'),
		}).toString();
	}

	/** Checks a request. @throws StorageError when its address is not signed, has expired, or is signed for another one */
	check(signed: Signed, query: Record<string, string | undefined>): void {
		const { 'X-Amz-Date': date = '', 'X-Amz-Expires': expires = '' } = query;
		const { 'X-Amz-Signature': signature } = query;
		if (signature === undefined || !DATE.test(date)) throw accessDenied();
		const start = Date.parse(date.replace(DATE, '$1-$2-$3T$4:$5:$6Z'));
		if (Date.now() >= start + Number(expires) * 1000) throw expired();
		const given = Buffer.from(signature, 'hex');
		const due = this.signature(signed, date, expires);
		if (given.length !== due.length || !timingSafeEqual(given, due)) throw wrongSignature();
	}

	private signature(signed: Signed, date: string, expires: string): Buffer {
		const { method, key, contentType = '' } = signed;
		const text = [method, key, contentType, date, expires].join('\n');
		return createHmac('sha256', this.secret).update(text).digest();
	}
}
