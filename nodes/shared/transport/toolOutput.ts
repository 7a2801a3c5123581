import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isErrorItem } from './errors';
import type { ItemContext } from './itemContext';

/** The parameter that selects what a tool returns. */
export const TOOL_OUTPUT = 'output';
/** The parameter that lists the fields to return, separated by commas. */
export const SELECTED_FIELDS = 'selectedFields';

/**
 * Reduces the output of a tool to the fields that its user selected. A field that the output doesn't have is null: an
 * error would hide from the agent what has already been created, and perhaps paid for. Error items stay as they are.
 */
export function selectFields(
	item: ItemContext,
	outputs: INodeExecutionData[],
): INodeExecutionData[] {
	if (!item.run.isTool || item.parameter(TOOL_OUTPUT, '') !== 'selectedFields') return outputs;
	const names = String(item.parameter(SELECTED_FIELDS, '') ?? '')
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '');
	if (names.length === 0) return outputs;
	const select = (json: IDataObject): IDataObject =>
		Object.fromEntries(names.map((name) => [name, Object.hasOwn(json, name) ? json[name] : null]));
	return outputs.map((output) =>
		isErrorItem(output) ? output : { ...output, json: select(output.json) },
	);
}
