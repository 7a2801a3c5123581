import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { listOrText } from '../../shared/fields/toolFields';
import { voiceLocator } from '../../shared/fields/voiceLocator';
import type { ItemContext } from '../../shared/transport/itemContext';
import { parseChoice } from '../../shared/transport/values';
import { TARGET_LANGUAGES } from './languages';
import type { Media } from './media';
import { mediaFields, mediaSources, readMedia } from './media';
import type { SpeechInput } from './speechProvider';
import { readSpeechInput, scriptField, voiceSettingsField } from './speechProvider';

/** Where the speech comes from: media, a script for text to speech, or the video itself, which is then dubbed. */
export type Audio = Readonly<
	| { from: 'media'; media: Media }
	| { from: 'script'; provider: SpeechInput }
	| { from: 'dub'; dubParams: components['schemas']['DubParams'] }
>;

const SOURCES = ['asset', 'binary', 'none', 'text', 'url'] as const;

const targetLanguageField: INodeProperties = {
	displayName: 'Target Language',
	name: 'targetLanguage',
	type: 'options',
	options: TARGET_LANGUAGES,
	default: 'es',
	description:
		'The language to dub the video into. The language spoken in it is detected automatically.',
};

/** The fields of the audio. */
export const audioFields: INodeProperties[] = [
	{
		displayName: 'Audio Source',
		name: 'audioSource',
		type: 'options',
		options: [
			...mediaSources,
			{
				name: 'Dub Into Another Language',
				value: 'none',
				description: 'Translate the speech in the video into another language',
			},
			{
				name: 'Text to Speech',
				value: 'text',
				description: 'Generate speech from a script with a voice',
			},
		].sort((a, b) => a.name.localeCompare(b.name)),
		default: 'url',
		description: 'Where the speech to lip-sync to comes from',
	},
	...mediaFields('audio'),
	...updateDisplayOptions({ show: { audioSource: ['text'] } }, [
		voiceLocator,
		scriptField,
		voiceSettingsField,
	]),
	...updateDisplayOptions(
		{ show: { audioSource: ['none'] } },
		listOrText(targetLanguageField, {
			placeholder: 'e.g. es',
			description: 'The code of the language to dub the video into, e.g. es for Spanish',
		}),
	),
];

/** Reads {@link audioFields}. Sends nothing. @throws FailureError if a field is missing or invalid */
export async function readAudio(item: ItemContext): Promise<Audio> {
	const source = parseChoice(item.parameter('audioSource', 'url'), 'Audio Source', SOURCES);
	if (source === 'text') return { from: 'script', provider: readSpeechInput(item) };
	if (source !== 'none') return { from: 'media', media: await readMedia(item, 'audio') };
	const codes = TARGET_LANGUAGES.map(({ value }) => value);
	const targetLang = parseChoice(item.parameter('targetLanguage', ''), 'Target Language', codes);
	return { from: 'dub', dubParams: { providerName: 'elevenlabs', targetLang, sourceLang: 'auto' } };
}
