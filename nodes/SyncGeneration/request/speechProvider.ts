import type { INodeProperties } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { parseNumber, parseText } from '../../shared/transport/values';

/** The API's limit, in Unicode characters. */
const MAX_SCRIPT_LENGTH = 5000;

/**
 * What to say with which voice, in the API's format. The voice settings are optional here, because openapi-typescript
 * makes every field with a default required.
 */
export type SpeechInput = Pick<
	components['schemas']['TextInput']['provider'],
	'name' | 'voiceId' | 'script'
> & {
	stability?: number;
	similarityBoost?: number;
};

/** The text to speak. */
export const scriptField: INodeProperties = {
	displayName: 'Script',
	name: 'script',
	type: 'string',
	typeOptions: { rows: 4 },
	required: true,
	default: '',
	placeholder: 'e.g. Welcome to our product tour.',
	description: `What the voice says, in up to ${MAX_SCRIPT_LENGTH} characters`,
};

/** How the voice speaks. */
export const voiceSettingsField: INodeProperties = {
	displayName: 'Voice Settings',
	name: 'voiceSettings',
	type: 'collection',
	placeholder: 'Add setting',
	default: {},
	description: 'How the speech sounds',
	options: [
		{
			displayName: 'Similarity',
			name: 'similarityBoost',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
			default: 0.75,
			description: 'How close to the original voice it sounds, from 0 to 1',
		},
		{
			displayName: 'Stability',
			name: 'stability',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
			default: 0.5,
			description: 'How evenly it speaks, from 0 (lively) to 1 (monotonous)',
		},
	],
};

/** The number of Unicode characters. `length` would count some of them twice, e.g. emoji. */
export const countCharacters = (text: string): number => [...text].length;

/**
 * Reads the voice, {@link scriptField} and {@link voiceSettingsField}.
 *
 * @throws FailureError if one is invalid
 */
export function readSpeechInput(item: ItemContext): SpeechInput {
	const voiceId = item.readId('voiceId', 'voice');
	const script = parseScript(item.parameter('script'));
	const { stability, similarityBoost } = item.readCollection('voiceSettings');
	return {
		name: 'elevenlabs',
		voiceId,
		script,
		...(stability !== undefined && {
			stability: parseNumber(stability, { label: 'Stability', min: 0, max: 1 }),
		}),
		...(similarityBoost !== undefined && {
			similarityBoost: parseNumber(similarityBoost, { label: 'Similarity', min: 0, max: 1 }),
		}),
	};
}

/** Checks a script. @throws FailureError if it is empty or too long */
export function parseScript(value: unknown): string {
	const script = parseText(value, 'Script');
	const length = countCharacters(script);
	if (length <= MAX_SCRIPT_LENGTH) return script;
	throw inputError(
		`The script has ${length} characters, but sync.so accepts up to ${MAX_SCRIPT_LENGTH}`,
		'Shorten it, or split it into several items',
	);
}
