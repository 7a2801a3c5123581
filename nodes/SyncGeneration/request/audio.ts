import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { listOrText } from '../../shared/fields/toolFields';
import { voiceLocator } from '../../shared/fields/voiceLocator';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { parseChoice } from '../../shared/transport/values';
import { DETECTED_LANGUAGE, SOURCE_LANGUAGES, TARGET_LANGUAGES } from './languages';
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
	description: 'The language to dub the video into',
};

const sourceLanguageField: INodeProperties = {
	displayName: 'Source Language',
	name: 'sourceLanguage',
	type: 'options',
	options: SOURCE_LANGUAGES,
	default: DETECTED_LANGUAGE,
	description: 'The language spoken in the video',
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
	...updateDisplayOptions({ show: { audioSource: ['none'] } }, [
		...listOrText(targetLanguageField, {
			placeholder: 'e.g. es',
			description: 'The code of the language to dub the video into, e.g. es for Spanish',
		}),
		...listOrText(sourceLanguageField, {
			placeholder: 'e.g. en',
			description: 'The code of the language spoken in the video, e.g. en for English, or auto',
		}),
	]),
];

/** Reads {@link audioFields}. Sends nothing. @throws FailureError if a field is missing or invalid */
export async function readAudio(item: ItemContext): Promise<Audio> {
	const source = parseChoice(item.parameter('audioSource', 'url'), 'Audio Source', SOURCES);
	if (source === 'text') return { from: 'script', provider: readSpeechInput(item) };
	if (source !== 'none') return { from: 'media', media: await readMedia(item, 'audio') };
	const targetLang = readLanguage(item, 'targetLanguage', 'Target Language', TARGET_LANGUAGES);
	const sourceLang = readLanguage(item, 'sourceLanguage', 'Source Language', SOURCE_LANGUAGES);
	if (sourceLang === targetLang) {
		throw inputError(
			`'Source Language' and 'Target Language' are the same: ${targetLang}`,
			"Set 'Source Language' to Detect Automatically, or choose another 'Target Language'",
		);
	}
	return { from: 'dub', dubParams: { providerName: 'elevenlabs', targetLang, sourceLang } };
}

/** Reads a language code. @throws FailureError if it is empty or unknown */
function readLanguage(
	item: ItemContext,
	name: string,
	label: string,
	languages: Array<{ value: string }>,
): string {
	const codes = languages.map(({ value }) => value);
	const fallback = name === 'sourceLanguage' ? DETECTED_LANGUAGE : '';
	return parseChoice(item.parameter(name, fallback), label, codes);
}
