import { Readable } from 'node:stream';

import type { AssetContext } from '../asset/state.mts';
import { fileExtension, newAsset } from '../asset/store.mts';
import { formBody, type FormFile, type FormReader } from '../core/multipart.mts';
import type { Caller } from '../core/users.mts';
import { measure } from '../storage/mediaInfo.mts';
import { fileUrl } from '../storage/urls.mts';
import type { Input } from './types.mts';

/** The fields of a form that can be files. Each is also the type of an input, and has a type of asset. */
export const FILE_FIELDS = { video: 'VIDEO', image: 'IMAGE', audio: 'AUDIO' } as const;

/** Reads a form to create a generation. */
export const readGenerationForm: FormReader = ({ fields }) => formBody(fields, ['input']);

/** Stores the files of a form as assets. @returns one input for each file */
export async function storeFiles(
	formFiles: FormFile[],
	caller: Caller,
	origin: string,
	{ assets, files, clock }: Pick<AssetContext, 'assets' | 'files' | 'clock'>,
): Promise<Input[]> {
	return await Promise.all(
		formFiles.map(async ({ field, name, contentType, content }) => {
			const type = field as keyof typeof FILE_FIELDS;
			const key = files.newKey(name);
			const { size } = await files.write(key, contentType, Readable.from([content]));
			const { file } = files.get(key)?.uploaded as { file: string };
			const url = fileUrl(key, origin);
			const fields = { ...(await measure(file)), name, url, size, format: fileExtension(name) };
			const asset = newAsset(clock.now(), { type: FILE_FIELDS[type], ...fields });
			assets.add({ asset, ownerId: caller.userId, key });
			return { type, assetId: asset.id };
		}),
	);
}
