import { createHash } from 'node:crypto';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { optionalProject } from '../../shared/fields/projectLocator';
import type { InputFile } from '../../shared/files/inputFile';
import { isUuid } from '../../shared/transport/ids';
import type { ItemContext } from '../../shared/transport/itemContext';
import { parseChoice, parseText } from '../../shared/transport/values';
import type { Audio } from './audio';
import { readAudio } from './audio';
import type { Callback } from './callback';
import { readCallback } from './callback';
import { idempotencyKeyField } from './idempotencyKeyField';
import type { Media, UploadOptions } from './media';
import { inspectMedia, readMedia, uploadMedia } from './media';
import { buildOptions, checkKind, readModel } from './modelOptions';
import { MAIN_AUDIO, moreAudiosField, segmentsField } from './segmentFields';
import type { Segments } from './segments';
import { readSegments } from './segments';
import type { Provider } from './speechProvider';
import type { VisualKind } from './visual';
import { VISUAL_KINDS } from './visual';
import { inputError } from '../../shared/transport/errors';

type Contract = components['schemas'];

/** Media, or a script, as the API takes it. */
export type Input =
	| Exclude<Contract['Input'], { type: 'text' }>
	| { type: 'text'; provider: Provider; refId?: string };

/** The body of a request. A model may be newer than the contract; options are checked where they are built. */
export interface RequestBody
	extends Omit<Contract['CreateGenerationRequest'], 'input' | 'model' | 'options'> {
	model: string;
	input: Input[];
	options?: IDataObject;
}

/** A file that is sent in the request itself. */
export interface FileInRequest {
	field: 'video' | 'image' | 'audio';
	file: InputFile;
}

/** What is sent to create a generation. */
export interface GenerationRequest {
	body: RequestBody;
	files: FileInRequest[];
	callback?: Callback;
}

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

/** What else can be said about a new generation. */
export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		moreAudiosField,
		idempotencyKeyField,
		{
			displayName: 'Output File Name',
			name: 'outputFileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. interview_es',
			description:
				'The name of the finished video without an extension: letters, digits, _ and -. Other characters are replaced by sync.so.',
		},
		optionalProject('The project to file the generation under'),
		segmentsField,
		{
			displayName: 'Webhook URL',
			name: 'webhookUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/finished',
			description:
				"The https URL that sync.so calls once, when the generation has ended. To resume this workflow then, use 'Resume by Webhook' instead.",
		},
	],
};

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
	const more = item.collection('additionalFields');
	return {
		model: readModel(item),
		visualKind: parseChoice(
			item.parameter('visualKind', 'auto'),
			'Video or Image Kind',
			VISUAL_KINDS,
		),
		modelOptions: item.collection('modelOptions'),
		segments: readSegments(more),
		...(more.outputFileName !== undefined && {
			outputFileName: parseFileName(more.outputFileName),
		}),
		...(more.projectId !== undefined && { projectId: parseProjectId(more.projectId) }),
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

/** Builds the request. Files that were not uploaded are sent in it. @throws FailureError if they can't be */
export function buildRequest(draft: RequestDraft): GenerationRequest {
	const { model, kind, visual, audio, segments, options, callback } = draft;
	const hasSegments = segments.segments.length > 0;
	const refId = hasSegments ? MAIN_AUDIO : undefined;
	const files: FileInRequest[] = [];
	const input: Input[] = [];
	const add = (media: Media, field: FileInRequest['field'], ref?: string) => {
		if (media.from === 'file') files.push({ field, file: media.file });
		else input.push(toInput(media, field, ref));
	};
	add(visual, kind);
	if (audio.from === 'media') {
		if (audio.media.from === 'file' && refId) {
			throw inputError(
				"Segments can't refer to audio that is sent in the request itself",
				"Turn off 'Create with Files' under 'Options', so that the audio is uploaded as an asset",
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
	ref?: string,
): Input {
	const refId = ref === undefined ? {} : { refId: ref };
	return media.from === 'url'
		? { type, url: media.url, ...refId }
		: { type, assetId: media.assetId, ...refId };
}

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

function parseFileName(value: unknown): string {
	// The API appends the extension itself.
	const name = parseText(value, 'Output File Name').replace(/\.mp4$/i, '');
	if (name.length <= 255) return name;
	throw inputError(
		`'Output File Name' has ${name.length} characters, but sync.so accepts up to 255`,
		'Make it shorter',
	);
}

function parseProjectId(value: unknown): string {
	const id = parseText(value, 'Project');
	if (isUuid(id)) return id;
	throw inputError(
		`'Project' is not a project ID: ${id.slice(0, 40)}`,
		'Pick the project from the list, or use an ID such as 550e8400-e29b-41d4-a716-446655440000',
	);
}
