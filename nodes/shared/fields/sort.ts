import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ItemContext } from '../transport/itemContext';
import { parseChoice } from '../transport/values';

const DIRECTIONS = ['asc', 'desc'] as const;

/** Field of a sort rule: the direction. */
export const directionField: INodeProperties = {
	displayName: 'Direction',
	name: 'direction',
	type: 'options',
	options: [
		{ name: 'Ascending', value: 'asc', description: 'Oldest, shortest or smallest first' },
		{ name: 'Descending', value: 'desc', description: 'Newest, longest or largest first' },
	],
	default: 'desc',
	description: 'Whether to start with the lowest or the highest value',
};

/**
 * Creates the collection 'Sort' of a list.
 *
 * @param things what is listed, e.g. `assets`
 * @param choices what they can be sorted by
 * @param sortBy the default choice
 * @param moreFields further fields of the rule
 */
export const createSortField = (
	things: string,
	choices: INodePropertyOptions[],
	sortBy: string,
	moreFields: INodeProperties[] = [],
): INodeProperties => ({
	displayName: 'Sort',
	name: 'sort',
	type: 'fixedCollection',
	placeholder: 'Add sort rule',
	default: {},
	description: `How to sort the ${things}. With a limit, only the first ones are returned.`,
	options: [
		{
			displayName: 'Rule',
			name: 'rule',
			values: [
				...moreFields,
				{
					displayName: 'Sort By',
					name: 'sortBy',
					type: 'options',
					options: choices,
					default: sortBy,
					description: `What to sort the ${things} by`,
				},
			],
		},
	],
});

/** The rule in the collection 'Sort'; undefined if none was added. */
const readRule = (item: ItemContext) =>
	(item.parameter('sort', {}) as { rule?: Record<string, unknown> }).rule;

/** Reads what to sort by; undefined without a rule. @throws FailureError if it is invalid */
export function readSortBy(item: ItemContext, choices: INodePropertyOptions[]): string | undefined {
	const rule = readRule(item);
	return (
		rule &&
		parseChoice(
			rule.sortBy,
			'Sort By',
			choices.map(({ value }) => String(value)),
		)
	);
}

/** Reads {@link directionField}; undefined without a rule. @throws FailureError if it is invalid */
export function readDirection(item: ItemContext): (typeof DIRECTIONS)[number] | undefined {
	const rule = readRule(item);
	return rule && parseChoice(rule.direction, directionField.displayName, DIRECTIONS);
}
