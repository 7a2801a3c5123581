/** Finds the lines in a text that comes in pieces, none of them empty, as soon as each is whole. */
export async function* splitLines(
	pieces: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<string> {
	const decoder = new TextDecoder();
	let rest = '';
	for await (const piece of pieces) {
		rest += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
		const lines = rest.split('\n');
		rest = lines.pop() as string;
		yield* lines.map((line) => line.trim()).filter(Boolean);
	}
	rest = (rest + decoder.decode()).trim();
	if (rest) yield rest;
}
