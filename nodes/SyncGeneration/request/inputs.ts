import type { IDataObject } from 'n8n-workflow';
import type { components } from '../../shared/api';
import type { InputFile } from '../../shared/files/inputFile';
import type { Call } from '../../shared/transport/operation';
import { uploadFile } from '../../shared/files/upload';
import type { TextInput } from './audio';
import type { Media } from './media';

/** What a generation is made of. */
export type Input = Exclude<components['schemas']['Input'], { type: 'text' }> | TextInput;

/** A file that goes inside of the request. */
export interface FileInRequest {
	field: 'video' | 'image' | 'audio';
	file: InputFile;
}

/**
 * Media as an input of a generation. A file becomes an asset first, unless it is one already.
 *
 * @param fields the additional fields, of which the project is the one that a new asset is filed under too
 * @param reference by what segments name it
 */
export async function inputOf(
	call: Call,
	media: Media,
	type: FileInRequest['field'],
	{ projectId }: IDataObject,
	reference?: string,
): Promise<Input> {
	const refId = reference === undefined ? {} : { refId: reference };
	if (media.url !== undefined) return { type, url: media.url, ...refId };
	if (media.file) await upload(call, media, type, projectId);
	return { type, assetId: media.assetId as string, ...refId };
}

/** Makes an asset of a file, unless it is one already; notes it with the media. */
async function upload(
	call: Call,
	media: Media,
	type: FileInRequest['field'],
	projectId: unknown,
): Promise<void> {
	const { asset } = await call.run.withFile(
		async () =>
			await uploadFile(call, media.file as InputFile, {
				type: type.toUpperCase() as 'VIDEO' | 'IMAGE' | 'AUDIO',
				reuseExisting: call.collection('options').reuseExisting !== false,
				...(projectId !== undefined && { fields: { projectId: projectId as string } }),
			}),
	);
	media.assetId = asset.id;
	media.duration = asset.durationSeconds ?? undefined;
}

/**
 * How long the video will be at most, in seconds: to be on the safe side the longer of both. Unknown when one of them is,
 * or when there is more to hear.
 */
export function longest(
	visual: Media & { kind: string },
	sound: Media | undefined,
	hasMore: boolean,
): number | undefined {
	const seen = visual.kind === 'image' ? 0 : visual.duration;
	const heard = sound?.duration;
	if (hasMore || seen === undefined || heard === undefined) return undefined;
	return Math.max(seen, heard);
}
