import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { readContent } from './binaryData.mts';
import { FileLab } from './fileLab.mts';
import { startHttpServer } from './httpServer.mts';

/** Large enough that some of it has arrived when the connection is closed in the middle. */
const CONTENT = randomBytes(4 * 1024 ** 2);
const HALF = CONTENT.length / 2;

const lab = new FileLab('filesystem');

/** Downloads the file of an asset from a storage that answers as the test says. */
async function downloadFrom(
	respond: (request: IncomingMessage, response: ServerResponse, count: number) => void,
	options = {},
) {
	const ranges: Array<string | undefined> = [];
	const storage = await startHttpServer((request, response) => {
		ranges.push(request.headers.range);
		respond(request, response, ranges.length);
	});
	const match = { operationId: 'getAssetDownloadUrl' };
	await lab.control.addFault({ kind: 'status', status: 200, body: `${storage.url}/file`, match });
	const asset = await lab.control.addAssetWithFile({
		size: CONTENT.length,
		type: 'VIDEO',
		name: 'take.mp4',
	});
	const { out, errors } = await lab.download(asset.id, options);
	await storage.close();
	const binary = out[0]?.binary?.data;
	return { ranges, errors, content: binary && (await readContent(binary)) };
}

/** Parses the start of the requested range. */
const parseRangeStart = ({ headers }: IncomingMessage): number =>
	Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);

/** Sends the file from `start` to `end`. If that is not the end of the file, the connection is closed there. */
function sendPart(response: ServerResponse, headers: object, start: number, end = CONTENT.length) {
	response.writeHead(start === 0 ? 200 : 206, {
		'content-length': CONTENT.length - start,
		...(start > 0 && { 'content-range': `bytes ${start}-${CONTENT.length - 1}/${CONTENT.length}` }),
		...headers,
	});
	response.write(CONTENT.subarray(start, end), () => {
		if (end === CONTENT.length) response.end();
		else response.socket?.destroy();
	});
}

const PARTS = { 'accept-ranges': 'bytes', etag: '"1"' };
/** One retry for the rest, which is not available, and another one to start over. */
const TWO_RETRIES = { maxRetries: 2 };
const REST = expect.stringMatching(/^bytes=[1-9]\d*-$/) as string;

test('requests the rest of the same file', async () => {
	const validators: unknown[] = [];
	const { ranges, content } = await downloadFrom((request, response, count) => {
		validators.push(request.headers['if-range']);
		sendPart(response, PARTS, parseRangeStart(request), count === 1 ? HALF : undefined);
	});
	expect([ranges, validators]).toEqual([
		[undefined, REST],
		[undefined, '"1"'],
	]);
	expect(content?.equals(CONTENT)).toBe(true);
});

test('identifies the file by its date if it has no strong ETag', async () => {
	const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
	const headers = { 'accept-ranges': 'bytes', etag: 'W/"1"', 'last-modified': date };
	const validators: unknown[] = [];
	const { content } = await downloadFrom((request, response, count) => {
		validators.push(request.headers['if-range']);
		sendPart(response, headers, parseRangeStart(request), count === 1 ? HALF : undefined);
	});
	expect(validators).toEqual([undefined, date]);
	expect(content?.equals(CONTENT)).toBe(true);
});

test('starts over if the file has changed, without mixing old and new parts', async () => {
	const changed = Buffer.from(CONTENT).reverse();
	const { ranges, content } = await downloadFrom((_request, response, count) => {
		if (count === 1) sendPart(response, PARTS, 0, HALF);
		else response.end(changed);
	}, TWO_RETRIES);
	expect(ranges).toEqual([undefined, REST, undefined]);
	expect(content?.equals(changed)).toBe(true);
});

test('starts over if the storage sends a range other than the requested one', async () => {
	const { ranges, content } = await downloadFrom((_request, response, count) => {
		const parts = [[0, HALF], [1], [0]];
		const [start, end] = parts[count - 1];
		sendPart(response, PARTS, start, end);
	}, TWO_RETRIES);
	expect(ranges).toEqual([undefined, REST, undefined]);
	expect(content?.equals(CONTENT)).toBe(true);
});

test('starts over if the storage does not support ranges', async () => {
	const { ranges, content } = await downloadFrom((_request, response, count) =>
		sendPart(response, {}, 0, count === 1 ? HALF : undefined),
	);
	expect(ranges).toEqual([undefined, undefined]);
	expect(content?.equals(CONTENT)).toBe(true);
});

test('requests the rest with a new URL if the first one has expired', async () => {
	const { ranges, content } = await downloadFrom((request, response, count) => {
		if (count === 2) {
			response.writeHead(403).end('<Error><Message>Request has expired</Message></Error>');
		} else sendPart(response, PARTS, parseRangeStart(request), count === 1 ? HALF : undefined);
	}, TWO_RETRIES);
	expect(ranges).toEqual([undefined, REST, REST]);
	expect(content?.equals(CONTENT)).toBe(true);
});

test('gives up if the download keeps breaking off at the same position', async () => {
	const { ranges, errors } = await downloadFrom((_request, response, count) =>
		sendPart(response, { ...PARTS, etag: `"${count}"` }, 0, HALF),
	);
	expect(errors).toHaveLength(1);
	expect(ranges).toEqual([undefined, REST]);
});

test('does not consider a file of unknown length complete when it is cut off', async () => {
	const { errors, content } = await downloadFrom((_request, response) => {
		response.useChunkedEncodingByDefault = false;
		response.end(CONTENT.subarray(0, HALF));
	});
	expect(content).toBeUndefined();
	expect(errors).toMatchObject([
		{ message: expect.stringMatching(/^The connection to .* broke$/) as string },
	]);
});

test('stops downloading a file of unknown length at Max Size (MB)', async () => {
	let sent = 0;
	const { errors } = await downloadFrom(
		(_request, response) => {
			const more = () => {
				sent++;
				response.write(Buffer.alloc(100_000), (error) => !error && more());
			};
			more();
		},
		{ maxSize: 1 },
	);
	expect(errors[0].message).toContain("which is over 'Max Size (MB)' (1 MB)");
	expect(sent).toBeLessThan(1000);
});

test('follows a redirect within the storage without sending the API key', async () => {
	const keys: unknown[] = [];
	const { content } = await downloadFrom((request, response) => {
		keys.push(request.headers['x-api-key']);
		if (request.url === '/file') response.writeHead(302, { location: '/moved' }).end();
		else response.end(CONTENT);
	});
	expect(content?.equals(CONTENT)).toBe(true);
	expect(keys).toEqual([undefined, undefined]);
});

test.each(['http://169.254.169.254/secret', 'file:///etc/passwd', 'http://example.com/a.mp4'])(
	'does not follow a redirect to %s',
	async (location) => {
		const { errors } = await downloadFrom((_request, response) => {
			response.writeHead(302, { location }).end();
		});
		expect(errors).toMatchObject([{ message: 'sync.so provided no valid URL for the file' }]);
	},
);
