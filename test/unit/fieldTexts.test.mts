import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { expectNone } from '../contract/expectNone.mts';
import {
	listFiles,
	loadCredentials,
	loadNodes,
	parseTexts,
	readText,
} from '../contract/repository.mts';

/** A field, a list entry or a collection option, as n8n shows it. */
interface Shown {
	/** Its path, for the findings: `Sync Asset > Options > Timeout`. */
	where: string;
	/** The name that the user sees. */
	label: string;
	type: string;
	placeholder?: string;
	description?: string;
	action?: string;
	/** The labels of its options, in the order that n8n shows them. */
	entries: string[];
}

const ENTRY = 'entry of a list';
/** Words that Title Case does not capitalize, except as the first or the last word. */
const SMALL = /^(a|an|and|as|at|by|for|in|of|on|or|per|the|to|with)$/;

const getLabel = (part: object): string =>
	'displayName' in part ? String(part.displayName) : (part as INodePropertyOptions).name;

/** Lists a part of a description and everything below it: entries, options of collections, modes of locators. */
function walk(part: object, above: string): Shown[] {
	const { type, modes, options, values, ...rest } = part as Partial<INodeProperties> & {
		values?: object[];
	};
	const label = getLabel(part);
	const where = `${above} > ${label}`;
	const { placeholder, description, action } = rest as Partial<Shown>;
	const below: object[] = [...(options ?? []), ...(modes ?? []), ...(values ?? [])];
	const entries = (options ?? []).map(getLabel);
	return [
		{ where, label, type: type ?? ENTRY, placeholder, description, action, entries },
		...below.flatMap((one) => walk(one, where)),
	];
}

let shown: Shown[];

beforeAll(async () => {
	const classes = [
		...(await loadNodes()).map(({ instance }) => instance.description),
		...(await loadCredentials()).map(({ instance }) => instance),
	];
	shown = classes.flatMap(({ displayName, properties }) =>
		properties.flatMap((property) => walk(property, displayName)),
	);
});

/** Finds the parts that break a rule. @param text the one that breaks it */
const findBreaches = (breaks: (one: Shown) => unknown, text: (one: Shown) => unknown): string[] =>
	shown.filter(breaks).map((one) => `${one.where}: ${String(text(one))}`);

const isTitleCase = (label: string): boolean =>
	label
		.split(' ')
		.every((word, index, { length }) =>
			index > 0 && index < length - 1 && SMALL.test(word.toLowerCase())
				? word === word.toLowerCase()
				: /^\(?[\p{Lu}\d]/u.test(word),
		);

/** Removes HTML tags from a description. */
const removeTags = (html = ''): string => html.replace(/<[^>]+>/g, '');
const hasSeveralSentences = (text: string): boolean => /[.!?] ('|sync\.so|\p{Lu})/u.test(text);
const isInOrder = (labels: string[]): boolean =>
	labels.every((label, index) => index === 0 || labels[index - 1].localeCompare(label, 'en') <= 0);

/** Entries of lists and modes of locators may speak for themselves. A notice is a text. */
const NEEDS_NO_DESCRIPTION = new RegExp(`^(${ENTRY}|list|notice|hidden)$`);
/** Names that n8n uses in every node, and modes of locators. */
const COMMON_LABEL =
	/^(Resource|Operation|Options|Filters|Additional Fields|Update Fields|Request Options|By ID)$/;
const FUNCTION_WORDS =
	/^(a|an|and|any|are|as|at|be|by|can|do|does|for|from|how|if|in|into|is|it|its|of|on|only|or|that|the|these|this|those|to|what|when|where|whether|which|who|with|your)$/;

/** Parses the content words of a text, without the endings that differ between singular and plural. */
const parseWords = (text: string): string[] =>
	(
		removeTags(text)
			.toLowerCase()
			.match(/[\p{L}\d]+/gu) ?? []
	)
		.filter((word) => !FUNCTION_WORDS.test(word))
		.map((word) => word.replace(/s$/, ''));

const saysMore = (description: string, label: string): boolean => {
	const known = parseWords(label);
	return parseWords(description).some((word) => !known.includes(word));
};

/** Create, the operation that most users look for, may come first. */
const withoutLead = (operations: string[]): string[] =>
	operations[0] === 'Create' ? operations.slice(1) : operations;

test('the fields of nodes and credentials are found', () => {
	expect(shown.map(({ label }) => label)).toEqual(
		expect.arrayContaining([
			'Resource',
			'Asset',
			'By ID',
			'Return Item',
			'Timeout (Seconds)',
			'API Key',
		]),
	);
});

test('names are in Title Case', () => {
	expectNone(
		findBreaches(
			({ type, label }) => type !== 'notice' && !isTitleCase(label),
			({ label }) => label,
		),
		'Write the important words with a capital:',
	);
});

test('descriptions in lists fit into the two lines that n8n shows', () => {
	expectNone(
		findBreaches(
			({ type, description = '' }) => type === ENTRY && description.length > 115,
			({ description }) => description,
		),
		'Shorten these, or say what matters first:',
	);
});

test('numbers with a unit have it in their label', () => {
	expectNone(
		findBreaches(
			({ type, label, description = '' }) =>
				type === 'number' &&
				/\b(in|of) (seconds|minutes|pixels|bytes|megabytes|US dollars)\b/.test(description) &&
				!label.endsWith(')'),
			({ description }) => description,
		),
		'Put the unit into the label, e.g. "Timeout (Seconds)":',
	);
});

test('descriptions start with a capital', () => {
	expectNone(
		findBreaches(
			({ description }) => description !== undefined && !/^\p{Lu}/u.test(removeTags(description)),
			({ description }) => description,
		),
		'Start these with a capital:',
	);
});

test('descriptions end with a full stop only if they have several sentences', () => {
	expectNone(
		findBreaches(
			({ description }) =>
				description !== undefined &&
				hasSeveralSentences(removeTags(description)) !== removeTags(description).endsWith('.'),
			({ description }) => description,
		),
		'Mind the full stop at the end:',
	);
});

test('fields have a description', () => {
	expectNone(
		findBreaches(
			({ label, type, description }) =>
				!description && !NEEDS_NO_DESCRIPTION.test(type) && !COMMON_LABEL.test(label),
			({ label }) => label,
		),
		'Describe what these do or control:',
	);
});

test('descriptions say more than the label', () => {
	expectNone(
		findBreaches(
			({ label, description }) => description !== undefined && !saysMore(description, label),
			({ description }) => description,
		),
		'Say what these do or control, or leave the description out:',
	);
});

/** Fields that n8n adds to nodes, or that other nodes have. */
const NAMES_OF_N8N = ['Batch Size', 'Ignore SSL Issues', 'Timeout'];

const nodeTexts = [...listFiles('credentials'), ...listFiles('nodes')]
	.filter((file) => file.endsWith('.ts') && !file.endsWith('/api.ts'))
	.flatMap((file) => parseTexts(readText(file)).map((text) => ({ file, text })));

test('texts put the names of fields in single quotes', () => {
	const labels = shown
		.filter(({ type, label }) => type !== ENTRY && type !== 'notice' && label.includes(' '))
		.map(({ label }) => label);
	const findNames = (text: string): string[] => {
		const unquoted = labels.reduce((rest, label) => rest.replaceAll(`'${label}'`, ''), text);
		return labels.includes(text) ? [] : labels.filter((label) => unquoted.includes(label));
	};
	expectNone(
		nodeTexts
			.filter(({ text }) => findNames(text).length > 0)
			.map(({ file, text }) => `${file}: ${text}`),
		'Put the names in quotes:',
	);
});

test('names in single quotes are names that the user sees', () => {
	// The same word may be the name of a resource or operation, and not of a field.
	const fields = shown.filter(({ where }) => !/ > (Resource|Operation) > /.test(where));
	const labels = [...fields.map(({ label }) => label), ...NAMES_OF_N8N];
	expectNone(
		nodeTexts.flatMap(({ file, text }) =>
			[...text.matchAll(/(?<!\p{L})'(\p{Lu}[^']*)'/gu)]
				.filter(([, name]) => !labels.includes(name))
				.map(([, name]) => `${file}: '${name}' in: ${text}`),
		),
		'No field or option has these names:',
	);
});

test('descriptions of Boolean fields start with Whether', () => {
	expectNone(
		findBreaches(
			({ type, description }) => type === 'boolean' && !description?.startsWith('Whether '),
			({ description }) => description,
		),
		'Say what happens when it is on, with "Whether …":',
	);
});

test.each([
	['text and numbers', /^(string|number)$/, 'e.g. '],
	['lists', /^list$/, 'Select '],
	['collections', /^(fixedC|c)ollection$/, 'Add '],
])('placeholders of %s start like those of n8n', (_what, types, start) => {
	expectNone(
		findBreaches(
			({ type, placeholder }) => types.test(type) && !(placeholder ?? start).startsWith(start),
			({ placeholder }) => placeholder,
		),
		`Start these with "${start}":`,
	);
});

test('collections have a placeholder, because n8n shows it on their button', () => {
	expectNone(
		findBreaches(
			({ type, placeholder }) => /collection$/i.test(type) && !placeholder,
			({ placeholder }) => placeholder,
		),
		'Give these a placeholder, such as "Add option":',
	);
});

test('lists and collections are in alphabetical order, except resources', () => {
	expectNone(
		findBreaches(
			({ label, entries }) =>
				label !== 'Resource' && !isInOrder(label === 'Operation' ? withoutLead(entries) : entries),
			({ entries }) => entries.join(', '),
		),
		'Sort these by what the user reads:',
	);
});

test('operations have an action in sentence case, without an article', () => {
	expectNone(
		findBreaches(
			({ where, type, action }) =>
				type === ENTRY &&
				/ > Operation > [^>]+$/.test(where) &&
				!/^\p{Lu}[\p{Ll}]+( (?!an? |the )(URL|ID|[\p{Ll}-]+))+$/u.test(action ?? ''),
			({ action }) => action,
		),
		'Write these like "Get asset":',
	);
});

test('the entries of a list have different names', () => {
	expectNone(
		findBreaches(
			({ entries }) => new Set(entries).size < entries.length,
			({ entries }) => entries.join(', '),
		),
		'Tell these apart:',
	);
});
