/** An error of the storage, which speaks as S3 does. */
export class StorageError extends Error {
	/**
	 * @param status the HTTP status
	 * @param code S3's name of the error
	 */
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
	) {
		super(message);
	}

	/** The body of the answer. */
	asXml(requestId: string): string {
		return (
			'<?xml version="1.0" encoding="UTF-8"?>\n' +
			`<Error><Code>${this.code}</Code><Message>${this.message}</Message><RequestId>${requestId}</RequestId></Error>`
		);
	}
}

export const accessDenied = () => new StorageError(403, 'AccessDenied', 'Access Denied');

export const expired = () => new StorageError(403, 'AccessDenied', 'Request has expired');

export const wrongSignature = () =>
	new StorageError(
		403,
		'SignatureDoesNotMatch',
		'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
	);

export const noSuchKey = () =>
	new StorageError(404, 'NoSuchKey', 'The specified key does not exist.');

export const methodNotAllowed = () =>
	new StorageError(
		405,
		'MethodNotAllowed',
		'The specified method is not allowed against this resource.',
	);

export const lengthMissing = () =>
	new StorageError(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');

export const tooLarge = () =>
	new StorageError(
		400,
		'EntityTooLarge',
		'Your proposed upload exceeds the maximum allowed object size.',
	);

/** Not an error of S3, which ignores the header: here it shows that a client gave its key away. */
export const keySent = () =>
	new StorageError(400, 'UnexpectedApiKey', 'The API key must not be sent to the storage.');

export const storageFailed = () =>
	new StorageError(500, 'InternalError', 'We encountered an internal error. Please try again.');
