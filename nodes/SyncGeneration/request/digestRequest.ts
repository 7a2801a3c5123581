import { createHash } from 'node:crypto';
import type { Media } from './media';
import type { RequestDraft } from './requestDraft';

/**
 * A digest of what is asked for, the same for the same request in another process. Files count by their content if it
 * is read anyway, and otherwise by name and size.
 *
 * @param readsFiles whether the content of files counts
 */
export async function digestRequest(draft: RequestDraft, readsFiles: boolean): Promise<string> {
	const { visual, audio, callback, ...rest } = draft;
	const heard = audio.from === 'media' ? await identifyMedia(audio.media, readsFiles) : audio;
	const all = {
		...rest,
		visual: await identifyMedia(visual, readsFiles),
		heard,
		url: callback?.url,
	};
	return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

async function identifyMedia(media: Media, readsFiles: boolean): Promise<object> {
	if (media.from === 'url') return { url: media.url };
	if (media.from === 'asset') return { assetId: media.assetId };
	const { name, size, mimeType, sha256 } = media.file;
	return readsFiles ? { sha256: await sha256() } : { name, size, mimeType };
}
