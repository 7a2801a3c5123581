import type { INodeProperties } from 'n8n-workflow';
import { segmentOptionsField } from './modelOptions';
import { scriptField } from './speechProvider';

/** The reference ID of the main audio, which has its own fields. */
export const MAIN_AUDIO = 'audio';

/** Additional field: more audio files, which segments can refer to. */
export const additionalAudiosField: INodeProperties = {
	displayName: 'Additional Audios',
	name: 'moreAudios',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add audio',
	default: {},
	description: 'More audio that segments refer to by reference ID',
	options: [
		{
			displayName: 'Audio',
			name: 'audio',
			values: [
				{
					displayName: 'Reference ID',
					name: 'refId',
					type: 'string',
					default: '',
					placeholder: 'e.g. answer',
					description: `The name that segments use for this audio. The main audio is '${MAIN_AUDIO}'.`,
				},
				{
					displayName: 'URL or Asset ID',
					name: 'source',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://www.example.com/voice.mp3',
					description: 'The public URL of the file, or an asset ID',
				},
			],
		},
	],
};

/** Additional field: more scripts, which segments can refer to. */
export const additionalScriptsField: INodeProperties = {
	displayName: 'Additional Scripts',
	name: 'moreScripts',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add script',
	default: {},
	description: 'More scripts that segments refer to by reference ID, each with its own voice',
	options: [
		{
			displayName: 'Script',
			name: 'script',
			values: [
				{
					displayName: 'Reference ID',
					name: 'refId',
					type: 'string',
					default: '',
					placeholder: 'e.g. question',
					description: `The name that segments use for this script. The main audio is '${MAIN_AUDIO}'.`,
				},
				scriptField,
				{
					displayName: 'Voice ID',
					name: 'voiceId',
					type: 'string',
					default: '',
					placeholder: 'e.g. EXAVITQu4vr4xnSDxMaL',
					description: 'The ID of the voice that speaks, e.g. from Voice → Get Many',
				},
			],
		},
	],
};

/** Additional field: which audio plays in which part of the video. */
export const segmentsField: INodeProperties = {
	displayName: 'Segments',
	name: 'segments',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add segment',
	default: {},
	description: "Parts of the video with their own audio. They can't overlap.",
	options: [
		{
			displayName: 'Segment',
			name: 'segment',
			values: [
				{
					displayName: 'Audio End (Seconds)',
					name: 'cropEnd',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 3 },
					default: 0,
					description: 'Where the part to use ends in the audio, or 0 for the end of the audio',
				},
				{
					displayName: 'Audio Reference',
					name: 'refId',
					type: 'string',
					default: MAIN_AUDIO,
					placeholder: `e.g. ${MAIN_AUDIO}`,
					description: `The audio to use: '${MAIN_AUDIO}' for the main one, or the reference ID of an additional audio or script`,
				},
				{
					displayName: 'Audio Start (Seconds)',
					name: 'cropStart',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 3 },
					default: 0,
					description: 'Where the part to use starts in the audio',
				},
				{
					displayName: 'End (Seconds)',
					name: 'endTime',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 3 },
					default: 5,
					description: 'Where the segment ends in the video',
				},
				segmentOptionsField,
				{
					displayName: 'Start (Seconds)',
					name: 'startTime',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 3 },
					default: 0,
					description: 'Where the segment starts in the video',
				},
			],
		},
	],
};
