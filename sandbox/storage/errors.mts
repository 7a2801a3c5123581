/** An error response of the file storage, in the format of S3. */
export class StorageError extends Error {
	/**
	 * @param status HTTP status
	 * @param code S3 error code
	 */
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
	) {
		super(message);
	}

	/** Gets the response body. */
	toXml(requestId: string): string {
		return (
			'<?xml version="1.0" encoding="UTF-8"?>\n' +
			`<Error><Code>${this.code}</Code><Message>${this.message}</Message><RequestId>${requestId}</RequestId></Error>`
		);
	}
}

/** The URL has no signature. */
export const accessDenied = () => new StorageError(403, 'AccessDenied', 'Access Denied');

/** The presigned URL has expired. */
export const urlExpired = () => new StorageError(403, 'AccessDenied', 'Request has expired');

/** The URL was signed for another request. */
export const signatureMismatch = () =>
	new StorageError(
		403,
		'SignatureDoesNotMatch',
		'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
	);

/** The file does not exist. */
export const noSuchKey = () =>
	new StorageError(404, 'NoSuchKey', 'The specified key does not exist.');

/** The method is neither GET nor PUT. */
export const methodNotAllowed = () =>
	new StorageError(
		405,
		'MethodNotAllowed',
		'The specified method is not allowed against this resource.',
	);

/** An upload has no Content-Length header. */
export const missingContentLength = () =>
	new StorageError(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');

/** An upload exceeds the maximum size. */
export const entityTooLarge = () =>
	new StorageError(
		400,
		'EntityTooLarge',
		'Your proposed upload exceeds the maximum allowed object size.',
	);

/** S3 ignores this header. The error reveals clients that leak their API key. */
export const unexpectedApiKey = () =>
	new StorageError(400, 'UnexpectedApiKey', 'The API key must not be sent to the storage.');

/** An unexpected error in the storage. */
export const internalError = () =>
	new StorageError(500, 'InternalError', 'We encountered an internal error. Please try again.');
