import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { isUuid } from '../../shared/transport/ids';
import type { Call } from '../../shared/transport/operation';
import { optionalProject } from '../../shared/fields/projectLocator';
import { voiceOf } from './audio';
import { callbackAddress } from './callback';
import { idempotencyKeyField } from '../paid/idempotency';
import type { FileInRequest, Input } from './inputs';
import { inputOf, longest } from './inputs';
import type { Media } from './media';
import { checkKind, modelOf, optionsOf } from './modelOptions';
import { MAIN_AUDIO, moreAudiosField, segmentsField } from './segmentFields';
import { segmentsOf } from './segments';
import { refusal, textOf } from '../../shared/fields/values';
import { visualOf } from './visual';

type Contract = components['schemas'];

/** The body of a request. A model that is new is not in the contract yet; options are checked where they are made. */
interface Body extends Omit<Contract['CreateGenerationRequest'], 'input' | 'model' | 'options'> {
	model: string;
	input: Input[];
	options?: IDataObject;
}

/** What a generation is asked for with. */
export interface GenerationRequest {
	body: Body;
	/** What goes with the body, when files are not uploaded as assets first. */
	files: FileInRequest[];
	/** How long the video will be at most, in seconds, where that is known. */
	duration?: number;
}

/** What else can be said of a new generation. */
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
				'The name of the finished video without an extension: letters, digits, _ and -. The rest is replaced by sync.so.',
		},
		optionalProject('The project that the generation is filed under'),
		segmentsField,
		{
			displayName: 'Webhook URL',
			name: 'webhookUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/finished',
			description:
				'An https address that sync.so calls once, when the generation has ended. To go on with this workflow then, use Resume by Webhook instead.',
		},
	],
};

/**
 * What the fields of the item ask for. All of it is checked before a file is uploaded.
 *
 * @param withFiles whether files go inside of the request
 * @param wantsDuration whether the lengths of assets are looked up
 * @throws FailureError when something does not fit; no generation has been made then
 */
export async function requestOf(
	call: Call,
	withFiles: boolean,
	wantsDuration: boolean,
): Promise<GenerationRequest> {
	const model = modelOf(call);
	const fields = call.collection('additionalFields');
	const details = await detailsOf(call, fields);
	const visual = await visualOf(call, wantsDuration);
	checkKind(model, visual.kind);
	const options = optionsOf(call, model, visual.kind);
	const voice = await voiceOf(call, wantsDuration);
	const dubParams = 'dubParams' in voice ? voice.dubParams : undefined;
	if (dubParams && visual.kind === 'image') {
		throw refusal(
			'An image can not be dubbed',
			'Use a video that somebody speaks in, or set Audio',
		);
	}
	const { segments, inputs } = segmentsOf(fields, !dubParams);
	const refId = segments.length > 0 ? MAIN_AUDIO : undefined;
	const sound = 'media' in voice ? voice.media : undefined;
	if (withFiles && refId && sound?.file) {
		throw refusal(
			'Segments can not name audio that goes inside of the request',
			'Switch Create with Files off under Options, so that the audio becomes an asset',
		);
	}

	const files: FileInRequest[] = [];
	const input: Input[] = [];
	const add = async (media: Media, field: FileInRequest['field'], reference?: string) => {
		if (media.file && withFiles) files.push({ field, file: media.file });
		else input.push(await inputOf(call, media, field, fields, reference));
	};
	await add(visual, visual.kind);
	if (sound) await add(sound, 'audio', refId);
	if ('provider' in voice) {
		input.push({ type: 'text', provider: voice.provider, ...(refId && { refId }) });
	}
	input.push(...inputs);
	return {
		body: {
			model,
			input,
			...(options && { options }),
			...(refId && { segments }),
			...(dubParams && { dubParams }),
			...details,
		},
		files,
		duration: longest(visual, 'dubParams' in voice ? visual : sound, inputs.length > 0),
	};
}

/** @throws FailureError when one of them is not as it has to be */
async function detailsOf(
	call: Call,
	{ outputFileName, projectId, webhookUrl }: IDataObject,
): Promise<Partial<Body>> {
	const address = await callbackAddress(call, webhookUrl);
	return {
		...(outputFileName !== undefined && { outputFileName: fileNameOf(outputFileName) }),
		...(projectId !== undefined && { projectId: projectOf(projectId) }),
		...(address !== undefined && { webhookUrl: address }),
	};
}

function fileNameOf(value: unknown): string {
	// The API appends it itself.
	const name = textOf(value, 'Output File Name').replace(/\.mp4$/i, '');
	if (name.length <= 255) return name;
	throw refusal(
		`Output File Name has ${name.length} characters, more than the 255 that sync.so takes`,
		'Make it shorter',
	);
}

function projectOf(value: unknown): string {
	const id = textOf(value, 'Project');
	if (isUuid(id)) return id;
	throw refusal(
		'The project is not an ID as sync.so gives it to projects',
		'Pick the project from the list, or use an ID such as 550e8400-e29b-41d4-a716-446655440000',
	);
}
