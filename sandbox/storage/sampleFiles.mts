import { statSync } from 'node:fs';
import path from 'node:path';

/** The content type of each file extension. */
export const CONTENT_TYPES: Record<string, string> = {
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	webm: 'video/webm',
	wav: 'audio/wav',
	mp3: 'audio/mpeg',
	ogg: 'audio/ogg',
	png: 'image/png',
	webp: 'image/webp',
};

/**
 * A small playable file: a test pattern of two seconds, a tone of one and a half, or a still test pattern. All are made
 * with ffmpeg's test sources.
 */
interface Sample {
	/** Its key in the storage. */
	key: string;
	/** Its path on disk. */
	file: string;
	/** In bytes. */
	size: number;
	contentType: string;
}

/**
 * The storage key of a sample.
 *
 * @param format a key of `CONTENT_TYPES`. Default: `png`
 */
export const sampleKey = (format: string | null | undefined): string =>
	`library/sample.${format ?? 'png'}`;

/**
 * The path of a sample on disk.
 *
 * @param format a key of `CONTENT_TYPES`
 */
export const sampleFile = (format: string): string =>
	path.join(import.meta.dirname, '../media', `sample.${format}`);

/** One sample of each format. */
export const SAMPLES: Sample[] = Object.entries(CONTENT_TYPES).map(([format, contentType]) => {
	const file = sampleFile(format);
	return { key: sampleKey(format), file, size: statSync(file).size, contentType };
});
