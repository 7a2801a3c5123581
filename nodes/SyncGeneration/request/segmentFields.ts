import type { INodeProperties } from 'n8n-workflow';

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
	description: 'Further audio that segments name by its reference ID',
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
					description: `What segments call it. The audio above is called “${MAIN_AUDIO}”.`,
				},
				{
					displayName: 'URL or Asset ID',
					name: 'source',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://www.example.com/voice.mp3',
					description: 'The public address of the file, or the ID of an asset',
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
	description: 'Parts of the video with the audio that is heard in each; they may not overlap',
	options: [
		{
			displayName: 'Segment',
			name: 'segment',
			values: [
				{
					displayName: 'Audio Reference',
					name: 'refId',
					type: 'string',
					default: MAIN_AUDIO,
					placeholder: `e.g. ${MAIN_AUDIO}`,
					description: `Which audio is heard: “${MAIN_AUDIO}” for the one above, or the reference ID of an additional one`,
				},
				{
					displayName: 'Crop From',
					name: 'cropStart',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 3 },
					default: 0,
					description: 'Where in the audio to start, in seconds',
				},
				{
					displayName: 'Crop To',
					name: 'cropEnd',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 3 },
					default: 0,
					description: 'Where in the audio to end, in seconds; 0 for the whole audio',
				},
				{
					displayName: 'From',
					name: 'startTime',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 3 },
					default: 0,
					description: 'Where in the video the segment starts, in seconds',
				},
				{
					displayName: 'To',
					name: 'endTime',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 3 },
					default: 5,
					description: 'Where in the video the segment ends, in seconds',
				},
			],
		},
	],
};
