import type { components } from '../api';

export type AssetType = components['schemas']['AssetType'];

/** MIME types of media by file name extension: what sync.so takes, and close relatives that it may refuse by itself. */
const MIME_BY_EXTENSION: Record<string, string> = {
	aac: 'audio/aac',
	alac: 'audio/mp4',
	avi: 'video/x-msvideo',
	flac: 'audio/flac',
	gif: 'image/gif',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	m4a: 'audio/mp4',
	m4v: 'video/mp4',
	mkv: 'video/x-matroska',
	mov: 'video/quicktime',
	mp3: 'audio/mpeg',
	mp4: 'video/mp4',
	oga: 'audio/ogg',
	ogg: 'audio/ogg',
	opus: 'audio/ogg',
	png: 'image/png',
	qt: 'video/quicktime',
	wav: 'audio/wav',
	webm: 'video/webm',
	webp: 'image/webp',
	wma: 'audio/x-ms-wma',
};

/** MIME types that say nothing about a file, or not whether it is video or audio. */
const GENERIC = [
	'',
	'application/binary',
	'application/force-download',
	'application/mp4',
	'application/octet-stream',
	'application/ogg',
	'application/unknown',
	'application/x-download',
	'application/x-unknown',
	'binary/octet-stream',
	'text/plain',
];

/** A MIME type in lower case and without its parameters, e.g. `; codecs=…`. */
export const stripParameters = (mimeType: string | undefined): string =>
	(mimeType ?? '').split(';')[0].trim().toLowerCase();

/** Whether a MIME type says what a file is. */
export const isSpecific = (mimeType: string | undefined): boolean =>
	!GENERIC.includes(stripParameters(mimeType));

/** The MIME type of media by the extension in a file name or address; undefined for an extension that is not known. */
export function guessMimeType(name: string): string | undefined {
	const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1].toLowerCase() ?? '';
	return Object.hasOwn(MIME_BY_EXTENSION, extension) ? MIME_BY_EXTENSION[extension] : undefined;
}

/** The type of asset for a MIME type; undefined when it is neither video nor audio nor image. */
export function toAssetType(mimeType: string | undefined): AssetType | undefined {
	const [, kind] = /^(audio|image|video)\//i.exec(mimeType ?? '') ?? [];
	return kind?.toUpperCase() as AssetType | undefined;
}
