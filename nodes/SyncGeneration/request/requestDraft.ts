import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { parseChoice } from '../../shared/transport/values';
import { readAdditionalFields } from './additionalFields';
import type { Audio } from './audio';
import { readAudio } from './audio';
import type { Callback } from './callback';
import { readCallback } from './callback';
import type { Media, UploadOptions } from './media';
import { inspectMedia, readMedia, uploadMedia } from './media';
import { buildOptions, checkKind, readModel } from './modelOptions';
import type { Segments } from './segments';
import { readSegments } from './segments';
import type { VisualKind } from './visual';
import { VISUAL_KINDS } from './visual';

/** What the form asks for, field by field. */
interface RequestFields {
	readonly model: string;
	readonly visual: Media;
	readonly visualKind: (typeof VISUAL_KINDS)[number];
	readonly audio: Audio;
	readonly modelOptions: IDataObject;
	readonly segments: Segments;
	readonly outputFileName?: string;
	readonly projectId?: string;
	readonly callback?: Callback;
}

/** What the form asks for, checked: only files still have to be uploaded. */
export interface RequestDraft extends Omit<RequestFields, 'visualKind' | 'modelOptions'> {
	readonly kind: VisualKind;
	readonly options?: IDataObject;
}

/**
 * Prepares the request of an item: reads the form, looks assets up and checks that everything fits together. Nothing is
 * uploaded or created.
 *
 * @param wantsDuration whether the lengths of assets are needed
 * @throws FailureError if something is missing or does not fit
 */
export async function prepareRequest(
	item: ItemContext,
	wantsDuration: boolean,
): Promise<RequestDraft> {
	const fields = await readFields(item);
	const needsType = fields.visualKind === 'auto';
	const visual =
		needsType || wantsDuration ? await inspectMedia(item, fields.visual) : fields.visual;
	const { audio } = fields;
	const inspected: Audio =
		audio.from === 'media' && wantsDuration
			? { from: 'media', media: await inspectMedia(item, audio.media) }
			: audio;
	return checkFields({ ...fields, visual, audio: inspected });
}

async function readFields(item: ItemContext): Promise<RequestFields> {
	const additional = item.collection('additionalFields');
	return {
		model: readModel(item),
		visualKind: parseChoice(
			item.parameter('visualKind', 'auto'),
			'Video or Image Kind',
			VISUAL_KINDS,
		),
		modelOptions: item.collection('modelOptions'),
		segments: readSegments(additional),
		...readAdditionalFields(additional),
		callback: await readCallback(item, item.addedFields('additionalFields')),
		visual: await readMedia(item, 'visual'),
		audio: await readAudio(item),
	};
}

/** @throws FailureError if the fields do not fit together */
function checkFields({ visualKind, modelOptions, ...fields }: RequestFields): RequestDraft {
	const { model, visual, audio, segments } = fields;
	if (visual.type === 'AUDIO' && visualKind === 'auto') {
		throw inputError(
			"The file in 'Video or Image' is audio",
			"Check that video and audio are not mixed up. If it is a video or image all the same, choose its 'Video or Image Kind'.",
		);
	}
	const detected = visual.type === 'IMAGE' ? 'image' : 'video';
	const kind = visualKind === 'auto' ? detected : visualKind;
	checkKind(model, kind);
	const options = buildOptions(modelOptions, model, kind);
	// Several formats hold audio alone, or with a picture that sync.so ignores; an image never has any.
	if (audio.from === 'media' && audio.media.type === 'IMAGE') {
		throw inputError("The file in 'Audio' is an image", 'Check that it is the right file');
	}
	if (audio.from === 'dub' && kind === 'image') {
		throw inputError("An image can't be dubbed", "Use a video with speech, or set 'Audio'");
	}
	if (audio.from === 'dub' && segments.segments.length > 0) {
		throw inputError("Dubbing doesn't support segments", "Remove 'Segments', or set 'Audio'");
	}
	return { ...fields, kind, options };
}

/** Uploads the files of a request, unless they are assets already. @throws FailureError */
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

/** Whether files still have to be uploaded, or sent in the request. */
export const hasFiles = ({ visual, audio }: RequestDraft): boolean =>
	visual.from === 'file' || (audio.from === 'media' && audio.media.from === 'file');

/**
 * How long the video will be at most, in seconds: the longer of video and audio, to be on the safe side. Undefined if
 * one of them is unknown, or if there is more to hear.
 */
export function getMaxDuration({
	visual,
	kind,
	audio,
	segments,
}: RequestDraft): number | undefined {
	const seen = kind === 'image' ? 0 : visual.duration;
	const heard =
		audio.from === 'dub' ? seen : audio.from === 'media' ? audio.media.duration : undefined;
	if (segments.audios.length > 0 || seen === undefined || heard === undefined) return undefined;
	return Math.max(seen, heard);
}
