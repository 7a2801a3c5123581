import { open } from 'node:fs/promises';

import mediaInfoFactory from 'mediainfo.js';

/** What a media file says about itself; null if it does not say, or if the file is not media. */
export interface MediaInfo {
	durationSeconds: number | null;
	/** In pixels. */
	width: number | null;
	/** In pixels. */
	height: number | null;
}

/**
 * Reads the duration and dimensions of a media file. Only its headers are read, whatever its size.
 *
 * @param file its path on disk
 * @throws Error if the file can't be opened
 */
export async function measure(file: string): Promise<MediaInfo> {
	const handle = await open(file);
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
