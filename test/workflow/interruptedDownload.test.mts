import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { readContent } from './binaryData.mts';
import { startHttpServer } from './httpServer.mts';
import { FileLab } from './fileLab.mts';

/** Large enough that some of it has arrived for certain when the connection is closed in the middle. */
const CONTENT = randomBytes(4 * 1024 ** 2);
const HALF = CONTENT.length / 2;

const lab = new FileLab('filesystem');

/** Downloads the file of an asset that a storage keeps, which answers as the test says. */
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
	const asset = await lab.control.addStoredAsset({
		size: CONTENT.length,
		type: 'VIDEO',
		name: 'take.mp4',
	});
	const { out, errors } = await lab.download(asset.id, options);
	await storage.close();
	const binary = out[0]?.binary?.data;
	return { ranges, errors, content: binary && (await readContent(binary)) };
}

/** Where the requested part begins. */
const parseRangeStart = ({ headers }: IncomingMessage): number =>
	Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);

/** Sends the file from `start` on, but nothing after `end`: there, the connection is closed. */
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
/** A retry for the rest that can't be had, and another for what is done instead. */
const TWICE = { maxRetries: 2 };
const REST = expect.stringMatching(/^bytes=[1-9]\d*-$/) as string;

test('requests the rest of the same file', async () => {
	const marks: unknown[] = [];
	const { ranges, content } = await downloadFrom((request, response, count) => {
		marks.push(request.headers['if-range']);
		sendPart(response, PARTS, parseRangeStart(request), count === 1 ? HALF : undefined);
	});
	expect([ranges, marks]).toEqual([
		[undefined, REST],
		[undefined, '"1"'],
	]);
	expect(content?.equals(CONTENT)).toBe(true);
});

test('goes by the date of the file where it has no other mark', async () => {
	const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
	const headers = { 'accept-ranges': 'bytes', etag: 'W/"1"', 'last-modified': date };
	const marks: unknown[] = [];
	const { content } = await downloadFrom((request, response, count) => {
		marks.push(request.headers['if-range']);
		sendPart(response, headers, parseRangeStart(request), count === 1 ? HALF : undefined);
	});
	expect(marks).toEqual([undefined, date]);
	expect(content?.equals(CONTENT)).toBe(true);
});

test('starts over when the file has changed, and mixes nothing', async () => {
	const changed = Buffer.from(CONTENT).reverse();
	const { ranges, content } = await downloadFrom((_request, response, count) => {
		if (count === 1) sendPart(response, PARTS, 0, HALF);
		else response.end(changed);
	}, TWICE);
	expect(ranges).toEqual([undefined, REST, undefined]);
	expect(content?.equals(changed)).toBe(true);
});

test('starts over when another part comes than was requested', async () => {
	const { ranges, content } = await downloadFrom((_request, response, count) => {
		const parts = [[0, HALF], [1], [0]];
		const [start, end] = parts[count - 1];
		sendPart(response, PARTS, start, end);
	}, TWICE);
	expect(ranges).toEqual([undefined, REST, undefined]);
	expect(content?.equals(CONTENT)).toBe(true);
});

test('starts over where the storage gives no parts', async () => {
	const { ranges, content } = await downloadFrom((_request, response, count) =>
		sendPart(response, {}, 0, count === 1 ? HALF : undefined),
	);
	expect(ranges).toEqual([undefined, undefined]);
	expect(content?.equals(CONTENT)).toBe(true);
});

test('requests the rest at a new URL when that of the beginning has expired', async () => {
	const { ranges, content } = await downloadFrom((request, response, count) => {
		if (count === 2) {
			response.writeHead(403).end('<Error><Message>Request has expired</Message></Error>');
		} else sendPart(response, PARTS, parseRangeStart(request), count === 1 ? HALF : undefined);
	}, TWICE);
	expect(ranges).toEqual([undefined, REST, REST]);
	expect(content?.equals(CONTENT)).toBe(true);
});

test('a file that always breaks off at the same place is given up', async () => {
	const { ranges, errors } = await downloadFrom((_request, response, count) =>
		sendPart(response, { ...PARTS, etag: `"${count}"` }, 0, HALF),
	);
	expect(errors).toHaveLength(1);
	expect(ranges).toEqual([undefined, REST]);
});

test('a file that was cut off where no length was said is not taken for complete', async () => {
	const { errors, content } = await downloadFrom((_request, response) => {
		response.useChunkedEncodingByDefault = false;
		response.end(CONTENT.subarray(0, HALF));
	});
	expect(content).toBeUndefined();
	expect(errors).toMatchObject([
		{ message: expect.stringMatching(/^The connection to .* broke$/) as string },
	]);
});

test('Max Size ends the download of a file of unknown size while it comes', async () => {
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
	expect(errors[0].message).toContain("which is over 'Max Size' (1 MB)");
	expect(sent).toBeLessThan(1000);
});

test('a redirect within the storage is followed, without the API key', async () => {
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
	'a redirect to %s is not followed',
	async (location) => {
		const { errors } = await downloadFrom((_request, response) => {
			response.writeHead(302, { location }).end();
		});
		expect(errors).toMatchObject([{ message: 'sync.so gave no usable URL for the file' }]);
	},
);
