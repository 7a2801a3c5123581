import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { components } from '../../shared/api';
import type { Call } from '../../shared/transport/operation';
import { voiceLocator } from '../../shared/fields/voiceLocator';
import type { Provider } from './speechProvider';
import { providerOf, scriptField, voiceSettingsField } from './speechProvider';
import { TARGET_LANGUAGES } from './languages';
import type { Media } from './media';
import { mediaFields, mediaOf, mediaSources } from './media';
import { choiceOf, refusal } from '../../shared/fields/values';

/** A script as an input of a generation. */
export interface TextInput {
	type: 'text';
	provider: Provider;
	refId?: string;
}

/** What is heard: media, a script that is spoken, or the video's own voice in another language. */
export type Voice =
	| { media: Media }
	| { provider: Provider }
	| { dubParams: components['schemas']['DubParams'] };

/** The fields of the audio. */
export const audioFields: INodeProperties[] = [
	{
		displayName: 'Audio',
		name: 'audioSource',
		type: 'options',
		options: [
			...mediaSources,
			{
				name: 'None, Dub the Video',
				value: 'none',
				description: 'The voice in the video itself is translated into another language',
			},
			{
				name: 'Text to Speech',
				value: 'text',
				description: 'A voice of sync.so speaks a script',
			},
		].sort((a, b) => a.name.localeCompare(b.name)),
		default: 'url',
		description: 'Where the speech comes from that the lips are to follow',
	},
	...mediaFields('audio'),
	...updateDisplayOptions({ show: { audioSource: ['text'] } }, [
		voiceLocator,
		scriptField,
		voiceSettingsField,
	]),
	{
		displayName: 'Target Language',
		name: 'targetLanguage',
		type: 'options',
		displayOptions: { show: { audioSource: ['none'] } },
		options: TARGET_LANGUAGES,
		default: 'es',
		description:
			'The language that the video is dubbed into. The language that is spoken in it is found automatically.',
	},
];

/**
 * What is to be heard, by {@link audioFields}.
 *
 * @param wantsDuration whether the length of an asset is to be looked up
 * @throws FailureError when there is nothing, or it is not as it has to be
 */
export async function voiceOf(call: Call, wantsDuration: boolean): Promise<Voice> {
	const source = call.parameter('audioSource', 'url');
	if (source === 'text') return { provider: providerOf(call) };
	if (source === 'none') {
		const codes = TARGET_LANGUAGES.map(({ value }) => value);
		const targetLang = choiceOf(call.parameter('targetLanguage', ''), 'Target Language', codes);
		return { dubParams: { providerName: 'elevenlabs', targetLang, sourceLang: 'auto' } };
	}
	const media = await mediaOf(call, 'audio', wantsDuration);
	// Files of several formats hold audio alone, or with a picture that sync.so leaves out; an image never has any.
	if (media.type !== 'IMAGE') return { media };
	throw refusal('The file under Audio is an image', 'Check that it is the right file');
}
