import { Readable } from 'node:stream';

import { buildAsset, getFormat } from '../asset/buildAsset.mts';
import type { AssetState } from '../asset/state.mts';
import { toJsonBody, type FormConverter, type FormFile } from '../core/multipart.mts';
import type { Caller } from '../core/users.mts';
import { readMediaInfo } from '../storage/mediaInfo.mts';
import { getFileUrl } from '../storage/urls.mts';
import type { Input } from './types.mts';

/** The asset types of the form fields that can be files. Each field name is also an input type. */
export const FILE_FIELDS = { video: 'VIDEO', image: 'IMAGE', audio: 'AUDIO' } as const;

/** Converts a form to create a generation. */
export const convertGenerationForm: FormConverter = ({ fields }) => toJsonBody(fields, ['input']);

/** Stores the files in a form as assets. @returns one input for each file */
export async function storeFormFiles(
	formFiles: FormFile[],
	caller: Caller,
	origin: string,
	{ assets, files, clock }: Pick<AssetState, 'assets' | 'files' | 'clock'>,
): Promise<Input[]> {
	return await Promise.all(
		formFiles.map(async ({ field, fileName: name, contentType, content }) => {
			const type = field as keyof typeof FILE_FIELDS;
			const key = files.generateKey(name);
			const { size } = await files.write(key, contentType, Readable.from([content]));
			const { path } = files.get(key)?.uploaded as { path: string };
			const url = getFileUrl(key, origin);
			const fields = { ...(await readMediaInfo(path)), name, url, size, format: getFormat(name) };
			const asset = buildAsset(clock.now(), { type: FILE_FIELDS[type], ...fields });
			assets.add({ asset, ownerId: caller.userId, key });
			return { type, assetId: asset.id };
		}),
	);
}
