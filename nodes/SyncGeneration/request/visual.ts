import type { INodeProperties } from 'n8n-workflow';
import type { Call } from '../../shared/transport/operation';
import type { Media } from './media';
import { mediaFields, mediaOf, mediaSources } from './media';
import { choiceOf, refusal } from '../../shared/fields/values';

/** What the face is seen in. */
export interface Visual extends Media {
	kind: 'video' | 'image';
}

/** The fields of the video or image. */
export const visualFields: INodeProperties[] = [
	{
		displayName: 'Video or Image',
		name: 'visualSource',
		type: 'options',
		options: mediaSources,
		default: 'url',
		description:
			'Where the video comes from, or the portrait, whose lips are to move. An image needs the model sync-3.',
	},
	...mediaFields('visual'),
	{
		displayName: 'Video or Image Kind',
		name: 'visualKind',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description:
					'By the type of the file, the extension of the URL, or the type of the asset. What does not tell is taken for a video.',
			},
			{ name: 'Image', value: 'image' },
			{ name: 'Video', value: 'video' },
		],
		default: 'auto',
		description: 'Whether it is a video or an image',
	},
];

/**
 * The video or image that the fields say.
 *
 * @param wantsDuration whether its length is to be looked up
 * @throws FailureError when there is none
 */
export async function visualOf(call: Call, wantsDuration: boolean): Promise<Visual> {
	const chosen = choiceOf(call.parameter('visualKind', 'auto'), 'Video or Image Kind', [
		'auto',
		'image',
		'video',
	]);
	const media = await mediaOf(call, 'visual', chosen === 'auto' || wantsDuration);
	if (media.type === 'AUDIO' && chosen === 'auto') {
		throw refusal(
			'The file under Video or Image is audio',
			'Check that video and audio are not mixed up, or choose the Video or Image Kind when you know better',
		);
	}
	const found = media.type === 'IMAGE' ? 'image' : 'video';
	return { ...media, kind: chosen === 'auto' ? found : chosen };
}
