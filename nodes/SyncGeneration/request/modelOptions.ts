import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { AUTOMATIC_MODEL, KNOWN_MODELS } from '../../shared/fields/models';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { parseBoolean, parseChoice, parseNumber, parseText } from '../../shared/transport/values';
import { activeSpeakerField, buildActiveSpeaker } from './activeSpeaker';
import type { VisualKind } from './visual';

/** The known models that support an option. Any other option works with every model. */
const MODELS_BY_OPTION: Record<string, string[]> = {
	modelMode: ['react-1'],
	occlusionDetection: ['lipsync-1.9.0-beta', 'lipsync-2', 'lipsync-2-pro'],
	prompt: ['react-1'],
	temperature: ['lipsync-2', 'lipsync-2-pro'],
};

/** The model that Automatic stands for. */
const AUTOMATIC_CHOICE: Record<VisualKind, string> = { video: 'lipsync-2', image: 'sync-3' };

const showIfSupported = (option: string) => {
	const models = MODELS_BY_OPTION[option];
	const isAutomaticToo = models.includes(AUTOMATIC_CHOICE.video);
	return { show: { '/model': isAutomaticToo ? [AUTOMATIC_MODEL, ...models] : models } };
};

const SYNC_MODES = ['bounce', 'cut_off', 'loop', 'remap', 'silence'] as const;
const MODEL_MODES = ['face', 'head', 'lips'] as const;
const PROMPTS = ['angry', 'disgusted', 'happy', 'neutral', 'sad', 'surprised'] as const;

const optionFields: INodeProperties[] = [
	activeSpeakerField,
	{
		displayName: 'Emotion',
		name: 'prompt',
		type: 'options',
		displayOptions: showIfSupported('prompt'),
		options: PROMPTS.map((value) => ({ name: value[0].toUpperCase() + value.slice(1), value })),
		default: 'neutral',
		description: 'The emotion that the face shows',
	},
	{
		displayName: 'Model Mode',
		name: 'modelMode',
		type: 'options',
		displayOptions: showIfSupported('modelMode'),
		options: [
			{ name: 'Face', value: 'face', description: 'Animate lips and expression' },
			{ name: 'Head', value: 'head', description: 'Animate lips, expression and head movement' },
			{ name: 'Lips', value: 'lips', description: 'Animate only the lips' },
		],
		default: 'face',
		description: 'Which part of the head to animate',
	},
	{
		displayName: 'Occlusion Detection',
		name: 'occlusionDetection',
		type: 'boolean',
		displayOptions: showIfSupported('occlusionDetection'),
		default: false,
		description:
			'Whether to handle objects in front of the mouth, such as a hand or a microphone. Takes longer.',
	},
	{
		displayName: 'Sync Mode',
		name: 'syncMode',
		type: 'options',
		options: [
			{
				name: 'Bounce',
				value: 'bounce',
				description: 'Play the video forward and backward until the audio ends',
			},
			{
				name: 'Cut Off',
				value: 'cut_off',
				description: 'Cut the longer one to the length of the other',
			},
			{
				name: 'Loop',
				value: 'loop',
				description: 'Repeat the video until the audio ends',
			},
			{
				name: 'Remap',
				value: 'remap',
				description: 'Change the speed of the video to match the audio',
			},
			{
				name: 'Silence',
				value: 'silence',
				description: 'Add silence to the audio until the video ends',
			},
		],
		default: 'bounce',
		description: 'What to do if video and audio differ in length. Not for images.',
	},
	{
		displayName: 'Temperature',
		name: 'temperature',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		displayOptions: showIfSupported('temperature'),
		default: 0.5,
		description: 'How expressive the lip movement is, from 0 to 1',
	},
];

/** The collection of the model's options. Which of them are shown depends on the model. */
export const modelOptionsField: INodeProperties = {
	displayName: 'Model Options',
	name: 'modelOptions',
	type: 'collection',
	placeholder: 'Add model option',
	default: {},
	description: 'How the model animates the face. Each model supports only some of these.',
	options: optionFields,
};

/** The options that a segment can override. */
const SEGMENT_OPTIONS = ['activeSpeaker', 'occlusionDetection', 'syncMode', 'temperature'];

/** The collection of the options of a segment, which override {@link modelOptionsField}. */
export const segmentOptionsField: INodeProperties = {
	...modelOptionsField,
	description: "Options for this segment. They override 'Model Options'.",
	options: optionFields.filter(({ name }) => SEGMENT_OPTIONS.includes(name)),
};

/** Reads the selected model. @throws FailureError if there is none */
export const readModel = (item: ItemContext): string =>
	parseText(item.parameter('model', ''), 'Model Name or ID');

/** The model to use for a video or an image: the selected one, or the choice of Automatic. */
export const resolveModel = (model: string, kind: VisualKind): string =>
	model === AUTOMATIC_MODEL ? AUTOMATIC_CHOICE[kind] : model;

/** @throws FailureError if the model is known not to support images, and the input is one */
export function checkImageSupport(model: string, kind: VisualKind): void {
	// An unknown model may be newer and support images too.
	if (kind === 'video' || model === 'sync-3' || !isKnownModel(model)) return;
	throw inputError(
		`The model ${model} doesn't support images`,
		"Set 'Model Name or ID' to Automatic or sync-3, or use a video. If the file is a video, set 'Video or Image Kind' to Video.",
	);
}

const isKnownModel = (model: string): boolean => (KNOWN_MODELS as string[]).includes(model);

/**
 * Builds the model options in the API's format. Returns undefined if there are none.
 *
 * @param addedOptions the fields that were added to {@link modelOptionsField}
 * @throws FailureError if the model doesn't support an option, or if its value is invalid
 */
export function buildOptions(
	addedOptions: IDataObject,
	model: string,
	kind: VisualKind,
): IDataObject | undefined {
	for (const [option, value] of Object.entries(addedOptions)) {
		const models = MODELS_BY_OPTION[option];
		if (value === false || !models || models.includes(model) || !isKnownModel(model)) continue;
		const name = optionFields.find((field) => field.name === option)?.displayName;
		throw inputError(
			`The model ${model} doesn't support '${name}'`,
			`Remove '${name}' from 'Model Options', or choose one of these models: ${models.join(', ')}`,
		);
	}
	if (addedOptions.syncMode !== undefined && kind === 'image') {
		throw inputError(
			"'Sync Mode' doesn't apply to images",
			"Remove 'Sync Mode' from 'Model Options': the video becomes as long as the audio",
		);
	}
	const options = toApiOptions(addedOptions, kind);
	return Object.keys(options).length > 0 ? options : undefined;
}

function toApiOptions(addedOptions: IDataObject, kind: VisualKind): IDataObject {
	const { activeSpeaker, modelMode, occlusionDetection, prompt, syncMode, temperature } =
		addedOptions;
	const speaker = buildActiveSpeaker(activeSpeaker, kind);
	return {
		...(syncMode !== undefined && { sync_mode: parseChoice(syncMode, 'Sync Mode', SYNC_MODES) }),
		...(temperature !== undefined && {
			temperature: parseNumber(temperature, { label: 'Temperature', min: 0, max: 1 }),
		}),
		...(occlusionDetection !== undefined && {
			occlusion_detection_enabled: parseBoolean(occlusionDetection, 'Occlusion Detection'),
		}),
		...(speaker && { active_speaker_detection: speaker }),
		...(modelMode !== undefined && {
			model_mode: parseChoice(modelMode, 'Model Mode', MODEL_MODES),
		}),
		...(prompt !== undefined && { prompt: parseChoice(prompt, 'Emotion', PROMPTS) }),
	};
}
