import { statSync } from 'node:fs';
import { join } from 'node:path';

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

/** A small playable file: a video of two seconds, a tone of one and a half seconds, or an image. */
interface SampleFile {
	/** Its key in the storage. */
	key: string;
	/** On disk. */
	path: string;
	/** In bytes. */
	size: number;
	contentType: string;
}

/**
 * Gets the storage key of a sample file.
 *
 * @param format a key of `CONTENT_TYPES`. Default: `png`
 */
export const sampleKey = (format: string | null | undefined): string =>
	`library/sample.${format ?? 'png'}`;

/**
 * Gets the path of a sample file on disk.
 *
 * @param format a key of `CONTENT_TYPES`
 */
export const samplePath = (format: string): string =>
	join(import.meta.dirname, '../media', `sample.${format}`);

/** One sample file of each format. */
export const SAMPLE_FILES: SampleFile[] = Object.entries(CONTENT_TYPES).map(
	([format, contentType]) => {
		const path = samplePath(format);
		return { key: sampleKey(format), path, size: statSync(path).size, contentType };
	},
);
