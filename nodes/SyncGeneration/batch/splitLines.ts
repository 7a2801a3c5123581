/** Splits a stream of text into trimmed lines. Skips empty ones. */
export async function* splitLines(
	chunks: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<string> {
	const decoder = new TextDecoder();
	let buffer = '';
	for await (const chunk of chunks) {
		buffer += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
		const lines = buffer.split('\n');
		buffer = lines.pop() as string;
		yield* lines.map((line) => line.trim()).filter(Boolean);
	}
	buffer = (buffer + decoder.decode()).trim();
	if (buffer) yield buffer;
}
