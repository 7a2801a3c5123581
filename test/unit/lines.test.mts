import { splitLines } from '../../nodes/SyncGeneration/batch/lines.ts';

async function* inPieces(text: string, size: number) {
	const bytes = Buffer.from(text);
	for (let start = 0; start < bytes.length; start += size) {
		yield await Promise.resolve(bytes.subarray(start, start + size));
	}
}

async function read(pieces: AsyncIterable<Uint8Array | string>): Promise<string[]> {
	const lines: string[] = [];
	for await (const line of splitLines(pieces)) lines.push(line);
	return lines;
}

test.each([1, 2, 3, 7, 1000])('lines are whole in pieces of %i bytes', async (size) => {
	const lines = ['{"a":"ä👄"}', '{"b":2}', 'last'];
	expect(await read(inPieces(lines.join('\n'), size))).toEqual(lines);
});

test('empty lines and the ends of lines are left out', async () => {
	expect(await read(inPieces('\r\na\r\n\n  \nb\n', 4))).toEqual(['a', 'b']);
});

test('a line comes before the next piece is there', async () => {
	async function* hanging() {
		yield 'first\nsec';
		await new Promise(() => {});
	}
	expect((await splitLines(hanging()).next()).value).toBe('first');
});
