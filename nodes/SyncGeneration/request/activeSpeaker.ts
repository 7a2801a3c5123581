import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { parsePublicUrl, readPublicUrl } from '../../shared/fields/publicUrl';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { parseBoolean, parseChoice, parseNumber } from '../../shared/transport/values';
import type { VisualKind } from './visual';

/** In the API's format. Partial, because openapi-typescript makes every field with a default required. */
type ActiveSpeaker = Partial<components['schemas']['ActiveSpeaker']>;

const METHODS = ['auto', 'boxes', 'point'] as const;

const showForMethod = (method: (typeof METHODS)[number]) => ({ show: { way: [method] } });

/** Model option: which one of several faces speaks. */
export const activeSpeakerField: INodeProperties = {
	displayName: 'Active Speaker Detection',
	name: 'activeSpeaker',
	type: 'fixedCollection',
	placeholder: 'Add speaker detection',
	default: {},
	description: 'Which face to animate if there are several',
	options: [
		{
			displayName: 'Speaker',
			name: 'speaker',
			values: [
				{
					displayName: 'Detection Method',
					name: 'way',
					type: 'options',
					options: [
						{
							name: 'Bounding Boxes',
							value: 'boxes',
							description: 'Read the position of the face from a file',
						},
						{
							name: 'Detection',
							value: 'auto',
							description: 'Detect the speaking face automatically',
						},
						{
							name: 'Frame and Point',
							value: 'point',
							description: 'Mark the face by a point in one frame',
						},
					],
					default: 'auto',
					description: 'How to find the speaking face. Detection requires a video.',
				},
				{
					displayName: 'Frame Number',
					name: 'frameNumber',
					type: 'number',
					typeOptions: { minValue: 0 },
					displayOptions: showForMethod('point'),
					default: 0,
					description: 'The frame that contains the point, counted from 0. Use 0 for an image.',
				},
				{
					displayName: 'URL of Bounding Boxes',
					name: 'boxesUrl',
					type: 'string',
					displayOptions: showForMethod('boxes'),
					default: '',
					placeholder: 'e.g. https://www.example.com/boxes.json',
					description:
						'The URL of a JSON file: a list with one box [x1, y1, x2, y2] or null per frame',
				},
				{
					displayName: 'Use Version 3',
					name: 'v3',
					type: 'boolean',
					default: false,
					description: 'Whether to use version 3 of the speaker detection',
				},
				{
					displayName: 'X (Pixels)',
					name: 'x',
					type: 'number',
					typeOptions: { minValue: 0 },
					displayOptions: showForMethod('point'),
					default: 0,
					description: 'Distance of the face from the left edge',
				},
				{
					displayName: 'Y (Pixels)',
					name: 'y',
					type: 'number',
					typeOptions: { minValue: 0 },
					displayOptions: showForMethod('point'),
					default: 0,
					description: 'Distance of the face from the top edge',
				},
			],
		},
	],
};

/** The name of the field for the URL of bounding boxes, and an example. */
const BOXES_FILE = ['URL of Bounding Boxes', 'boxes.json'] as const;

/**
 * Checks that sync.so can fetch the bounding boxes, if there are any.
 *
 * @param field the value of {@link activeSpeakerField}
 * @throws FailureError if it can't
 */
export async function checkBoxesUrl(item: ItemContext, field: unknown): Promise<void> {
	const { speaker } = (field ?? {}) as { speaker?: IDataObject };
	if (speaker?.way === 'boxes') await readPublicUrl(item, speaker.boxesUrl, ...BOXES_FILE);
}

/**
 * Builds the speaker detection in the API's format. Returns undefined if nothing is set.
 *
 * @param field the value of {@link activeSpeakerField}
 * @throws FailureError if a value is invalid
 */
export function buildActiveSpeaker(field: unknown, kind: VisualKind): ActiveSpeaker | undefined {
	const { speaker } = (field ?? {}) as { speaker?: IDataObject };
	if (!speaker) return undefined;
	const { way = 'auto', boxesUrl, frameNumber = 0, x = 0, y = 0, v3 } = speaker;
	const version = v3 !== undefined && parseBoolean(v3, 'Use Version 3') ? { v3: true } : {};
	const method = parseChoice(way, 'Detection Method', METHODS);
	if (method === 'boxes') {
		const url = parsePublicUrl(boxesUrl, ...BOXES_FILE);
		return { ...version, bounding_boxes_url: url.href };
	}
	if (method === 'point') {
		const frame = parseNumber(frameNumber, { label: 'Frame Number', integer: true });
		if (kind === 'image' && frame > 0) {
			throw inputError(`An image has no frame ${frame}`, "Set 'Frame Number' to 0");
		}
		const coordinates = [
			parseNumber(x, { label: 'X (Pixels)' }),
			parseNumber(y, { label: 'Y (Pixels)' }),
		];
		return { ...version, frame_number: frame, coordinates };
	}
	if (kind === 'video') return { ...version, auto_detect: true };
	throw inputError(
		'Speaker detection requires a video, not an image',
		"Set 'Detection Method' to Frame and Point with frame 0, or remove 'Active Speaker Detection'",
	);
}
