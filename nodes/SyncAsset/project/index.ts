import type { INodeProperties } from 'n8n-workflow';
import { addAssetDescription, addAssetOption } from './addAsset';
import { createDescription, createOption } from './create';
import { deleteDescription, deleteOption } from './delete';
import { getDescription, getOption } from './get';
import { getAllDescription, getAllOption } from './getAll';
import { removeAssetDescription, removeAssetOption } from './removeAsset';
import { updateDescription, updateOption } from './update';

/** Everything the node shows for the resource Project. */
export const projectDescription: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['project'] } },
		options: [
			addAssetOption,
			createOption,
			deleteOption,
			getOption,
			getAllOption,
			removeAssetOption,
			updateOption,
		],
		default: 'get',
	},
	...addAssetDescription,
	...createDescription,
	...deleteDescription,
	...getDescription,
	...getAllDescription,
	...removeAssetDescription,
	...updateDescription,
];
