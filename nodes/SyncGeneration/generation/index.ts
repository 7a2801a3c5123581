import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { generationLocator } from './fields';
import { getDescription, getOption } from './get';

/**
 * Everything the node shows for the resource Generation. The generation is one field for all operations, because n8n
 * evaluates every field of a name for each item, shown or not.
 */
export const generationDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['generation'] } },
		options: [getOption],
		default: 'get',
	},
	...updateDisplayOptions({ show: { resource: ['generation'], operation: ['get'] } }, [
		generationLocator,
	]),
	...getDescription,
];
