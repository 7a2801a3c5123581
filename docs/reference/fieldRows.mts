import type { INodeProperties } from 'n8n-workflow';
import { describeCondition, getCollectionFields, getOptions, labelOf } from './form.mts';
import { linkTo, toMarkdown, toSentence } from './markdown.mts';

/** Lists with more entries get a section of their own. */
const MAX_ENTRIES_IN_TABLE = 12;

/** The header of the tables of fields. */
export const FIELD_HEADER = ['field', 'default', 'what it does'];

/** A notice of the form, as a quotation. @param siblings the fields that it may depend on */
export function describeNotice(notice: INodeProperties, siblings: INodeProperties[]): string {
	const condition = describeCondition(notice, siblings);
	const text = toSentence(toMarkdown(notice.displayName));
	return `> ${text}${condition ? ` (Shown ${condition}.)` : ''}`;
}

/** Whether a list is too long for a table. */
export const isLong = (field: INodeProperties): boolean =>
	getOptions(field).length > MAX_ENTRIES_IN_TABLE;

/** The row of a field in a table. @param siblings the fields that it may depend on */
export const toRow = (field: INodeProperties, siblings: INodeProperties[]): string[] => [
	`**${field.displayName}**`,
	describeDefault(field),
	describeField(field, siblings),
];

function describeDefault(field: INodeProperties): string {
	const { type, required, default: value } = field;
	if (type === 'fixedCollection' || type === 'collection') return '';
	if (type === 'resourceLocator' || value === '' || value === undefined)
		return required ? 'required' : '';
	if (Array.isArray(value)) {
		const labels = value.map((entry) => labelOf(field, entry));
		return labels.length > 0 && labels.length === getOptions(field).length
			? 'all'
			: labels.join(', ');
	}
	return type !== 'options' && typeof value === 'string' ? `\`${value}\`` : labelOf(field, value);
}

/** What a field does, when it is shown, and what can be chosen. */
function describeField(field: INodeProperties, siblings: INodeProperties[]): string {
	const { type, description = '', hint, typeOptions } = field;
	const condition = describeCondition(field, siblings);
	const isList = type === 'options' || type === 'multiOptions';
	const choices = isList && !typeOptions?.loadOptionsMethod ? describeChoices(field) : '';
	const within = type === 'collection' ? `Fields: ${listLabels(field)}` : undefined;
	const texts = [hint, description, within]
		.filter(Boolean)
		.map((text) => toSentence(toMarkdown(text ?? '')));
	return [[...texts, condition && `Shown ${condition}.`].filter(Boolean).join(' '), choices]
		.filter(Boolean)
		.join('<br>');
}

const listLabels = (collection: INodeProperties): string =>
	getCollectionFields(collection)
		.map(({ displayName }) => displayName)
		.join(', ');

function describeChoices(field: INodeProperties): string {
	const entries = getOptions(field);
	if (isLong(field)) {
		return `One of ${linkTo(`${field.displayName} values`, `${entries.length} values`)}.`;
	}
	if (entries.every(({ description }) => !description)) {
		return toSentence(entries.map(({ name }) => `_${name}_`).join(', '));
	}
	return entries
		.map(({ name, description }) => `_${name}_${description ? `: ${toMarkdown(description)}` : ''}`)
		.join('<br>');
}
