/** Splits a stream of text into trimmed lines. Skips empty ones. */
export async function* splitLines(
	chunks: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<string> {
	const decoder = new TextDecoder();
	let rest = '';
	for await (const chunk of chunks) {
		rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
		const lines = rest.split('\n');
		rest = lines.pop() as string;
		yield* lines.map((line) => line.trim()).filter(Boolean);
	}
	rest = (rest + decoder.decode()).trim();
	if (rest) yield rest;
}
