import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { voiceLocator } from '../../shared/fields/voiceLocator';
import { createDescription, createOption } from './create';

/** Everything the node shows for the resource Speech. */
export const speechDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['speech'] } },
		options: [createOption],
		default: 'create',
	},
	...updateDisplayOptions({ show: { resource: ['speech'], operation: ['create'] } }, [
		voiceLocator,
	]),
	...createDescription,
];
