import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { checkBoxesUrl } from './activeSpeaker';
import { readAdditionalFields } from './additionalFields';
import type { Audio } from './audio';
import { readAudio } from './audio';
import type { Callback } from './callback';
import type { Media, UploadOptions } from './media';
import { inspectMedia, readMedia, uploadMedia } from './media';
import { buildOptions, checkImageSupport, readModel, resolveModel } from './modelOptions';
import type { Segments } from './segments';
import { buildSegments, readSegments } from './segments';
import type { VisualKind } from './visual';
import { readVisualKind } from './visual';

/** The values of the fields, each one valid in itself. */
interface RequestFields {
	readonly model: string;
	readonly visual: Media;
	readonly visualKind: VisualKind | 'auto';
	readonly audio: Audio;
	readonly modelOptions: IDataObject;
	readonly segments: Segments;
	readonly outputFileName?: string;
	readonly projectId?: string;
}

/** A request whose fields are valid together. Its files may still have to be uploaded. */
export interface RequestDraft extends Omit<RequestFields, 'visualKind' | 'modelOptions'> {
	readonly kind: VisualKind;
	readonly options?: IDataObject;
	readonly callback?: Callback;
}

/**
 * Prepares the request of an item: reads the fields, looks up assets, and checks that the fields are valid together.
 * Nothing is uploaded or created.
 *
 * @param wantsDuration whether to look up the lengths of assets
 * @throws FailureError if a field is missing or invalid, or if fields conflict
 */
export async function prepareRequest(
	item: ItemContext,
	wantsDuration: boolean,
): Promise<RequestDraft> {
	const fields = await readFields(item);
	const needsKind = fields.visualKind === 'auto';
	const visual =
		needsKind || wantsDuration ? await inspectMedia(item, fields.visual) : fields.visual;
	const { audio } = fields;
	const inspectedAudio: Audio =
		audio.from === 'media' && wantsDuration
			? { from: 'media', media: await inspectMedia(item, audio.media) }
			: audio;
	return toDraft({ ...fields, visual, audio: inspectedAudio });
}

async function readModelOptions(item: ItemContext): Promise<IDataObject> {
	const modelOptions = item.readCollection('modelOptions');
	await checkBoxesUrl(item, modelOptions.activeSpeaker);
	return modelOptions;
}

async function readFields(item: ItemContext): Promise<RequestFields> {
	const additional = item.readCollection('additionalFields');
	return {
		model: readModel(item),
		visualKind: readVisualKind(additional),
		modelOptions: await readModelOptions(item),
		segments: await readSegments(item, additional),
		...readAdditionalFields(additional),
		visual: await readMedia(item, 'visual'),
		audio: await readAudio(item),
	};
}

/** Checks that the fields are valid together. @throws FailureError if fields conflict */
function toDraft({ visualKind, modelOptions, ...fields }: RequestFields): RequestDraft {
	const { visual, audio, segments } = fields;
	if (visual.type === 'AUDIO' && visualKind === 'auto') {
		throw inputError(
			'The file for the video or image is audio',
			"Check that video and audio are not swapped. If the file is a video or image after all, set 'Video or Image Kind'.",
		);
	}
	const detectedKind = visual.type === 'IMAGE' ? 'image' : 'video';
	const kind = visualKind === 'auto' ? detectedKind : visualKind;
	const model = resolveModel(fields.model, kind);
	checkImageSupport(model, kind);
	const options = buildOptions(modelOptions, model, kind);
	// A video file is fine: sync.so uses its audio and ignores the picture. An image has no audio.
	if (audio.from === 'media' && audio.media.type === 'IMAGE') {
		throw inputError('The file for the audio is an image', 'Check that it is the right file');
	}
	if (audio.from === 'dub' && kind === 'image') {
		throw inputError(
			"An image can't be dubbed",
			"Use a video with speech, or choose another 'Audio Source'",
		);
	}
	if (audio.from === 'dub' && segments.segments.length > 0) {
		throw inputError(
			"Dubbing doesn't support segments",
			"Remove 'Segments', or choose another 'Audio Source'",
		);
	}
	return { ...fields, segments: buildSegments(segments, model, kind), model, kind, options };
}

/** Uploads the files of a request. The returned draft refers to assets instead. @throws FailureError if that fails */
export async function uploadFiles(
	item: ItemContext,
	draft: RequestDraft,
	reuseExisting: boolean,
): Promise<RequestDraft> {
	const options: UploadOptions = { reuseExisting, projectId: draft.projectId };
	const type = draft.kind === 'image' ? 'IMAGE' : 'VIDEO';
	const visual = await uploadMedia(item, draft.visual, type, options);
	const { audio } = draft;
	if (audio.from !== 'media') return { ...draft, visual };
	const media = await uploadMedia(item, audio.media, 'AUDIO', options);
	return { ...draft, visual, audio: { from: 'media', media } };
}

/** Whether a draft still has files, which have to be uploaded or sent in the request. */
export const hasFiles = ({ visual, audio }: RequestDraft): boolean =>
	visual.from === 'file' || (audio.from === 'media' && audio.media.from === 'file');

/**
 * The maximum length of the new video in seconds: that of the video or the audio, whichever is longer. Undefined if one
 * of the lengths is unknown, or if there is additional audio.
 */
export function getMaxDuration({
	visual,
	kind,
	audio,
	segments,
}: RequestDraft): number | undefined {
	const visualDuration = kind === 'image' ? 0 : visual.duration;
	const audioDuration =
		audio.from === 'dub'
			? visualDuration
			: audio.from === 'media'
				? audio.media.duration
				: undefined;
	if (segments.audios.length > 0 || visualDuration === undefined || audioDuration === undefined)
		return undefined;
	return Math.max(visualDuration, audioDuration);
}
