import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Hides what an AI agent can't use, e.g. files, when the node is its tool. */
export const HIDDEN_IN_TOOLS: IDisplayOptions = { hide: { '@tool': [true] } };

/** Shows what only an AI agent needs, when the node is its tool. */
export const ONLY_IN_TOOLS: IDisplayOptions = { show: { '@tool': [true] } };

/**
 * A list, and the text field that replaces it in a tool: n8n lets the model fill in a text field, but not choose from a
 * list.
 *
 * @param tool what differs in the text field
 */
export const listOrText = (
	list: INodeProperties,
	tool: Pick<INodeProperties, 'description' | 'placeholder'> & { displayName?: string },
): INodeProperties[] => [
	{ ...list, displayOptions: HIDDEN_IN_TOOLS },
	{
		...list,
		type: 'string',
		options: undefined,
		typeOptions: undefined,
		displayOptions: ONLY_IN_TOOLS,
		...tool,
	},
];
