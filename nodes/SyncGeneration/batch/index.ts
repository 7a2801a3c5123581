import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { createDescription, createOption } from './create';
import { batchLocator } from './batchLocator';
import { getDescription, getOption } from './get';
import { getAllDescription, getAllOption } from './getAll';
import { getResultsDescription, getResultsOption } from './getResults';

/** Everything the node shows for the resource Batch. */
export const batchDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['batch'] } },
		options: [createOption, getOption, getAllOption, getResultsOption],
		default: 'get',
	},
	...updateDisplayOptions({ show: { resource: ['batch'], operation: ['get', 'getResults'] } }, [
		batchLocator,
	]),
	...createDescription,
	...getDescription,
	...getAllDescription,
	...getResultsDescription,
];
