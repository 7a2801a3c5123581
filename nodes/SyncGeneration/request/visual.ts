import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { parseChoice } from '../../shared/transport/values';
import { mediaFields, mediaSources } from './media';

/** What shows the face: a video or an image. */
export type VisualKind = 'video' | 'image';

const VISUAL_KIND_CHOICES = ['auto', 'image', 'video'] as const;

/** The fields of the video or image. */
export const visualFields: INodeProperties[] = [
	{
		displayName: 'Video or Image Source',
		name: 'visualSource',
		type: 'options',
		options: mediaSources,
		default: 'url',
		description: 'Where to get the video or portrait. Images require sync-3.',
	},
	...mediaFields('visual'),
];

/** The optional field that replaces the detection of the kind. */
export const visualKindField: INodeProperties = {
	displayName: 'Video or Image Kind',
	name: 'visualKind',
	type: 'options',
	options: [
		{
			name: 'Automatic',
			value: 'auto',
			description: 'Detect from the file or URL. Defaults to video.',
		},
		{ name: 'Image', value: 'image' },
		{ name: 'Video', value: 'video' },
	],
	default: 'auto',
	description: 'Whether sync.so should treat the file as a video or an image',
};

/** Reads {@link visualKindField} from its collection. @throws FailureError if it is unknown */
export const readVisualKind = ({ visualKind = 'auto' }: IDataObject): VisualKind | 'auto' =>
	parseChoice(visualKind, 'Video or Image Kind', VISUAL_KIND_CHOICES);
