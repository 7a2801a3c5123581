import { hashJson } from '../../shared/transport/hashJson';
import type { GenerationRequest } from './generationRequest';
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
	return hashJson(identity);
}

/**
 * The digest of a request as it is sent, after files were uploaded. Unlike with {@link digestRequest}, requests with the
 * same digest are the same to the API.
 */
export async function digestSentRequest({
	body,
	files,
	callback,
}: GenerationRequest): Promise<string> {
	const sentFiles = files.map(async ({ field, file: { name, mimeType, sha256 } }) => ({
		field,
		name,
		mimeType,
		sha256: await sha256(),
	}));
	return hashJson({ body, files: await Promise.all(sentFiles), url: callback?.url });
}

async function identifyMedia(media: Media, readsFiles: boolean): Promise<object> {
	if (media.from === 'url') return { url: media.url };
	if (media.from === 'asset') return { assetId: media.assetId };
	const { name, size, mimeType, sha256 } = media.file;
	return readsFiles ? { sha256: await sha256() } : { name, size, mimeType };
}
