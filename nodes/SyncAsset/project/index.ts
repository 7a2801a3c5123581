import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { assetLocator } from '../../shared/fields/assetLocator';
import { projectLocator } from '../../shared/fields/projectLocator';
import { addAssetDescription, addAssetOption } from './addAsset';
import { createDescription, createOption } from './create';
import { deleteDescription, deleteOption } from './delete';
import { getDescription, getOption } from './get';
import { getAllDescription, getAllOption } from './getAll';
import { removeAssetDescription, removeAssetOption } from './removeAsset';
import { updateDescription, updateOption } from './update';

/**
 * Everything the node shows for the resource Project. Its asset has a name of its own, because n8n would evaluate every
 * field named `assetId` for each item of Get.
 */
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
	...updateDisplayOptions(
		{
			show: {
				resource: ['project'],
				operation: ['addAsset', 'delete', 'get', 'removeAsset', 'update'],
			},
		},
		[projectLocator],
	),
	...updateDisplayOptions(
		{ show: { resource: ['project'], operation: ['addAsset', 'removeAsset'] } },
		[{ ...assetLocator, name: 'projectAssetId' }],
	),
	...addAssetDescription,
	...createDescription,
	...deleteDescription,
	...getDescription,
	...getAllDescription,
	...removeAssetDescription,
	...updateDescription,
];
