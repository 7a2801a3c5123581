import { createHash } from 'node:crypto';
import type { Media } from './media';
import type { RequestDraft } from './requestDraft';

/**
 * The digest of a request. It is the same in any process. Files are identified by their content if that is read anyway,
 * and otherwise by name, size and type.
 *
 * @param readsFiles whether creating the generation reads the content of files anyway
 */
export async function digestRequest(draft: RequestDraft, readsFiles: boolean): Promise<string> {
	const { visual, audio, callback, ...rest } = draft;
	const heard = audio.from === 'media' ? await identifyMedia(audio.media, readsFiles) : audio;
	// Idempotency keys are derived from this object, including its property names.
	const identity = {
		...rest,
		visual: await identifyMedia(visual, readsFiles),
		heard,
		url: callback?.url,
	};
	return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}

async function identifyMedia(media: Media, readsFiles: boolean): Promise<object> {
	if (media.from === 'url') return { url: media.url };
	if (media.from === 'asset') return { assetId: media.assetId };
	const { name, size, mimeType, sha256 } = media.file;
	return readsFiles ? { sha256: await sha256() } : { name, size, mimeType };
}
