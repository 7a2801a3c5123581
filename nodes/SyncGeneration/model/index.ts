import type { INodeProperties } from 'n8n-workflow';
import { getAllDescription, getAllOption } from './getAll';

/** Everything the node shows for the resource Model. */
export const modelDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['model'] } },
		options: [getAllOption],
		default: 'getAll',
	},
	...getAllDescription,
];
