import { statSync } from 'node:fs';
import path from 'node:path';

/** What kind of file each extension means. */
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
 * A small playable file: two seconds of a test picture, one and a half of a tone, or a still test picture, all made from
 * ffmpeg's own test sources.
 */
export interface Sample {
	/** Where the storage has it. */
	key: string;
	file: string;
	/** In bytes. */
	size: number;
	contentType: string;
}

/** The key of the file behind an asset of the library. */
export const sampleKey = (format: string | null | undefined): string =>
	`library/sample.${format ?? 'png'}`;

/** The path of a sample. @param format one of `CONTENT_TYPES` */
export const sampleFile = (format: string): string =>
	path.join(import.meta.dirname, '../media', `sample.${format}`);

/** One sample of each kind. */
export const SAMPLES: Sample[] = Object.entries(CONTENT_TYPES).map(([format, contentType]) => {
	const file = sampleFile(format);
	return { key: sampleKey(format), file, size: statSync(file).size, contentType };
});
