import { Readable } from 'node:stream';

import type { components } from '../../nodes/shared/api.ts';
import { formatOf, newAsset } from '../asset/store.mts';
import type { Caller } from '../core/handlers.mts';
import { measure } from '../storage/measure.mts';
import type { FormFile } from '../core/forms.mts';
import type { State } from '../state.mts';
import { fileUrl } from '../storage/urls.mts';

/** The fields of a form in which files may stand, each the type of an input, and the assets that they become. */
export const FILE_FIELDS = { video: 'VIDEO', image: 'IMAGE', audio: 'AUDIO' } as const;

/** Makes assets of the files of a form. @returns the inputs that they are */
export async function storeFiles(
	files: FormFile[],
	caller: Caller,
	origin: string,
	state: State,
): Promise<Array<components['schemas']['Input']>> {
	return await Promise.all(
		files.map(async ({ field, name, contentType, content }) => {
			const type = field as keyof typeof FILE_FIELDS;
			const key = state.files.newKey(name);
			const { size } = await state.files.write(key, contentType, Readable.from([content]));
			const { file } = state.files.get(key)?.uploaded as { file: string };
			const url = fileUrl(key, origin);
			const known = { ...(await measure(file)), name, url, size, format: formatOf(name) };
			const asset = newAsset(state.now(), { type: FILE_FIELDS[type], ...known });
			state.assets.add({ asset, ownerId: caller.userId, key });
			return { type, assetId: asset.id };
		}),
	);
}
