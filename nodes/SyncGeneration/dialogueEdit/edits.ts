import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import type { components } from '../../shared/api';
import { inputError } from '../../shared/transport/errors';
import type { ItemContext } from '../../shared/transport/itemContext';
import { isBlank, parseChoice, parseText } from '../../shared/transport/values';

/** An edit in the API's format. */
export type Edit = components['schemas']['DialogueEditOperation'];

/** The API's limit. */
const MAX_EDITS = 100;

const KINDS = ['change', 'remove'] as const;
const SPECIFY_WAYS = ['fields', 'json'] as const;

/** The fields for the edits. */
export const editFields: INodeProperties[] = [
	{
		displayName: 'Specify Edits',
		name: 'specifyEdits',
		type: 'options',
		options: [
			{ name: 'Using Fields Below', value: 'fields', description: 'Enter each edit in the form' },
			{ name: 'Using JSON', value: 'json', description: 'Use a list, e.g. from an AI model' },
		],
		default: 'fields',
		description: 'How to enter the edits',
	},
	{
		displayName: 'Edits',
		name: 'edits',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		displayOptions: { show: { specifyEdits: ['fields'] } },
		placeholder: 'Add edit',
		default: {},
		description: 'The words to change or remove',
		options: [
			{
				displayName: 'Edit',
				name: 'edit',
				values: [
					{
						displayName: 'Kind',
						name: 'kind',
						type: 'options',
						options: [
							{ name: 'Change', value: 'change', description: 'Replace a word by other words' },
							{ name: 'Remove', value: 'remove', description: 'Cut out consecutive words' },
						],
						default: 'change',
						description: 'What to do with the words',
					},
					{
						displayName: 'Pronunciation',
						name: 'pronunciation',
						type: 'string',
						displayOptions: { show: { kind: ['change'] } },
						default: '',
						placeholder: 'e.g. AK-mee',
						description: 'How to pronounce the replacement, if its spelling is not enough',
					},
					{
						displayName: 'Replacement',
						name: 'replacement',
						type: 'string',
						displayOptions: { show: { kind: ['change'] } },
						default: '',
						placeholder: 'e.g. tomorrow',
						description: 'What the speaker says instead',
					},
					{
						displayName: 'Word IDs',
						name: 'wordIds',
						type: 'string',
						default: '',
						placeholder: 'e.g. w17',
						description:
							'The IDs of the words in the transcript, separated by commas. A change takes one word.',
					},
				],
			},
		],
	},
	{
		displayName: 'Edits (JSON)',
		name: 'editsJson',
		type: 'json',
		displayOptions: { show: { specifyEdits: ['json'] } },
		default: '[{ "kind": "change", "wordId": "w17", "replacement": "tomorrow" }]',
		description:
			'A list of edits: { "kind": "change", "wordId", "replacement", "pronunciation" } or { "kind": "remove", "wordIds" }',
	},
];

/** Reads {@link editFields}. @throws FailureError if there is no edit, or if one is invalid */
export function readEdits(item: ItemContext): Edit[] {
	const way = parseChoice(item.parameter('specifyEdits', 'fields'), 'Specify Edits', SPECIFY_WAYS);
	const entries = way === 'fields' ? readEntries(item) : readJson(item);
	if (entries.length === 0) {
		throw inputError('There are no edits', "Add a word to change or remove under 'Edits'");
	}
	if (entries.length > MAX_EDITS) {
		throw inputError(
			`There are ${entries.length} edits, but sync.so accepts up to ${MAX_EDITS}`,
			'Make the edits in several steps',
		);
	}
	const edits = entries.map(toEdit);
	checkConflicts(edits);
	return edits;
}

const readEntries = (item: ItemContext): IDataObject[] =>
	(item.parameter('edits', {}) as { edit?: IDataObject[] }).edit ?? [];

function readJson(item: ItemContext): IDataObject[] {
	const value = item.parameter('editsJson');
	const list =
		typeof value === 'string' ? jsonParse<unknown>(value, { fallbackValue: undefined }) : value;
	if (Array.isArray(list) && list.every((entry) => typeof entry === 'object' && entry !== null)) {
		return list as IDataObject[];
	}
	throw inputError(
		"'Edits (JSON)' is not a list of edits",
		'Use a list such as [{ "kind": "change", "wordId": "w17", "replacement": "tomorrow" }]',
	);
}

/** Converts an edit from the form or from JSON. @throws FailureError if it is invalid */
function toEdit({ kind, wordId, wordIds, replacement, pronunciation }: IDataObject): Edit {
	const ids = parseIds(wordId ?? wordIds);
	if (parseChoice(kind, 'Kind', KINDS) === 'remove') return { kind: 'remove', wordIds: ids };
	if (ids.length !== 1) {
		throw inputError(
			`A change replaces one word, but there are ${ids.length} word IDs: ${ids.join(', ')}`,
			'Change one of the words, and remove the others',
		);
	}
	return {
		kind: 'change',
		wordId: ids[0],
		replacement: parseText(replacement, 'Replacement'),
		...(!isBlank(pronunciation) && { pronunciation: parseText(pronunciation, 'Pronunciation') }),
	};
}

/** Parses word IDs: a list, or text with commas. @throws FailureError if there are none */
function parseIds(value: unknown): string[] {
	const list = Array.isArray(value) ? value : parseText(value, 'Word IDs').split(',');
	const ids = list.map((id) => parseText(id, 'Word IDs'));
	if (ids.length > 0) return ids;
	throw inputError("'Word IDs' is empty", 'Enter the IDs of words in the transcript');
}

/** The IDs of the words that edits change or remove. */
export const listWordIds = (edits: Edit[]): string[] =>
	edits.flatMap(({ wordId, wordIds = [] }) => (wordId ? [wordId] : wordIds));

/** @throws FailureError if two edits are about the same word */
function checkConflicts(edits: Edit[]): void {
	const ids = listWordIds(edits);
	const duplicate = ids.find((id, index) => ids.indexOf(id) !== index);
	if (duplicate === undefined) return;
	throw inputError(
		`Several edits are about the word ${duplicate}`,
		'Change or remove each word only once',
	);
}
