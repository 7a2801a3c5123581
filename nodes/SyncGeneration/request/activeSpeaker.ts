import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { parseWebAddress } from '../../shared/fields/webAddress';
import { inputError } from '../../shared/transport/errors';
import { parseBoolean, parseChoice, parseNumber } from '../../shared/transport/values';
import type { VisualKind } from './visual';

/** openapi-typescript takes every field that has a default for one that is there. */
type ActiveSpeaker = Partial<components['schemas']['ActiveSpeaker']>;

const WAYS = ['auto', 'boxes', 'point'] as const;

const shownFor = (way: (typeof WAYS)[number]) => ({ show: { way: [way] } });

/** Which of several faces speaks: one of the model's options. */
export const activeSpeakerField: INodeProperties = {
	displayName: 'Active Speaker Detection',
	name: 'activeSpeaker',
	type: 'fixedCollection',
	placeholder: 'Add speaker detection',
	default: {},
	description: 'Which face is to speak, when there are several',
	options: [
		{
			displayName: 'Speaker',
			name: 'speaker',
			values: [
				{
					displayName: 'Found By',
					name: 'way',
					type: 'options',
					options: [
						{
							name: 'Bounding Boxes',
							value: 'boxes',
							description: 'A file says where the face is',
						},
						{ name: 'Detection', value: 'auto', description: 'The face that speaks is found' },
						{ name: 'Frame and Point', value: 'point', description: 'A point in one frame' },
					],
					default: 'auto',
					description: 'How it is known which face speaks. Detection needs a video.',
				},
				{
					displayName: 'Frame Number',
					name: 'frameNumber',
					type: 'number',
					typeOptions: { minValue: 0 },
					displayOptions: shownFor('point'),
					default: 0,
					description: 'The frame in which the point lies, counted from 0; 0 for an image',
				},
				{
					displayName: 'URL of Bounding Boxes',
					name: 'boxesUrl',
					type: 'string',
					displayOptions: shownFor('boxes'),
					default: '',
					placeholder: 'e.g. https://www.example.com/boxes.json',
					description:
						'The address of a JSON file with a list that has, for each frame, the box of the face as [x1, y1, x2, y2], or null',
				},
				{
					displayName: 'Use Version 3',
					name: 'v3',
					type: 'boolean',
					default: false,
					description: 'Whether to use version 3 of the detection',
				},
				{
					displayName: 'X',
					name: 'x',
					type: 'number',
					typeOptions: { minValue: 0 },
					displayOptions: shownFor('point'),
					default: 0,
					description: 'How many pixels from the left the face is',
				},
				{
					displayName: 'Y',
					name: 'y',
					type: 'number',
					typeOptions: { minValue: 0 },
					displayOptions: shownFor('point'),
					default: 0,
					description: 'How many pixels from the top the face is',
				},
			],
		},
	],
};

/**
 * Which face speaks, as the API takes it; undefined when nothing is set.
 *
 * @param field the value of {@link activeSpeakerField}
 * @throws FailureError when it is not as it has to be
 */
export function buildActiveSpeaker(field: unknown, kind: VisualKind): ActiveSpeaker | undefined {
	const { speaker } = (field ?? {}) as { speaker?: IDataObject };
	if (!speaker) return undefined;
	const { way = 'auto', boxesUrl, frameNumber = 0, x = 0, y = 0, v3 } = speaker;
	const version = v3 !== undefined && parseBoolean(v3, 'Use Version 3') ? { v3: true } : {};
	const found = parseChoice(way, 'Found By', WAYS);
	if (found === 'boxes') {
		const url = parseWebAddress(boxesUrl, 'URL of Bounding Boxes', 'boxes.json');
		return { ...version, bounding_boxes_url: url.href };
	}
	if (found === 'point') {
		const frame = parseNumber(frameNumber, { label: 'Frame Number', integer: true });
		if (kind === 'image' && frame > 0) {
			throw inputError(`An image has no frame ${frame}`, 'Set Frame Number to 0');
		}
		const coordinates = [parseNumber(x, { label: 'X' }), parseNumber(y, { label: 'Y' })];
		return { ...version, frame_number: frame, coordinates };
	}
	if (kind === 'video') return { ...version, auto_detect: true };
	throw inputError(
		'Who speaks can not be detected in an image',
		'Set Found By to Frame and Point, with frame 0, or take Active Speaker Detection out',
	);
}
