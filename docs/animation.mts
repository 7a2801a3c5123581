import { createRequire } from 'node:module';
import { PNG } from 'pngjs';

/** The part of gifenc that is used here. It has no types of its own. */
interface Gifenc {
	GIFEncoder: () => {
		writeFrame: (
			indexes: Uint8Array,
			width: number,
			height: number,
			options: { palette: number[][]; delay: number },
		) => void;
		finish: () => void;
		bytes: () => Uint8Array;
	};
	quantize: (pixels: Uint8Array, maxColors: number) => number[][];
	applyPalette: (pixels: Uint8Array, palette: number[][]) => Uint8Array;
}

const gifenc = createRequire(import.meta.url)('gifenc') as Gifenc;

/** The colors of each frame. More of them make the animation bigger. */
const MAX_COLORS = 128;

/**
 * Encodes an animation that repeats forever.
 *
 * @param frames PNGs of the same size
 * @param delay how long to show each frame, in ms
 * @returns a GIF
 */
export function encodeAnimation(frames: Buffer[], delay: number): Uint8Array {
	const encoder = gifenc.GIFEncoder();
	for (const frame of frames) {
		const { data, width, height } = PNG.sync.read(frame);
		const palette = gifenc.quantize(data, MAX_COLORS);
		const indexes = gifenc.applyPalette(data, palette);
		encoder.writeFrame(indexes, width, height, { palette, delay });
	}
	encoder.finish();
	return encoder.bytes();
}
