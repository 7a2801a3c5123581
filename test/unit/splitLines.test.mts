import { splitLines } from '../../nodes/SyncGeneration/batch/splitLines.ts';

async function* splitIntoChunks(text: string, size: number) {
	const bytes = Buffer.from(text);
	for (let start = 0; start < bytes.length; start += size) {
		yield await Promise.resolve(bytes.subarray(start, start + size));
	}
}

async function read(chunks: AsyncIterable<Uint8Array | string>): Promise<string[]> {
	const lines: string[] = [];
	for await (const line of splitLines(chunks)) lines.push(line);
	return lines;
}

test.each([1, 2, 3, 7, 1000])('joins lines from chunks of %i bytes', async (size) => {
	const lines = ['{"a":"ä👄"}', '{"b":2}', 'last'];
	expect(await read(splitIntoChunks(lines.join('\n'), size))).toEqual(lines);
});

test('skips empty lines and line endings', async () => {
	expect(await read(splitIntoChunks('\r\na\r\n\n  \nb\n', 4))).toEqual(['a', 'b']);
});

test('yields a line before the next chunk arrives', async () => {
	async function* hanging() {
		yield 'first\nsec';
		await new Promise(() => {});
	}
	expect((await splitLines(hanging()).next()).value).toBe('first');
});
