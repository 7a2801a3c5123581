import fc from 'fast-check';

import { checkSizes, encodeRequest } from '../../nodes/SyncGeneration/request/encodeRequest.ts';
import type { FileInRequest } from '../../nodes/SyncGeneration/request/generationRequest.ts';

const createFile = (content: Buffer, name: string, mimeType = 'video/mp4'): FileInRequest => ({
	field: 'video',
	file: {
		property: 'data',
		name,
		mimeType,
		size: content.length,
		open: () => Promise.resolve(content),
		sha256: () => Promise.resolve(''),
	},
});

const BODY = { model: 'sync-3', input: [], options: { temperature: 0.5 }, outputFileName: 'a"b' };

/** Encodes a form, and parses it with Node's own parser. */
async function encodeAndParse(files: FileInRequest[], body: object = BODY) {
	const form = await encodeRequest({ body: body as typeof BODY, files }, 'key');
	return await new Response(form.body as never, { headers: form.headers as never }).formData();
}

test('encodes fields as text or JSON and leaves out empty lists', async () => {
	const form = await encodeAndParse([]);
	expect([...form.entries()]).toEqual([
		['model', 'sync-3'],
		['options', '{"temperature":0.5}'],
		['outputFileName', 'a"b'],
	]);
});

test('transfers files of any content and name unchanged', async () => {
	const names = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
	const contents = fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes));
	await fc.assert(
		fc.asyncProperty(contents, names, names, async (content, name, mimeType) => {
			const form = await encodeAndParse([createFile(content, name.toWellFormed(), mimeType)]);
			expect([...form.keys()]).toEqual(['model', 'options', 'outputFileName', 'video']);
			const file = form.get('video') as unknown as Blob;
			expect(Buffer.from(await file.arrayBuffer()).equals(content)).toBe(true);
		}),
	);
});

test('encodes a request with the same key to the same bytes', async () => {
	const request = { body: BODY, files: [createFile(Buffer.from('film'), 'film.mp4')] };
	expect(await encodeRequest(request, 'key')).toEqual(await encodeRequest(request, 'key'));
	expect(await encodeRequest(request, 'other')).not.toEqual(await encodeRequest(request, 'key'));
});

test('adds up the sizes of all files', () => {
	const half = createFile(Buffer.alloc(10_000_000), 'half.mp4');
	expect(() => checkSizes([half, half])).not.toThrow();
	expect(() => checkSizes([half, half, createFile(Buffer.from('a'), 'a.mp4')])).toThrow(
		'The files are 20.1 MB, but a request can hold 20 MB',
	);
});
