import type { IDataObject } from 'n8n-workflow';
import type { components } from '../../shared/api';
import type { InputFile } from '../../shared/files/inputFile';
import { inputError } from '../../shared/transport/errors';
import type { Callback } from './callback';
import type { Media } from './media';
import type { RequestDraft } from './requestDraft';
import { MAIN_AUDIO } from './segmentFields';
import type { SpeechInput } from './speechProvider';

type Schemas = components['schemas'];

/** A video, an image, audio or a script, in the API's format. */
export type Input =
	| Exclude<Schemas['Input'], { type: 'text' }>
	| { type: 'text'; provider: SpeechInput; refId?: string };

/** The request body. Looser than the contract: a model may be newer, and options are checked where they are built. */
export interface RequestBody
	extends Omit<Schemas['CreateGenerationRequest'], 'input' | 'model' | 'options'> {
	model: string;
	input: Input[];
	options?: IDataObject;
}

/** A file that is sent in the request itself. */
export interface FileInRequest {
	field: 'video' | 'image' | 'audio';
	file: InputFile;
}

/** What is needed to create a generation. */
export interface GenerationRequest {
	body: RequestBody;
	files: FileInRequest[];
	callback?: Callback;
}

/**
 * Builds the request. Files that weren't uploaded are sent with it.
 *
 * @throws FailureError if segments refer to audio that wasn't uploaded
 */
export function buildRequest(draft: RequestDraft): GenerationRequest {
	const { model, kind, visual, audio, segments, options, callback } = draft;
	const hasSegments = segments.segments.length > 0;
	const refId = hasSegments ? MAIN_AUDIO : undefined;
	const files: FileInRequest[] = [];
	const input: Input[] = [];
	const add = (media: Media, field: FileInRequest['field'], reference?: string) => {
		if (media.from === 'file') files.push({ field, file: media.file });
		else input.push(toInput(media, field, reference));
	};
	add(visual, kind);
	if (audio.from === 'media') {
		if (audio.media.from === 'file' && refId) {
			throw inputError(
				"Segments can't refer to audio that is sent in the request itself",
				"Turn off 'Send Files in Request' under 'Options', so that the audio is uploaded as an asset",
			);
		}
		add(audio.media, 'audio', refId);
	}
	if (audio.from === 'script') {
		input.push({ type: 'text', provider: audio.provider, ...(refId && { refId }) });
	}
	input.push(...segments.audios);
	const body: RequestBody = {
		model,
		input,
		...(options && { options }),
		...(hasSegments && { segments: segments.segments }),
		...(audio.from === 'dub' && { dubParams: audio.dubParams }),
		...(draft.outputFileName !== undefined && { outputFileName: draft.outputFileName }),
		...(draft.projectId !== undefined && { projectId: draft.projectId }),
	};
	return { body, files, callback };
}

function toInput(
	media: Exclude<Media, { from: 'file' }>,
	type: FileInRequest['field'],
	reference?: string,
): Input {
	const refId = reference === undefined ? {} : { refId: reference };
	return media.from === 'url'
		? { type, url: media.url, ...refId }
		: { type, assetId: media.assetId, ...refId };
}
