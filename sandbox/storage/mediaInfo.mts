import { open } from 'node:fs/promises';

import mediaInfoFactory from 'mediainfo.js';

/** The properties of a media file. A property is null if the file has none, or is not a media file. */
export interface MediaInfo {
	durationSeconds: number | null;
	/** In pixels. */
	width: number | null;
	/** In pixels. */
	height: number | null;
}

/**
 * Reads the duration and dimensions of a media file. Reads only its headers, whatever its size.
 *
 * @param path of the file on disk
 * @throws Error if the file can't be opened
 */
export async function readMediaInfo(path: string): Promise<MediaInfo> {
	const handle = await open(path);
	const reader = await mediaInfoFactory();
	try {
		const { size } = await handle.stat();
		const { media } = await reader.analyzeData(size, async (length, position) => {
			const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, position);
			return buffer.subarray(0, bytesRead);
		});
		const tracks = media?.track ?? [];
		const general = tracks.find((track) => track['@type'] === 'General');
		const picture = tracks.find(
			(track) => track['@type'] === 'Video' || track['@type'] === 'Image',
		);
		return {
			durationSeconds: general?.Duration ?? null,
			width: picture?.Width ?? null,
			height: picture?.Height ?? null,
		};
	} finally {
		reader.close();
		await handle.close();
	}
}
