import type { components } from '../api';

/** The types of assets that the API has: video, audio and image. */
export type AssetType = components['schemas']['AssetType'];

/** MIME types by file extension: those that sync.so supports, and similar ones that it may reject. */
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

/** The usual extension of MIME types that have several extensions. */
const USUAL_EXTENSIONS = new Map([
	['audio/mp4', 'm4a'],
	['audio/ogg', 'ogg'],
	['image/jpeg', 'jpg'],
	['video/mp4', 'mp4'],
	['video/quicktime', 'mov'],
]);

/** MIME types that don't identify a file, or don't tell video from audio. */
const GENERIC_MIME_TYPES = [
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

/** A MIME type in lower case, without parameters such as `; codecs=…`. */
export const stripParameters = (mimeType: string | undefined): string =>
	(mimeType ?? '').split(';')[0].trim().toLowerCase();

/** Whether a MIME type identifies what a file is. */
export const isSpecific = (mimeType: string | undefined): boolean =>
	!GENERIC_MIME_TYPES.includes(stripParameters(mimeType));

/** The MIME type for the extension of a file name or URL; undefined if the extension is unknown. */
export function guessMimeType(name: string): string | undefined {
	const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1].toLowerCase() ?? '';
	return Object.hasOwn(MIME_BY_EXTENSION, extension) ? MIME_BY_EXTENSION[extension] : undefined;
}

/** Whether a file name ends with an extension, known or not. */
export const hasExtension = (name: string): boolean => /\.[a-z0-9]{1,5}$/i.test(name);

/** The extension for a MIME type, without a dot; undefined if there is none. Accepts aliases such as `audio/x-wav`. */
function guessExtension(mimeType: string): string | undefined {
	const [, kind, subtype] = /^([a-z]+)\/(?:x-)?([a-z0-9]+)$/.exec(mimeType) ?? [];
	const [byType] = Object.entries(MIME_BY_EXTENSION).find(([, type]) => type === mimeType) ?? [];
	const isAlias = subtype !== undefined && guessMimeType(`.${subtype}`)?.startsWith(`${kind}/`);
	return USUAL_EXTENSIONS.get(mimeType) ?? byType ?? (isAlias ? subtype : undefined);
}

/** Appends the extension for a MIME type to a file name that has no extension. */
export function addExtension(name: string, mimeType: string | undefined): string {
	const extension = hasExtension(name) ? undefined : guessExtension(stripParameters(mimeType));
	return extension === undefined ? name : `${name}.${extension}`;
}

/** The asset type for a MIME type; undefined if it is not video, audio or image. */
export function toAssetType(mimeType: string | undefined): AssetType | undefined {
	const [, kind] = /^(audio|image|video)\//i.exec(mimeType ?? '') ?? [];
	return kind?.toUpperCase() as AssetType | undefined;
}
