/** Reads an error response of the storage. @returns its HTTP status, and S3's error code and message */
export async function readError(response: Response): Promise<[number, string?, string?]> {
	const xml = /<Code>(.+)<\/Code><Message>(.+)<\/Message>/.exec(await response.text()) ?? [];
	expect(response.headers.get('content-type')).toMatch(/^application\/xml/);
	return [response.status, xml[1], xml[2]];
}

/** The error of a presigned URL that has expired. */
export const EXPIRED = [403, 'AccessDenied', 'Request has expired'];
