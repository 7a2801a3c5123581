import { open } from 'node:fs/promises';

import mediaInfoFactory from 'mediainfo.js';

import type { Asset } from '../asset/library.mts';

/**
 * What a media file tells about itself. Only its telling parts are read, however large it is.
 *
 * @returns seconds and pixels; null for what it does not tell, all of them for a file that is no media
 */
export async function measure(
	file: string,
): Promise<Pick<Asset, 'durationSeconds' | 'width' | 'height'>> {
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
